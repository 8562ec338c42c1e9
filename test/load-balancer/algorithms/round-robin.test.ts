import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Candidate, shareOneByOne} from '../../../src/load-balancer/algorithms/algorithm.ts';
import {roundRobin} from '../../../src/load-balancer/algorithms/round-robin.ts';

const question = {key: () => '', random: () => 0, now: () => 0};
const servers = (count: number): Candidate[] =>
	Array.from({length: count}, (_, index) => ({
		...{index, name: `Server ${index + 1}`, host: '127.0.0.1', port: 9001 + index},
		...{weight: 1, inFlight: 0, maxInFlight: 0},
	}));

describe('round robin', () => {
	it('takes each in turn', () => {
		const algorithm = roundRobin();
		const candidates = servers(3);
		const turns = Array.from({length: 7}, () => algorithm.next(candidates, question)!.index);
		expect(turns).toEqual([0, 1, 2, 0, 1, 2, 0]);
	});

	it('goes on with those that are left', () => {
		const algorithm = roundRobin();
		const candidates = servers(3);
		algorithm.next(candidates, question);
		algorithm.next(candidates, question);
		const left = candidates.slice(0, 2);
		expect([1, 2, 3].map(() => algorithm.next(left, question)!.index)).toEqual([0, 1, 0]);
	});

	it('never lets two counts differ by more than one, one by one or many at once', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 9}), fc.array(fc.nat(200), {maxLength: 40}), (size, steps) => {
				const algorithm = roundRobin();
				const candidates = servers(size);
				const counts = candidates.map(() => 0);
				for (const step of steps) {
					if (step === 1) counts[algorithm.next(candidates, question)!.index]!++;
					else {
						const shares = algorithm.share(candidates, step, question);
						expect(shares.reduce((sum, share) => sum + share, 0)).toBe(step);
						shares.forEach((share, place) => {
							counts[place]! += share;
						});
					}
					expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
				}
			}),
		);
	});

	it('shares as if it had been asked one by one', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 9}), fc.array(fc.nat(60), {maxLength: 10}), (size, steps) => {
				const candidates = servers(size);
				const one = roundRobin();
				const other = roundRobin();
				const oneByOne = shareOneByOne(other.next);
				for (const step of steps) {
					expect(one.share(candidates, step, question)).toEqual(oneByOne(candidates, step, question));
				}
			}),
		);
	});
});
