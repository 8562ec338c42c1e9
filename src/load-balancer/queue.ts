/** First in, first out, at a cost that does not grow with what waits. */
type Queue<T> = {
	readonly size: number;
	/** The one that `shift` would take. */
	readonly first: T | undefined;
	push(item: T): void;
	shift(): T | undefined;
	/** A copy, first one first. */
	all(): T[];
	/** Takes one out of the middle, slowly. */
	remove(item: T): void;
};

export function createQueue<T>(): Queue<T> {
	let items: T[] = [];
	let head = 0;
	return {
		get size() {
			return items.length - head;
		},
		get first() {
			return items[head];
		},
		push: item => void items.push(item),
		shift: () => {
			if (head === items.length) return undefined;
			const item = items[head++];
			if (head > 1000 && head * 2 > items.length) {
				items = items.slice(head);
				head = 0;
			}
			return item;
		},
		all: () => items.slice(head),
		remove: wanted => {
			items = items.slice(head).filter(item => item !== wanted);
			head = 0;
		},
	};
}
