import {createQueue} from '../queue.ts';
import {type Algorithm, type Candidate, isOpen} from './algorithm.ts';
import {createDraw} from './draw.ts';
import {perArray} from './memory.ts';
import {algorithmOf} from './picker.ts';

/**
 * Join-idle-queue (Lu et al., 2011): a server that has nothing left in flight joins a queue, whose first is chosen; when
 * nobody is idle it is by chance and weight. At first the idle join in the order given. Costs O(1) while there are any.
 */
export function joinIdleQueue(): Algorithm {
	const draw = createDraw();
	const queue = createQueue<Candidate>();
	const queued = new Set<Candidate>();
	let places = new Map<Candidate, number>();
	let wasIdle = false;

	const join = (candidate: Candidate) => {
		if (candidate.inFlight > 0 || queued.has(candidate)) return;
		queued.add(candidate);
		queue.push(candidate);
	};

	const gather = perArray(candidates => {
		places = new Map(candidates.map((candidate, place) => [candidate, place]));
		for (const candidate of candidates) join(candidate);
	});

	/** The first that is still idle and still a candidate. */
	const firstIdle = (): Candidate | undefined => {
		for (;;) {
			const first = queue.shift();
			if (first === undefined) return undefined;
			queued.delete(first);
			if (first.inFlight === 0 && places.has(first)) return first;
		}
	};

	return algorithmOf({
		pick: (candidates, question) => {
			gather(candidates);
			let idle = firstIdle();
			if (idle !== undefined && !isOpen(idle, question)) {
				const avoided = idle;
				idle = firstIdle();
				join(avoided);
			}
			wasIdle = idle !== undefined;
			return idle === undefined ? draw(candidates, question) : places.get(idle)!;
		},
		freed: candidate => {
			if (places.has(candidate)) join(candidate);
		},
		explain: () => (wasIdle ? 'idle first' : 'nobody idle: chance'),
	});
}
