import {describe, expect, it} from 'vitest';
import {algorithms} from '../../../src/load-balancer/algorithms/index.ts';
import {candidatesOf, countsOf, end, equals, questionOf, sendTo} from '../support/candidates.ts';

describe('random', () => {
	it('chooses each as often as it weighs', () => {
		const question = questionOf({seed: 5});
		const candidates = candidatesOf([1, 2, 0.5, 4.5]);
		const algorithm = algorithms.random();
		const chosen = Array.from({length: 80_000}, () => algorithm.next(candidates, question)!.index);
		for (const [index, count] of countsOf(chosen, 4).entries()) {
			const expected = candidates[index]!.weight * 10_000;
			// Six standard deviations: a seed that fails would be one in 10^9, and this one is fixed.
			expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
		}
	});

	it('finds the one that is open among many that are full', () => {
		const candidates = equals(100, {maxInFlight: 1, inFlight: 1});
		candidates[37]!.inFlight = 0;
		expect(algorithms.random().next(candidates, questionOf())).toBe(candidates[37]);
	});
});

describe('p2c', () => {
	/** Whether the less loaded of two is chosen, of so many choices. */
	const share = (name: 'p2c' | 'p2c:replace') => {
		const candidates = equals(2);
		candidates[0]!.inFlight = 5;
		const question = questionOf({seed: 3});
		const algorithm = algorithms[name]();
		const chosen = Array.from({length: 10_000}, () => algorithm.next(candidates, question)!.index);
		return countsOf(chosen, 2)[1]! / 10_000;
	};

	it('always compares two servers when there are two', () => {
		expect(share('p2c')).toBe(1);
	});

	it('compares them half of the time with replacement: the better one gets three quarters', () => {
		expect(share('p2c:replace')).toBeGreaterThan(0.73);
		expect(share('p2c:replace')).toBeLessThan(0.77);
	});

	it('weighs the load: twice the weight may have twice the load', () => {
		const candidates = candidatesOf([2, 1]);
		candidates[0]!.inFlight = 3;
		candidates[1]!.inFlight = 2;
		expect(algorithms.p2c().next(candidates, questionOf())).toBe(candidates[0]);
	});

	it('keeps the loads of many servers within few of each other, far closer than chance', () => {
		const spread = (name: 'p2c' | 'random') => {
			const candidates = equals(100);
			const algorithm = algorithms[name]();
			sendTo(algorithm, candidates, 10_000, questionOf({seed: 2}));
			return Math.max(...candidates.map(({inFlight}) => inFlight)) - 100;
		};
		expect(spread('p2c')).toBeLessThanOrEqual(4);
		expect(spread('random')).toBeGreaterThan(15);
	});

	it('names the two it compared', () => {
		const candidates = equals(2);
		candidates[0]!.inFlight = 5;
		candidates[1]!.inFlight = 3;
		const algorithm = algorithms.p2c();
		const question = questionOf();
		const chosen = algorithm.next(candidates, question)!;
		expect(algorithm.explain(candidates, question, chosen).split(' ').sort()).toEqual(['server-1=5', 'server-2=3']);
	});
});

describe('peak-ewma', () => {
	it.each(['peak-ewma', 'peak-ewma:scan'] as const)('%s leaves a slow server, and tries it again in time', name => {
		const algorithm = algorithms[name]();
		const candidates = equals(2);
		let at = 0;
		const question = questionOf({now: () => at});
		const play = (until: number) => {
			const counts = [0, 0];
			for (; at < until; at += 10) {
				const [chosen] = sendTo(algorithm, candidates, 1, question);
				counts[chosen!]!++;
				end(algorithm, candidates[chosen!]!);
				algorithm.answered!(candidates[chosen!]!, chosen === 0 ? 100 : 1, at);
			}
			return counts;
		};
		// 100 ms falls below 1 ms after 10 s × ln 100 = 46 s.
		const [slow, fast] = play(45_000);
		expect(slow).toBeLessThanOrEqual(2);
		expect(fast).toBeGreaterThan(4000);
		expect(play(60_000)[0]).toBeGreaterThanOrEqual(1);
	});
});
