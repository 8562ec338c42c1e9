/** Packed pages by key, one behind the other in slabs: thousands of small pieces of memory would cost more than they hold. */
type PackedPages = {
	/** Keeps a copy. The key is not in it yet. */
	add(key: number, page: Uint8Array): void;
	/** Gives the page and forgets it: its bytes are there until the next `add`. Undefined when the key is not in it. */
	take(key: number): Uint8Array | undefined;
	[Symbol.iterator](): Iterator<[key: number, page: Uint8Array]>;
	/** Bytes of memory they take, gaps and all. */
	readonly bytes: number;
};

/** The longest page is half as long: 64 servers, nothing of which could be packed. */
const slabBytes = 64 * 1024;

/** Before each page stands its length. */
const lengthBytes = 2;

export function createPackedPages(): PackedPages {
	/** A place is an offset in all slabs, taken as one. */
	const places = new Map<number, number>();
	let slabs: Uint8Array[] = [];
	let end = 0;
	/** Bytes of the pages that are in it. */
	let held = 0;

	const pageAt = (place: number): Uint8Array => {
		const slab = slabs[Math.floor(place / slabBytes)]!;
		const start = (place % slabBytes) + lengthBytes;
		return slab.subarray(start, start + slab[start - 2]! + slab[start - 1]! * 256);
	};

	const append = (key: number, page: Uint8Array) => {
		if ((end % slabBytes) + lengthBytes + page.length > slabBytes) end = slabs.length * slabBytes;
		if (end === slabs.length * slabBytes) slabs.push(new Uint8Array(slabBytes));
		const slab = slabs.at(-1)!;
		const start = end % slabBytes;
		slab[start] = page.length % 256;
		slab[start + 1] = Math.floor(page.length / 256);
		slab.set(page, start + lengthBytes);
		places.set(key, end);
		end += lengthBytes + page.length;
	};

	/** What was taken leaves gaps: once they are as much as what is left, that is moved together. */
	const moveTogether = () => {
		const left = [...places].map(([key, place]) => [key, pageAt(place)] as const);
		slabs = [];
		end = 0;
		for (const [key, page] of left) append(key, page);
	};

	return {
		add: (key, page) => {
			if (end > 2 * (held + slabBytes)) moveTogether();
			append(key, page);
			held += lengthBytes + page.length;
		},
		take: key => {
			const place = places.get(key);
			if (place === undefined) return undefined;
			places.delete(key);
			const page = pageAt(place);
			held -= lengthBytes + page.length;
			return page;
		},
		*[Symbol.iterator]() {
			for (const [key, place] of places) yield [key, pageAt(place)];
		},
		get bytes() {
			return slabs.length * slabBytes;
		},
	};
}
