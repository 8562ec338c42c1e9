/** The IDs of the messages answered last, so that one that comes again is not executed again. */
export type KnownIds = {
	has(id: string): boolean;
	/** Remembers an ID; false when it was known already. */
	add(id: string): boolean;
};

/**
 * A window that always holds the last `window / 2` IDs, and at most `window`: two generations, of which the older is
 * forgotten at once when the younger is full. That costs two look-ups a message, and no list to keep in order.
 */
export function createKnownIds(window: number): KnownIds {
	const generation = Math.ceil(window / 2);
	let younger = new Set<string>();
	let older = new Set<string>();
	return {
		has: id => younger.has(id) || older.has(id),
		add: id => {
			const before = younger.size;
			const isNew = younger.add(id).size > before && !older.has(id);
			if (younger.size >= generation) {
				older = younger;
				younger = new Set();
			}
			return isNew;
		},
	};
}
