import {type Algorithm, type Candidate, isFull} from './algorithm.ts';
import {createHeap, type Entry} from './heap.ts';
import {perArray} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {scoresText} from './scores.ts';

type Loaded = Entry & {candidate: Candidate; place: number};

/**
 * The server with the least in flight for its weight (HAProxy's `leastconn`, nginx's `least_conn`). Of several it is
 * the one that was chosen longest ago: round robin, in the order given at first. Costs O(log n).
 */
export function leastConnections(): Algorithm {
	let picks = 0;
	let heap = createHeap<Loaded>();
	let entries = new Map<Candidate, Loaded>();
	const sort = perArray(candidates => {
		const known = entries;
		heap = createHeap();
		entries = new Map();
		for (const [place, candidate] of candidates.entries()) {
			const order = known.get(candidate)?.order ?? ++picks;
			const entry = {candidate, place, key: loadOf(candidate), order, at: 0};
			entries.set(candidate, entry);
			heap.add(entry);
		}
	});

	const update = (entry: Loaded) => {
		const key = loadOf(entry.candidate);
		if (key === entry.key) return false;
		entry.key = key;
		heap.moved(entry);
		return true;
	};

	/** What was sent is found out only here: a load that has grown sinks once it has come to the top. */
	const first = () => {
		while (heap.first && update(heap.first));
		return heap.first;
	};

	return algorithmOf({
		pick: (candidates, {avoid}) => {
			sort(candidates);
			const avoided = avoid && entries.get(avoid);
			if (avoided) heap.remove(avoided);
			const best = first();
			if (avoided) heap.add(avoided);
			if (!best || best.key === full) return nobody;
			best.order = ++picks;
			heap.moved(best);
			return best.place;
		},
		freed: candidate => {
			const entry = entries.get(candidate);
			if (entry) update(entry);
		},
		explain: (candidates, _, candidate) => scoresText(candidates, candidate, loadOf),
	});
}

const full = Number.POSITIVE_INFINITY;

function loadOf(candidate: Candidate): number {
	return isFull(candidate) ? full : candidate.inFlight / candidate.weight;
}
