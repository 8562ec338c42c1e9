import {type Algorithm, type Candidate, isOpen} from './algorithm.ts';
import {perServer} from './memory.ts';
import {algorithmOf, nobody, type Picker} from './picker.ts';
import {scoresText} from './scores.ts';
import {betterOfTwo, type Cost} from './two-choices.ts';

/** The moving average of a server's answer times, ms, as it was at the moment `at`. */
export type Average = {ms: number; at: number};

/** Time in which an old answer's part of the average falls to 1/e, ms. */
const decayMs = 10_000;

/** For a server that has not answered yet and is waited for: Finagle's 2^63 >> 16. */
const penalty = 2 ** 47;

/**
 * Peak EWMA (Finagle's `peakEwma`): least `average × (in flight + 1)`, where a longer time than the average replaces it at
 * once and a shorter one draws it down slowly. Looking at an average ages it, so that a slow server that is left alone is
 * tried again. Weights, which Finagle has not, divide the cost. `two`: the better of two drawn without replacement, as in
 * Finagle; `scan`: the best of all, the first of several, at a cost that grows with them.
 */
export function peakEwma(look: 'two' | 'scan'): Algorithm {
	const memory = perServer((): Average => ({ms: 0, at: 0}));
	let at = 0;
	let averages: readonly Average[] = [];
	const cost: Cost = (candidates, place) => {
		const average = averages[place]!;
		observe(average, 0, at);
		return costOf(average.ms, candidates[place]!);
	};
	const looks = {two: () => betterOfTwo({cost, mayRepeat: false}), scan: () => bestOfAll(cost)};
	const {pick, explain} = looks[look]();
	return algorithmOf({
		pick: (candidates, question) => {
			at = question.now();
			averages = memory.all(candidates);
			return pick(candidates, question);
		},
		explain,
		answered: (candidate, ms, answeredAt) => observe(memory.of(candidate), ms, answeredAt),
	});
}

/** Takes one more answer time into an average. */
export function observe(average: Average, ms: number, at: number): void {
	const age = Math.max(0, at - average.at) / decayMs;
	// Of so short a time this is the same to 12 digits, at a tenth of the cost.
	const weight = age < 1e-4 ? 1 - age + (age * age) / 2 : Math.exp(-age);
	average.ms = ms > average.ms ? ms : average.ms * weight + ms * (1 - weight);
	average.at = at;
}

function costOf(averageMs: number, {inFlight, weight}: Candidate): number {
	const cost = averageMs === 0 && inFlight > 0 ? penalty + inFlight : averageMs * (inFlight + 1);
	return cost / weight;
}

function bestOfAll(cost: Cost): Pick<Picker, 'pick' | 'explain'> {
	const costs: number[] = [];
	return {
		pick: (candidates, question) => {
			let best = nobody;
			costs.length = candidates.length;
			for (let place = 0; place < candidates.length; place++) {
				const candidate = candidates[place]!;
				if (!isOpen(candidate, question)) {
					costs[place] = Number.POSITIVE_INFINITY;
					continue;
				}
				costs[place] = cost(candidates, place);
				if (best === nobody || costs[place]! < costs[best]!) best = place;
			}
			return best;
		},
		explain: (candidates, _, chosen) => scoresText(candidates, chosen, (_, place) => costs[place]!),
	};
}
