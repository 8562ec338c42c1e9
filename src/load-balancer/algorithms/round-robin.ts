import {type Algorithm, type Candidate, isOpen, type Question} from './algorithm.ts';
import {perArray, perServer} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {scoresText} from './scores.ts';

/** `current` decides; `lost` is what failures have taken off the weight, which comes back by 1 a pick. */
type Turns = {current: number; lost: number};

/**
 * Smooth weighted round robin, nginx's (commit 52327e0627f4, 2012). At each pick every open server gains its effective
 * weight; the greatest is chosen, the first of several, and pays what all gained: {5, 1, 1} gives a a b a c a a. A
 * failure takes a server's whole weight off, as nginx's `max_fails` 1. While weights are equal this comes to each in
 * turn, which takes no looking around: over the same candidates, none full, no two counts differ by more than one.
 */
export function roundRobin(): Algorithm {
	const memory = perServer((): Turns => ({current: 0, lost: 0}));
	const look = perArray(candidates => {
		const isLevel = candidates.every(({weight}) => weight === candidates[0]!.weight);
		const areWhole = candidates.every(({weight}) => Number.isInteger(weight));
		const total = candidates.reduce((sum, {weight}) => sum + weight, 0);
		return {turns: memory.all(candidates), isLevel, areWhole, total, told: new Map<number, string>()};
	});
	/** Whose turn it is while they take turns. */
	let turn = 0;
	let takesTurns = true;
	/** False from a failure until all have their weight back. */
	let isSettled = true;
	let gained = 0;

	const pickInTurn = (candidates: readonly Candidate[], question: Question) => {
		takesTurns = true;
		for (let tried = 0; tried < candidates.length; tried++) {
			if (turn >= candidates.length) turn = 0;
			const place = turn++;
			if (isOpen(candidates[place]!, question)) return place;
		}
		return nobody;
	};

	const pickSmoothly = (candidates: readonly Candidate[], question: Question) => {
		const {turns} = look(candidates);
		if (takesTurns) for (const [place, its] of turns.entries()) its.current = currentAfter(candidates, place, turn);
		takesTurns = false;
		isSettled = true;
		gained = 0;
		let best = nobody;
		for (let place = 0; place < candidates.length; place++) {
			const candidate = candidates[place]!;
			const its = turns[place]!;
			if (isOpen(candidate, question)) {
				const effective = Math.max(0, candidate.weight - its.lost);
				its.current += effective;
				gained += effective;
				its.lost = Math.max(0, its.lost - 1);
				if (best === nobody || its.current > turns[best]!.current) best = place;
			}
			if (its.lost > 0) isSettled = false;
		}
		if (best === nobody) return nobody;
		turns[best]!.current -= gained;
		turn = best + 1;
		return best;
	};

	const pick = (candidates: readonly Candidate[], question: Question) =>
		isSettled && look(candidates).isLevel ? pickInTurn(candidates, question) : pickSmoothly(candidates, question);

	const shareTurns = (candidates: readonly Candidate[], count: number) => {
		takesTurns = true;
		const size = candidates.length;
		const first = turn % size;
		const rounds = Math.floor(count / size);
		const extra = count - rounds * size;
		turn = (first + extra) % size;
		return candidates.map((_, place) => rounds + ((place - first + size) % size < extra ? 1 : 0));
	};

	return algorithmOf({
		pick,
		share: (candidates, count, question) => {
			const {isLevel, areWhole, total} = look(candidates);
			const isFree = question.avoid === undefined && candidates.every(({maxInFlight}) => maxInFlight === 0);
			if (!isSettled || !areWhole || !isFree) return undefined;
			if (isLevel) return shareTurns(candidates, count);
			// After as many picks as all weigh together everyone has had its weight, and all is as it was before.
			const cycles = Math.floor(count / total);
			const shares = candidates.map(({weight}) => weight * cycles);
			for (let left = count - cycles * total; left > 0; left--) shares[pick(candidates, question)]!++;
			return shares;
		},
		failed: candidate => {
			memory.of(candidate).lost = candidate.weight;
			isSettled = false;
		},
		explain: (candidates, _, chosen) => {
			const {turns, told} = look(candidates);
			const {weight} = chosen;
			if (!takesTurns)
				return scoresText(candidates, chosen, (candidate, place) =>
					candidate === chosen ? turns[place]!.current + gained : turns[place]!.current,
				);
			// While they take turns the same is said again and again, maybe for each message.
			const known = told.get(turn);
			if (known !== undefined) return known;
			const text = scoresText(candidates, chosen, (_each, place) => currentAfter(candidates, place, turn - 1) + weight);
			told.set(turn, text);
			return text;
		},
	});
}

/** The smooth rule's current of a place after so many turns of a round that all take in order. */
function currentAfter(candidates: readonly Candidate[], place: number, turns: number): number {
	const {weight} = candidates[place]!;
	const {length} = candidates;
	return weight * (turns % length) - (place < turns % length ? weight * length : 0);
}
