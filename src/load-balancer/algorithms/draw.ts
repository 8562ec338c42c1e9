/** Chance by weight. */

import {type Candidate, isOpen, type Question} from './algorithm.ts';
import {perArray} from './memory.ts';
import {nobody} from './picker.ts';

/** Draws a place, each as likely as it weighs, of those that are open and not `except`; {@link nobody} when there is none. */
type Draw = (candidates: readonly Candidate[], question: Question, except?: number) => number;

/** So often is drawn again, as in nginx's `random`, before it is the next one after the last drawn. */
const draws = 20;

/** Draws by weight. */
export function createDraw(): Draw {
	const sumsOf = perArray(sumsOfWeights);
	return (candidates, question, except = nobody) => {
		const sums = sumsOf(candidates);
		const {length} = candidates;
		let place = 0;
		for (let drawn = 0; drawn < draws; drawn++) {
			place = placeAt(sums, question.random());
			if (place !== except && isOpen(candidates[place]!, question)) return place;
		}
		for (let step = 1; step <= length; step++) {
			const after = (place + step) % length;
			if (after !== except && isOpen(candidates[after]!, question)) return after;
		}
		return nobody;
	};
}

/** The weights up to and with each place. */
export function sumsOfWeights(candidates: readonly Candidate[]): Float64Array {
	let sum = 0;
	return Float64Array.from(candidates, ({weight}) => {
		sum += weight;
		return sum;
	});
}

/** The place whose share of all weights holds this part of them, a number in [0, 1). */
export function placeAt(sums: Float64Array, part: number): number {
	const wanted = part * sums[sums.length - 1]!;
	let low = 0;
	let high = sums.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sums[middle]! > wanted) high = middle;
		else low = middle + 1;
	}
	return low;
}
