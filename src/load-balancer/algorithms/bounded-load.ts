import {type Algorithm, type Candidate, isOpen} from './algorithm.ts';
import {type BuildTable, findFrom, homeText} from './hash-table.ts';
import {perArray} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {scoresText} from './scores.ts';

/** How much more than its part of the load a server may have. */
const factor = 1.25;

/**
 * Consistent hashing with bounded loads (Mirrokni, Thorup, Zadimoghaddam, 2016; HAProxy's `hash-balance-factor 125`): a key
 * goes home unless that server has 1.25 of its part, by weight, of all that is in flight with this one, rounded up; then it
 * goes on from there to the first that has not.
 */
export function boundedLoad(build: BuildTable): Algorithm {
	let loads = new Map<Candidate, number>();
	let total = 0;
	let last: Candidate | undefined;
	const look = perArray(candidates => {
		loads = new Map(candidates.map(candidate => [candidate, candidate.inFlight]));
		total = candidates.reduce((sum, {inFlight}) => sum + inFlight, 0);
		const weight = candidates.reduce((sum, candidate) => sum + candidate.weight, 0);
		return {table: build(candidates), weight};
	});

	/** Takes a change of one server's load into the total, so that nobody has to add up all of them. */
	const count = (candidate: Candidate) => {
		const counted = loads.get(candidate);
		if (counted === undefined || counted === candidate.inFlight) return;
		total += candidate.inFlight - counted;
		loads.set(candidate, candidate.inFlight);
	};
	const boundOf = (candidate: Candidate, weight: number) =>
		Math.ceil((factor * (total + 1) * candidate.weight) / weight);

	return algorithmOf({
		isByKey: true,
		pick: (candidates, question) => {
			const {table, weight} = look(candidates);
			if (last) count(last);
			const home = table.home(question.key());
			const mayChoose = (place: number) => isOpen(candidates[place]!, question);
			const isBelow = (place: number) => candidates[place]!.inFlight < boundOf(candidates[place]!, weight);
			const below = findFrom(home, table, place => mayChoose(place) && isBelow(place));
			const place = below === nobody ? findFrom(home, table, mayChoose) : below;
			last = candidates[place];
			return place;
		},
		freed: count,
		explain: (candidates, {key}, chosen) => {
			const {table, weight} = look(candidates);
			const loadText = (candidate: Candidate) => `${candidate.inFlight}/${boundOf(candidate, weight)}`;
			return `${homeText(table, candidates, key())} ${scoresText(candidates, chosen, loadText)}`;
		},
	});
}
