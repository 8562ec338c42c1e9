import {describe, expect, it} from 'vitest';
import {algorithms} from '../../../src/load-balancer/algorithms/index.ts';
import {candidatesOf, countsOf, end, equals, questionOf, sendTo} from '../support/candidates.ts';

const words = (indexes: (number | undefined)[]) =>
	indexes.map(index => (index === undefined ? '-' : 'abcdefgh'[index])).join('');

describe('least-connections', () => {
	const create = algorithms['least-connections'];

	it.each([
		{weights: [1, 1, 1], sequence: 'abcabc'},
		{weights: [2, 1], sequence: 'ababaa'},
		{weights: [1, 3], sequence: 'abbbabbb'},
	])(
		'fills $weights as $sequence: least in flight for the weight, of equals who waits longest',
		({weights, sequence}) => {
			expect(words(sendTo(create(), candidatesOf(weights), sequence.length))).toBe(sequence);
		},
	);

	it('takes who was freed first, and equals in turn', () => {
		const algorithm = create();
		const candidates = equals(4);
		sendTo(algorithm, candidates, 8);
		end(algorithm, candidates[2]!);
		end(algorithm, candidates[2]!);
		end(algorithm, candidates[1]!);
		expect(words(sendTo(algorithm, candidates, 3))).toBe('cbc');
		for (const candidate of candidates) end(algorithm, candidate);
		expect(words(sendTo(algorithm, candidates, 4))).toBe('adbc');
	});

	it('knows of a full server that has room again', () => {
		const algorithm = create();
		const candidates = candidatesOf([1, 5], {maxInFlight: 2});
		expect(words(sendTo(algorithm, candidates, 5))).toBe('abba-');
		end(algorithm, candidates[1]!);
		expect(words(sendTo(algorithm, candidates, 2))).toBe('b-');
	});
});

describe('weighted-least-request', () => {
	const create = algorithms['weighted-least-request'];

	it('is earliest deadline first while all is idle', () => {
		const algorithm = create();
		const candidates = candidatesOf([4, 1]);
		const chosen = Array.from({length: 9}, () => algorithm.next(candidates, questionOf())!.index);
		// Deadlines of a: 1/4, 1/2, 3/4, 1, …; of b: 1, 2, …, which it has had for longer when they meet.
		expect(words(chosen)).toBe('aaabaaaab');
	});

	it('gives a loaded server its next turn later', () => {
		const algorithm = create();
		const candidates = equals(2);
		candidates[0]!.inFlight = 3;
		const chosen = Array.from({length: 100}, () => algorithm.next(candidates, questionOf())!.index);
		expect(countsOf(chosen, 2)).toEqual([20, 80]);
	});

	it('lets a server whose weight has grown be due sooner', () => {
		const algorithm = create();
		const candidates = candidatesOf([1, 0.01]);
		algorithm.next(candidates, questionOf());
		candidates[1]!.weight = 1;
		const now = [...candidates];
		const chosen = Array.from({length: 10}, () => algorithm.next(now, questionOf())!.index);
		expect(countsOf(chosen, 2)[1]).toBeGreaterThanOrEqual(4);
	});
});

describe('join-idle-queue', () => {
	it('takes the idle in the order in which they became so, then by chance', () => {
		const algorithm = algorithms['join-idle-queue']();
		const candidates = equals(3);
		expect(words(sendTo(algorithm, candidates, 3))).toBe('abc');
		end(algorithm, candidates[2]!);
		end(algorithm, candidates[0]!);
		expect(words(sendTo(algorithm, candidates, 2))).toBe('ca');
		const random = () => 0.5;
		expect(words(sendTo(algorithm, candidates, 3, questionOf({random})))).toBe('bbb');
	});

	it('does not take as idle who was given something meanwhile, nor forgets whom it had to avoid', () => {
		const algorithm = algorithms['join-idle-queue']();
		const candidates = equals(3);
		const [a, b] = candidates;
		expect(algorithm.next(candidates, questionOf({avoid: a}))).toBe(b);
		b!.inFlight++;
		candidates[2]!.inFlight++;
		expect(words(sendTo(algorithm, candidates, 1))).toBe('a');
	});
});

describe('first', () => {
	it('fills the first up to its limit, then the next, and goes back to who is freed', () => {
		const algorithm = algorithms.first();
		const candidates = equals(3, {maxInFlight: 2});
		expect(words(sendTo(algorithm, candidates, 7))).toBe('aabbcc-');
		end(algorithm, candidates[1]!);
		end(algorithm, candidates[0]!);
		expect(words(sendTo(algorithm, candidates, 3))).toBe('ab-');
	});

	it('gives the first everything when it has no limit', () => {
		expect(words(sendTo(algorithms.first(), equals(2), 5))).toBe('aaaaa');
	});
});
