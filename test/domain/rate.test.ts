import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {commandSchema} from '../../src/domain/command.ts';
import {
	describeRate,
	formatRate,
	parseRate,
	perSecondAt,
	type VaryingRate,
	type WrittenRate,
} from '../../src/domain/rate.ts';

const ramp = {type: 'ramp', from: 100, to: 5000, overMs: 30_000} as const;
const steps = {type: 'steps', rates: [100, 500, 1000], stepMs: 10_000} as const;
const bursts = {type: 'bursts', base: 100, burst: 500, everyMs: 10_000} as const;

test.each([
	['max', 'max'],
	['20', 20],
	['0.5', 0.5],
	['1000000', 1_000_000],
	['1e6', 1_000_000],
	['100..5000/30s', ramp],
	['5000..0/500ms', {type: 'ramp', from: 5000, to: 0, overMs: 500}],
	['0.5..1.5/1m', {type: 'ramp', from: 0.5, to: 1.5, overMs: 60_000}],
	['100,500,1000@10s', steps],
	['0,100@1s', {type: 'steps', rates: [0, 100], stepMs: 1000}],
	['100+500@10s', bursts],
	['0+500@10s', {...bursts, base: 0}],
])('%s', (text, rate) => expect(parseRate(text)).toEqual(rate));

test.each(
	['', '0', '-1', '1000001', 'fast', 'Max', '1 000', '0x10', 'Infinity', 'NaN'].concat(
		['100..', '..100/1s', '100..200', '100..200/0', '100..200/5', '0..0/1s', '1..1000001/1s', '1...2/1s'],
		['100@1s', '1,2', '1,,2@1s', '0,0@1s', '1,x@1s', '1,2@0', '1+@1s', '+1@1s', '1+2', '1+0@1s', '1+1.5@1s', '1+2@0'],
	),
)("'%s' is no rate", text => expect(parseRate(text)).toBeUndefined());

const perSecond = fc.oneof(
	fc.integer({min: 1, max: 1_000_000}),
	fc.integer({min: 1, max: 9999}).map(n => n / 1000),
);
const ms = fc.integer({min: 1, max: 10_000_000});
const varying: fc.Arbitrary<VaryingRate> = fc.oneof(
	fc.record({type: fc.constant('ramp' as const), from: perSecond, to: perSecond, overMs: ms}),
	fc.record({
		type: fc.constant('steps' as const),
		rates: fc.array(perSecond, {minLength: 2, maxLength: 9}),
		stepMs: ms,
	}),
	fc.record({
		type: fc.constant('bursts' as const),
		base: perSecond,
		burst: fc.integer({min: 1, max: 1000}),
		everyMs: ms,
	}),
);
const written: fc.Arbitrary<WrittenRate> = fc.oneof(fc.constant('max' as const), perSecond, varying);

test('what is written is read again, also by a lab over its control socket', () => {
	fc.assert(
		fc.property(written, rate => {
			expect(parseRate(formatRate(rate))).toEqual(rate);
			expect(commandSchema.parse({type: 'rate', rate})).toEqual({type: 'rate', rate});
			expect(commandSchema.parse({type: 'rate', rate: formatRate(rate)})).toEqual({type: 'rate', rate});
		}),
	);
});

test.each([
	0,
	1e9,
	'fast',
	{type: 'ramp', from: 0, to: 0, overMs: 1},
	{type: 'ramp', from: 1, to: 2, overMs: 0},
	{type: 'steps', rates: [1, 2e6], stepMs: 1},
	{type: 'bursts', base: 1, burst: 1.5, everyMs: 1},
	{type: 'recorded', file: '/etc/passwd'},
])('%j is refused by the control socket', rate => {
	expect(commandSchema.safeParse({type: 'rate', rate}).success).toBe(false);
});

describe('the rate of a moment', () => {
	test.each([
		[20, 5, 20],
		[ramp, 0, 100],
		[ramp, 15_000, 2550],
		[ramp, 31_000, 5000],
		[steps, 9999, 100],
		[steps, 10_000, 500],
		[steps, 1e6, 1000],
		[bursts, 10_000, 100],
		['max', 0, undefined],
		[{type: 'recorded', file: 'x'}, 0, undefined],
	] as const)('of %j after %d ms is %s', (rate, at, expected) => {
		expect(perSecondAt(rate as WrittenRate, at)).toBe(expected);
	});
});

test('for people a rate has its unit', () => {
	expect([20, 'max', ramp, {type: 'recorded', file: 'a.txt'}].map(rate => describeRate(rate as WrittenRate))).toEqual([
		'20/s',
		'max',
		'100..5000/30s',
		'as recorded in a.txt',
	]);
});
