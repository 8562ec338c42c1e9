/** A queue of bounded length, first in first out, that makes no garbage. */

type Ring<T> = {
	/** False: it is full, and the item was not taken. */
	push(item: T): boolean;
	shift(): T | undefined;
	readonly size: number;
};

export function createRing<T>(capacity: number): Ring<T> {
	const items = new Array<T | undefined>(capacity).fill(undefined);
	let first = 0;
	let size = 0;
	return {
		push: item => {
			if (size === capacity) return false;
			items[(first + size) % capacity] = item;
			size++;
			return true;
		},
		shift: () => {
			if (size === 0) return undefined;
			const item = items[first];
			items[first] = undefined;
			first = (first + 1) % capacity;
			size--;
			return item;
		},
		get size() {
			return size;
		},
	};
}
