import {type Algorithm, type Candidate, isFull, isOpen} from './algorithm.ts';
import {perArray} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {scoresText} from './scores.ts';

/**
 * Fills the first server up to its limit, then the next (HAProxy's `first`), so that the last ones are left without work.
 * Without limits the first gets everything. Full servers before the first open one are not looked at again until one of
 * them is freed.
 */
export function first(): Algorithm {
	let places = new Map<Candidate, number>();
	let lowest = 0;
	const number = perArray(candidates => {
		places = new Map(candidates.map((candidate, place) => [candidate, place]));
		lowest = 0;
	});
	return algorithmOf({
		pick: (candidates, question) => {
			number(candidates);
			while (lowest < candidates.length && isFull(candidates[lowest]!)) lowest++;
			for (let place = lowest; place < candidates.length; place++) {
				if (isOpen(candidates[place]!, question)) return place;
			}
			return nobody;
		},
		freed: candidate => {
			lowest = Math.min(lowest, places.get(candidate) ?? lowest);
		},
		explain: (candidates, _, chosen) =>
			scoresText(candidates, chosen, ({inFlight, maxInFlight}) => `${inFlight}/${maxInFlight || 'unlimited'}`),
	});
}
