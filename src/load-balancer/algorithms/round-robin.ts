import type {Algorithm} from './algorithm.ts';

/** Each in turn: over the same candidates no two counts ever differ by more than one. */
export function roundRobin(): Algorithm {
	let turn = 0;
	return {
		next: candidates => {
			if (turn >= candidates.length) turn = 0;
			return candidates[turn++]!;
		},
		share: (candidates, count) => {
			const size = candidates.length;
			const first = turn % size;
			const rounds = Math.floor(count / size);
			const extra = count - rounds * size;
			turn = (first + extra) % size;
			return candidates.map((_, place) => rounds + ((place - first + size) % size < extra ? 1 : 0));
		},
	};
}
