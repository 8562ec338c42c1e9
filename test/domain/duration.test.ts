import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {formatClock, formatDuration, parseDuration} from '../../src/domain/duration.ts';

describe('parseDuration', () => {
	it.each([
		['500ms', 500],
		['5s', 5000],
		['2m', 120_000],
		['1h', 3_600_000],
		['1.5s', 1500],
		['250us', 0.25],
		[' 5s ', 5000],
		['0', 0],
		['0s', 0],
		['', undefined],
		['5', undefined],
		['5 s', undefined],
		['-5s', undefined],
		['5S', undefined],
		['.5s', undefined],
		['5.s', undefined],
		['1e3ms', undefined],
		['5days', undefined],
		['5s5s', undefined],
		['Infinitys', undefined],
	])('%j is %s ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

	it('law: whole numbers of every unit', () => {
		const units = {ms: 1, s: 1000, m: 60_000, h: 3_600_000};
		fc.assert(
			fc.property(fc.nat(1e6), fc.constantFrom('ms', 's', 'm', 'h'), (count, unit) => {
				expect(parseDuration(`${count}${unit}`)).toBe(count * units[unit as keyof typeof units]);
			}),
		);
	});
});

it.each([
	[0, '0 ms'],
	[0.0004, '0 ms'],
	[0.25, '250 µs'],
	[1, '1.0 ms'],
	[1.52, '1.5 ms'],
	[9.94, '9.9 ms'],
	[9.96, '10 ms'],
	[12.4, '12 ms'],
	[999.4, '999 ms'],
	[999.6, '1.0 s'],
	[3210, '3.2 s'],
	[99_900, '99.9 s'],
	[125_000, '2:05'],
	[3_723_000, '1:02:03'],
])('%s ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

it.each([
	[0, '0:00'],
	[7999, '0:07'],
	[754_000, '12:34'],
	[3_599_999, '59:59'],
	[3_600_000, '1:00:00'],
	[90_061_000, '25:01:01'],
])('%s ms on a clock is %s', (ms, text) => expect(formatClock(ms)).toBe(text));
