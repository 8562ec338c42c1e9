/** First in, first out, at a cost that does not grow with what waits. */
export type Queue<T> = {
	readonly size: number;
	push(item: T): void;
	shift(): T | undefined;
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
		remove: wanted => {
			items = items.slice(head).filter(item => item !== wanted);
			head = 0;
		},
	};
}
