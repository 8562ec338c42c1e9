/** Candidates and questions for algorithms, without servers. */

import {seededRandom} from '../../../src/domain/random.ts';
import type {Algorithm, Candidate, Question} from '../../../src/load-balancer/algorithms/algorithm.ts';

export type TestCandidate = {-readonly [Field in keyof Candidate]: Candidate[Field]};

/** Servers of these weights. Written out: spread objects differ in shape for V8, and 10,000 of them are slow. */
export function candidatesOf(
	weights: number[],
	more: Partial<Pick<TestCandidate, 'inFlight' | 'maxInFlight'>> = {},
): TestCandidate[] {
	return weights.map((weight, index) => ({
		index,
		name: `Server ${index + 1}`,
		host: '127.0.0.1',
		port: 9001 + index,
		weight,
		inFlight: more.inFlight ?? 0,
		maxInFlight: more.maxInFlight ?? 0,
	}));
}

/** So many servers of weight 1. */
export function equals(
	count: number,
	more: Partial<Pick<TestCandidate, 'inFlight' | 'maxInFlight'>> = {},
): TestCandidate[] {
	return candidatesOf(new Array<number>(count).fill(1), more);
}

export function questionOf(more: Partial<Question> & {seed?: number} = {}): Question {
	const {seed = 1, ...rest} = more;
	return {key: () => '', address: () => '', random: seededRandom(seed), now: () => 0, ...rest};
}

/** The indexes of so many choices, each of which stays in flight. */
export function sendTo(algorithm: Algorithm, candidates: TestCandidate[], count: number, question = questionOf()) {
	return Array.from({length: count}, () => {
		const chosen = algorithm.next(candidates, question);
		if (chosen) chosen.inFlight++;
		return chosen?.index;
	});
}

/** One message of that server ends. */
export function end(algorithm: Algorithm, candidate: TestCandidate) {
	candidate.inFlight--;
	algorithm.freed?.(candidate);
}

/** How often each index is among these. */
export function countsOf(indexes: (number | undefined)[], size: number): number[] {
	const counts = new Array<number>(size).fill(0);
	for (const index of indexes) if (index !== undefined) counts[index]!++;
	return counts;
}
