import {type Algorithm, isOpen, shareOneByOne} from './algorithm.ts';

/** Each in turn: over the same candidates, none of them full, no two counts ever differ by more than one. */
export function roundRobin(): Algorithm {
	let turn = 0;
	const next: Algorithm['next'] = (candidates, question) => {
		for (let tried = 0; tried < candidates.length; tried++) {
			if (turn >= candidates.length) turn = 0;
			const candidate = candidates[turn++]!;
			if (isOpen(candidate, question)) return candidate;
		}
		return undefined;
	};
	const shareWithLimits = shareOneByOne(next);
	return {
		next,
		share: (candidates, count, question) => {
			if (candidates.some(({maxInFlight}) => maxInFlight > 0)) return shareWithLimits(candidates, count, question);
			const size = candidates.length;
			const first = turn % size;
			const rounds = Math.floor(count / size);
			const extra = count - rounds * size;
			turn = (first + extra) % size;
			return candidates.map((_, place) => rounds + ((place - first + size) % size < extra ? 1 : 0));
		},
	};
}
