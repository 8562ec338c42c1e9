import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {roundRobin} from '../../../src/load-balancer/algorithms/round-robin.ts';
import {candidatesOf, countsOf, equals, questionOf, type TestCandidate} from '../support/candidates.ts';

const question = questionOf();
type Algorithm = ReturnType<typeof roundRobin>;
const letters = (algorithm: Algorithm, candidates: TestCandidate[], count: number) =>
	Array.from({length: count}, () => 'abcdefgh'[algorithm.next(candidates, question)?.index ?? 7]).join('');
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe('round robin', () => {
	it.each([
		{weights: [1, 1, 1], sequence: 'abcabca'},
		{weights: [5, 1, 1], sequence: 'aabacaaaabacaa'},
		{weights: [2, 1], sequence: 'abaaba'},
		{weights: [3, 2, 1], sequence: 'abacbaabacba'},
		{weights: [0.5, 0.5], sequence: 'abab'},
		{weights: [2, 0, 1], sequence: 'acaaca'},
	])('of weights $weights is $sequence, as nginx has it', ({weights, sequence}) => {
		expect(letters(roundRobin(), candidatesOf(weights), sequence.length)).toBe(sequence);
	});

	it('goes on with those that are left', () => {
		const algorithm = roundRobin();
		const candidates = equals(3);
		expect(letters(algorithm, candidates, 2)).toBe('ab');
		expect(letters(algorithm, candidates.slice(0, 2), 3)).toBe('aba');
	});

	it('keeps its place in the sequence when a weight changes', () => {
		const algorithm = roundRobin();
		const candidates = candidatesOf([5, 1, 1]);
		expect(letters(algorithm, candidates, 3)).toBe('aab');
		expect(letters(algorithm, [...candidates], 4)).toBe('acaa');
		candidates[1]!.weight = 5;
		expect(letters(algorithm, [...candidates], 11)).toMatch(/^(?=(.*a){5})(?=(.*b){5})(?=.*c)/);
	});

	it('gives less to a server that failed, until its weight has come back', () => {
		const algorithm = roundRobin();
		const candidates = candidatesOf([4, 4]);
		algorithm.failed!(candidates[0]!);
		// Gains of a: 0, 1, 2, 3, 4; of b always 4.
		expect(letters(algorithm, candidates, 6)).toBe('bbabab');
		expect(
			countsOf(
				[...letters(algorithm, candidates, 100)].map(letter => 'ab'.indexOf(letter)),
				2,
			),
		).toEqual([50, 50]);
	});

	it('takes turns again after a failure between equals, who lose at most that turn', () => {
		const algorithm = roundRobin();
		const candidates = equals(3);
		expect(letters(algorithm, candidates, 1)).toBe('a');
		algorithm.failed!(candidates[1]!);
		expect(letters(algorithm, candidates, 7)).toBe('cabcabc');
	});

	it('skips who is full or to be avoided', () => {
		const algorithm = roundRobin();
		const candidates = equals(3);
		candidates[1]!.maxInFlight = 1;
		candidates[1]!.inFlight = 1;
		expect(letters(algorithm, candidates, 4)).toBe('acac');
		const avoiding = {...question, avoid: candidates[0]};
		expect(algorithm.next(candidates, avoiding)).toBe(candidates[2]);
	});

	it('never lets two counts of equals differ by more than one, one by one or many at once', () => {
		fc.assert(
			fc.property(fc.integer({min: 1, max: 9}), fc.array(fc.nat(200), {maxLength: 40}), (size, steps) => {
				const algorithm = roundRobin();
				const candidates = equals(size);
				const counts = candidates.map(() => 0);
				for (const step of steps) {
					if (step === 1) counts[algorithm.next(candidates, question)!.index]!++;
					else {
						const shares = algorithm.share(candidates, step, question);
						expect(sum(shares)).toBe(step);
						for (const [place, share] of shares.entries()) counts[place]! += share;
					}
					expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
				}
			}),
		);
	});

	it('gives each its weight, exactly, in every cycle', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: 1, max: 9}), {minLength: 1, maxLength: 9}), weights => {
				const algorithm = roundRobin();
				const candidates = candidatesOf(weights);
				for (let cycle = 0; cycle < 3; cycle++) {
					const chosen = Array.from({length: sum(weights)}, () => algorithm.next(candidates, question)!.index);
					expect(countsOf(chosen, weights.length)).toEqual(weights);
				}
			}),
		);
	});

	it('shares as if it had been asked one by one', () => {
		const weights = fc.array(fc.integer({min: 1, max: 4}), {minLength: 1, maxLength: 9});
		fc.assert(
			fc.property(weights, fc.array(fc.nat(60), {maxLength: 10}), (weights, steps) => {
				const candidates = candidatesOf(weights);
				const [one, other] = [roundRobin(), roundRobin()];
				for (const step of steps) {
					const oneByOne = Array.from({length: step}, () => other.next(candidates, question)!.index);
					expect(one.share(candidates, step, question)).toEqual(countsOf(oneByOne, weights.length));
				}
			}),
		);
	});

	it('names the scores it compared: the greatest was chosen, the first of several', () => {
		for (const weights of [
			[1, 1, 1],
			[5, 1, 1],
		]) {
			const algorithm = roundRobin();
			const candidates = candidatesOf(weights);
			for (let pick = 0; pick < 7; pick++) {
				const chosen = algorithm.next(candidates, question)!;
				const scores = [...algorithm.explain(candidates, question, chosen).matchAll(/server-\d=(-?\d+)/g)].map(Number1);
				expect(scores).toHaveLength(3);
				expect(scores.indexOf(Math.max(...scores))).toBe(chosen.index);
				expect(sum(scores)).toBe(sum(weights));
			}
		}
	});
});

function Number1(match: RegExpMatchArray): number {
	return Number(match[1]);
}
