import {type Algorithm, type Candidate, isOpen} from './algorithm.ts';
import {createHeap, type Entry} from './heap.ts';
import {perArray, perServer} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {scoresText} from './scores.ts';

/** `key` is its deadline, reckoned with `weight`. */
type Deadline = Entry & {candidate: Candidate; place: number; weight: number};

/**
 * Envoy's weighted least request with an `active_request_bias` of 1: earliest deadline first, where the chosen server's
 * next deadline is `(in flight + 1) ÷ weight` later, with the load it had when it was chosen. Of equal deadlines the older
 * one is first. Envoy turns to two choices when all weights are equal; here that is `p2c:replace`. Costs O(log n).
 */
export function weightedLeastRequest(): Algorithm {
	let clock = 0;
	let clockBefore = 0;
	let picks = 0;
	const memory = perServer((candidate): Deadline => {
		const {weight} = candidate;
		return {candidate, weight, key: clock + intervalOf(candidate), order: ++picks, place: 0, at: 0};
	});
	const sort = perArray(candidates => {
		const heap = createHeap<Deadline>();
		for (const [place, entry] of memory.all(candidates).entries()) {
			const {weight} = candidates[place]!;
			const wait = (Math.max(0, entry.key - clock) * entry.weight) / weight;
			Object.assign(entry, {place, weight, key: clock + wait});
			heap.add(entry);
		}
		return heap;
	});

	return algorithmOf({
		pick: (candidates, question) => {
			const heap = sort(candidates);
			const closed: Deadline[] = [];
			while (heap.first && !isOpen(heap.first.candidate, question)) {
				closed.push(heap.first);
				heap.remove(heap.first);
			}
			const first = heap.first;
			for (const entry of closed) heap.add(entry);
			if (!first) return nobody;
			clockBefore = clock;
			clock = Math.max(clock, first.key);
			first.key = clock + intervalOf(first.candidate);
			first.order = ++picks;
			heap.moved(first);
			return first.place;
		},
		explain: (candidates, _, chosen) =>
			scoresText(candidates, chosen, candidate => {
				const deadline = candidate === chosen ? clock : memory.of(candidate).key;
				return Math.max(0, deadline - clockBefore);
			}),
	});
}

function intervalOf({inFlight, weight}: Candidate): number {
	return (inFlight + 1) / weight;
}
