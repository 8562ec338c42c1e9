import type {Algorithm, Candidate} from './algorithm.ts';
import {createDraw} from './draw.ts';
import {algorithmOf, nobody, type Picker} from './picker.ts';
import {scoresText} from './scores.ts';

/** What a candidate at this place would cost: the least is chosen. */
export type Cost = (candidates: readonly Candidate[], place: number) => number;

/** `mayRepeat`: the second draw may be the first one again. */
type TwoChoices = {cost: Cost; mayRepeat: boolean};

/** The better of two servers drawn by weight, the first drawn of two equal ones. */
export function betterOfTwo({cost, mayRepeat}: TwoChoices): Pick<Picker, 'pick' | 'explain'> {
	const draw = createDraw();
	let [first, second] = [nobody, nobody];
	let [firstCost, secondCost] = [0, 0];
	return {
		pick: (candidates, question) => {
			first = draw(candidates, question);
			second = first === nobody ? nobody : draw(candidates, question, mayRepeat ? nobody : first);
			if (second === nobody || second === first) return first;
			firstCost = cost(candidates, first);
			secondCost = cost(candidates, second);
			return secondCost < firstCost ? second : first;
		},
		explain: (candidates, _, chosen) => {
			if (second === nobody || second === first) return 'drawn alone';
			const drawn = [candidates[first]!, candidates[second]!];
			return scoresText(drawn, chosen, (_, place) => (place === 0 ? firstCost : secondCost));
		},
	};
}

/**
 * The power of two choices (Mitzenmacher, 2001): of two drawn servers the one with less in flight for its weight.
 * Without replacement (nginx's `random two`, Finagle) two servers are compared whenever there are two; with it (HAProxy's
 * `random(2)`) half of the choices between two servers are mere chance.
 */
export function powerOfTwo({mayRepeat}: Pick<TwoChoices, 'mayRepeat'>): Algorithm {
	const cost: Cost = (candidates, place) => candidates[place]!.inFlight / candidates[place]!.weight;
	return algorithmOf(betterOfTwo({cost, mayRepeat}));
}
