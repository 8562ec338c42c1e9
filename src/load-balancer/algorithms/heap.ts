/** A binary heap that knows where its entries are, so that one whose key has changed can be put right. */

/** The least `key` is first; of several the least `order`. `at` is the heap's own. */
export type Entry = {key: number; order: number; at: number};

type Heap<E extends Entry> = {
	readonly first: E | undefined;
	/** Takes one in. */
	add(entry: E): void;
	/** Takes one out. */
	remove(entry: E): void;
	/** Its key or order is another: puts it in its place. */
	moved(entry: E): void;
};

export function createHeap<E extends Entry>(): Heap<E> {
	const entries: E[] = [];

	const put = (entry: E, at: number) => {
		entries[at] = entry;
		entry.at = at;
	};

	const rise = (entry: E) => {
		let {at} = entry;
		while (at > 0) {
			const above = entries[(at - 1) >> 1]!;
			if (!isBefore(entry, above)) break;
			put(above, at);
			at = (at - 1) >> 1;
		}
		put(entry, at);
	};

	const sink = (entry: E) => {
		let {at} = entry;
		for (let child = 2 * at + 1; child < entries.length; child = 2 * at + 1) {
			if (child + 1 < entries.length && isBefore(entries[child + 1]!, entries[child]!)) child++;
			if (!isBefore(entries[child]!, entry)) break;
			put(entries[child]!, at);
			at = child;
		}
		put(entry, at);
	};

	const moved = (entry: E) => {
		rise(entry);
		sink(entry);
	};

	return {
		get first() {
			return entries[0];
		},
		add: entry => {
			put(entry, entries.length);
			rise(entry);
		},
		remove: entry => {
			const last = entries.pop()!;
			if (last === entry) return;
			put(last, entry.at);
			moved(last);
		},
		moved,
	};
}

function isBefore(one: Entry, other: Entry): boolean {
	return one.key < other.key || (one.key === other.key && one.order < other.order);
}
