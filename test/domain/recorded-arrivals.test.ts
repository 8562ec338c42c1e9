import {expect, test} from 'vitest';
import {parseArrivals} from '../../src/domain/recorded-arrivals.ts';

test('a number of milliseconds a line, in any order; comments and blank lines are nothing', () => {
	expect(parseArrivals('# from production\n0\n12.5\r\n\n  7 \n1e3\n0')).toEqual({
		ok: true,
		timesMs: [0, 0, 7, 12.5, 1000],
	});
});

test.each([
	['', 1, 'no arrival'],
	['# nothing\n', 1, 'no arrival'],
	['1\n2\nthree\n4', 3, "'three' is not a number of milliseconds since the start"],
	['1\n-2', 2, "'-2'"],
	['1 2', 1, "'1 2'"],
	['1,5', 1, "'1,5'"],
	['1\n\n0x10', 3, "'0x10'"],
	['1e999', 1, "'1e999'"],
	['Infinity', 1, "'Infinity'"],
])('%j is refused at line %d', (text, line, words) => {
	const refused = parseArrivals(text);
	expect(refused).toMatchObject({ok: false, line});
	expect(!refused.ok && refused.reason).toContain(words);
});
