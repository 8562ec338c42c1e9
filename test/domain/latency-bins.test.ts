import fc from 'fast-check';
import {expect, test} from 'vitest';
import {addBins, binEdgeMs, binOf, binsOf, noBins} from '../../src/domain/latency-bins.ts';

test.each([
	[0, 0],
	[1, 0],
	[2, 3],
	[9, 9],
	[10, 10],
	[999, 29],
	[1000, 30],
	[1258, 30],
	[1259, 31],
	[60_000_000, 77],
])('%i µs belong to bin %i', (microseconds, bin) => expect(binOf(microseconds)).toBe(bin));

test('a bin begins where the last one ends, ten to a decade', () => {
	expect([0, 30, 40, 60].map(binEdgeMs).map(ms => Number(ms.toFixed(6)))).toEqual([0.001, 1, 10, 1000]);
	for (let bin = 3; bin < 78; bin++) {
		expect(binOf(binEdgeMs(bin) * 1000)).toBe(bin);
		expect(binOf(binEdgeMs(bin + 1) * 1000 * 0.999)).toBe(bin);
	}
});

const counted = fc.array(fc.tuple(fc.integer({min: 1, max: 60_000_000}), fc.integer({min: 1, max: 1000})), {
	maxLength: 20,
});

test('nothing is lost, and it does not matter in which order they are added', () => {
	fc.assert(
		fc.property(counted, counted, (a, b) => {
			const both = addBins(binsOf(a), binsOf(b));
			expect(both).toEqual(binsOf([...a, ...b]));
			expect(both.counts.reduce((sum, count) => sum + count, 0)).toBe(
				[...a, ...b].reduce((sum, [, count]) => sum + count, 0),
			);
			expect([both.counts[0], both.counts.at(-1)]).not.toContain(0);
		}),
	);
	expect(addBins(noBins, noBins)).toEqual(noBins);
});
