/** From the heart of an algorithm, which places are next, to a whole {@link Algorithm}. */

import {type Algorithm, type Candidate, isOpen, type Question} from './algorithm.ts';
import {perArray} from './memory.ts';

/**
 * What makes an algorithm this one and no other. Its candidates all weigh more than 0. Hooks as in {@link Algorithm}.
 */
export type Picker = Pick<Algorithm, 'freed' | 'answered' | 'failed' | 'explain'> & {
	isByKey?: true;
	/** The place of the candidate that is next; {@link nobody} when none is open. */
	pick(candidates: readonly Candidate[], question: Question): number;
	/** A faster way than one by one, where there is one; undefined where there is none for these candidates. */
	share?(candidates: readonly Candidate[], count: number, question: Question): number[] | undefined;
};

/** In place of a place: no candidate is open. */
export const nobody = -1;

/** The algorithm that picks so. Servers of weight 0 are left to the time when no other is open: then the least loaded. */
export function algorithmOf(picker: Picker): Algorithm {
	const {pick, share, freed, answered, failed, explain} = picker;
	const divide = perArray(divideByWeight);

	const placeOfNext = (candidates: readonly Candidate[], question: Question): number => {
		const {weighty, weightless, places} = divide(candidates);
		const place = weighty.length > 0 ? pick(weighty, question) : nobody;
		if (place === nobody) return leastLoaded(candidates, weightless, question);
		return places === null ? place : places[place]!;
	};

	return {
		isByKey: picker.isByKey === true,
		next: (candidates, question) => {
			const place = placeOfNext(candidates, question);
			return place === nobody ? undefined : candidates[place];
		},
		share: (candidates, count, question) => {
			const isUndivided = divide(candidates).places === null;
			const shares = isUndivided ? share?.(candidates, count, question) : undefined;
			return shares ?? shareOneByOne(candidates, count, () => placeOfNext(candidates, question));
		},
		...(freed ? {freed} : {}),
		...(answered ? {answered} : {}),
		...(failed ? {failed} : {}),
		explain: (candidates, question, chosen) =>
			chosen.weight > 0 ? explain(divide(candidates).weighty, question, chosen) : 'nobody else',
	};
}

/** `weightless`: places of those of weight 0. `places`: of each of the weighty, null when that is all of them. */
type Divided = {weighty: readonly Candidate[]; weightless: readonly number[]; places: readonly number[] | null};

function divideByWeight(candidates: readonly Candidate[]): Divided {
	if (candidates.every(({weight}) => weight > 0)) return {weighty: candidates, weightless: [], places: null};
	const all = candidates.map((_, place) => place);
	const places = all.filter(place => candidates[place]!.weight > 0);
	const weightless = all.filter(place => !(candidates[place]!.weight > 0));
	return {weighty: places.map(place => candidates[place]!), weightless, places};
}

/** Of these places the one with the fewest in flight, the first of several. */
function leastLoaded(candidates: readonly Candidate[], places: readonly number[], question: Question): number {
	let best = nobody;
	for (const place of places) {
		const candidate = candidates[place]!;
		if (!isOpen(candidate, question)) continue;
		if (best === nobody || candidate.inFlight < candidates[best]!.inFlight) best = place;
	}
	return best;
}

/**
 * Asks once per message. What is shared out counts as in flight meanwhile, and no longer at the end: whoever sends it
 * counts it.
 */
function shareOneByOne(candidates: readonly Candidate[], count: number, placeOfNext: () => number): number[] {
	const shares = candidates.map(() => 0);
	const loads: readonly {inFlight: number}[] = candidates;
	for (let i = 0; i < count; i++) {
		const place = placeOfNext();
		if (place === nobody) break;
		loads[place]!.inFlight++;
		shares[place]!++;
	}
	for (let place = 0; place < loads.length; place++) loads[place]!.inFlight -= shares[place]!;
	return shares;
}
