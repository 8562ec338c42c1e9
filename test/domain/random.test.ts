import {describe, expect, it} from 'vitest';
import {seededRandom} from '../../src/domain/random.ts';

describe('seeded chance', () => {
	const draws = (seed: number, count: number) => {
		const random = seededRandom(seed);
		return Array.from({length: count}, random);
	};

	it('repeats itself from the same seed, and from no other', () => {
		expect(draws(42, 100)).toEqual(draws(42, 100));
		expect(draws(42, 100)).not.toEqual(draws(43, 100));
		expect(draws(4_294_967_295, 3)).not.toEqual(draws(0, 3));
	});

	it('lies in [0, 1), evenly', () => {
		const buckets = new Array<number>(16).fill(0);
		const values = draws(1, 160_000);
		expect(values.filter(value => value < 0 || value >= 1)).toEqual([]);
		for (const value of values) buckets[Math.floor(value * 16)]!++;
		const chiSquare = buckets.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
		// 15 degrees of freedom: above 37.7 once in a thousand.
		expect(chiSquare).toBeLessThan(37.7);
	});

	it('begins evenly too over seeds that follow each other', () => {
		const firsts = Array.from({length: 16_000}, (_, seed) => draws(seed, 1)[0]!);
		const buckets = new Array<number>(16).fill(0);
		for (const value of firsts) buckets[Math.floor(value * 16)]!++;
		const chiSquare = buckets.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
		expect(chiSquare).toBeLessThan(37.7);
	});
});
