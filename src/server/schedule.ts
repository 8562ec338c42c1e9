import type {Now} from '../domain/clock.ts';

/** Things to happen at given moments: a heap of them, and one timer for the earliest. */
type Schedule<T> = {add(at: number, item: T): void; close(): void};

/** Node's timers take no more; a later moment is met by setting the timer again. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls `onDue` for each item when its moment (of `now`, ms) has come, in the order of the moments. */
export function createSchedule<T>(now: Now, onDue: (item: T, at: number) => void): Schedule<T> {
	const heap: Entry<T>[] = [];
	let timer: NodeJS.Timeout | undefined;
	let timerAt = Number.POSITIVE_INFINITY;

	const arm = () => {
		const first = heap[0];
		if (first === undefined || first.at >= timerAt) return;
		clearTimeout(timer);
		timerAt = first.at;
		timer = setTimeout(run, Math.min(longestTimerMs, Math.max(1, Math.ceil(first.at - now()))));
	};

	const run = () => {
		timerAt = Number.POSITIVE_INFINITY;
		// What an item schedules for a moment that has passed already runs in this same turn.
		for (let first = heap[0]; first !== undefined && first.at <= now(); first = heap[0]) {
			removeFirst(heap);
			onDue(first.item, first.at);
		}
		arm();
	};

	return {
		add: (at, item) => {
			insert(heap, {at, item});
			arm();
		},
		close: () => {
			clearTimeout(timer);
			heap.length = 0;
		},
	};
}

type Entry<T> = {at: number; item: T};

function insert<T>(heap: Entry<T>[], entry: Entry<T>) {
	let index = heap.length;
	while (index > 0) {
		const parent = (index - 1) >> 1;
		if (heap[parent]!.at <= entry.at) break;
		heap[index] = heap[parent]!;
		index = parent;
	}
	heap[index] = entry;
}

function removeFirst<T>(heap: Entry<T>[]) {
	const last = heap.pop()!;
	const length = heap.length;
	if (length === 0) return;
	let index = 0;
	for (;;) {
		let child = 2 * index + 1;
		if (child >= length) break;
		if (child + 1 < length && heap[child + 1]!.at < heap[child]!.at) child++;
		if (last.at <= heap[child]!.at) break;
		heap[index] = heap[child]!;
		index = child;
	}
	heap[index] = last;
}
