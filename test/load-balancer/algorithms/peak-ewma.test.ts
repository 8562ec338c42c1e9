import {describe, expect, it} from 'vitest';
import {type Average, observe, peakEwma} from '../../../src/load-balancer/algorithms/peak-ewma.ts';
import {equals, questionOf} from '../support/candidates.ts';

/** One row: milliseconds and moment of each answer, and the average at the end. */
const rows: {seen: [ms: number, at: number][]; average: number}[] = [
	{seen: [[10, 0]], average: 10},
	{
		seen: [
			[10, 0],
			[50, 5],
		],
		average: 50,
	},
	{
		seen: [
			[10, 0],
			[4, 0],
		],
		average: 10,
	},
	{
		seen: [
			[10, 0],
			[0, 10_000],
		],
		average: 10 / Math.E,
	},
	{
		seen: [
			[10, 0],
			[4, 10_000],
		],
		average: 10 / Math.E + 4 * (1 - 1 / Math.E),
	},
	{
		seen: [
			[10, 0],
			[4, 0.5],
		],
		average: 10 * Math.exp(-0.00005) + 4 * (1 - Math.exp(-0.00005)),
	},
	{
		seen: [
			[10, 5],
			[4, 1],
		],
		average: 10,
	},
];

describe('the average of peak EWMA', () => {
	it.each(rows)('of $seen is $average: a peak counts at once, the rest decays in 10 s', ({seen, average}) => {
		const kept: Average = {ms: 0, at: 0};
		for (const [ms, at] of seen) observe(kept, ms, at);
		expect(kept.ms).toBeCloseTo(average, 9);
	});
});

describe('the cost of peak EWMA', () => {
	const scan = () => {
		const algorithm = peakEwma('scan');
		const candidates = equals(2);
		const question = questionOf({now: () => 0});
		const costs = () => {
			const chosen = algorithm.next(candidates, question)!;
			return algorithm.explain(candidates, question, chosen);
		};
		return {algorithm, candidates, costs};
	};

	it('is the average times what is in flight and this one', () => {
		const {algorithm, candidates, costs} = scan();
		algorithm.answered!(candidates[0]!, 5, 0);
		algorithm.answered!(candidates[1]!, 4, 0);
		candidates[0]!.inFlight = 2;
		candidates[1]!.inFlight = 1;
		expect(costs()).toBe('server-1=15 server-2=8');
	});

	it('is a penalty for who was never heard of but is waited for', () => {
		const {candidates, costs} = scan();
		candidates[0]!.inFlight = 3;
		expect(costs()).toBe(`server-1=${2 ** 47 + 3} server-2=0`);
	});

	it('is less for who weighs more', () => {
		const {algorithm, candidates, costs} = scan();
		for (const candidate of candidates) algorithm.answered!(candidate, 6, 0);
		candidates[1]!.weight = 2;
		expect(costs()).toBe('server-1=6 server-2=3');
	});
});
