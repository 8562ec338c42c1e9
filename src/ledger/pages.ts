/**
 * Bit sets over the messages of all clients, in pages of {@link pageMessages} consecutive messages of one client: page
 * by page memory grows with the messages there are, whatever their numbers. One bit per message and set; sets that are
 * hardly ever used have a place of their own, made when it is needed.
 */

/** Messages in a page. */
export const pageMessages = 2048;

/** 32-bit words of one set in a page. */
export const pageWords = pageMessages / 32;

/** `common` holds one set after the other, {@link pageWords} words each; `rare` likewise. */
export type Page = {
	readonly client: number;
	readonly block: number;
	common: Uint32Array;
	rare: Uint32Array | undefined;
};

export type Pages = {
	/** The page of a message, made if need be, with room for at least so many common sets. */
	at(client: number, sequence: number, sets: number): Page;
	/** The same, or undefined where no message was ever noted. */
	find(client: number, sequence: number): Page | undefined;
	all(): Iterable<Page>;
	/** Bytes of all bit sets. */
	bytes(): number;
};

/** Blocks of a client: sequences below 2^32 at {@link pageMessages} each. A client's number is below 2^32 as well, so a key is exact. */
const blocks = 2 ** 21;
const blockShift = 11;

export function createPages(): Pages {
	const pages = new Map<number, Page>();
	let bytes = 0;

	const create = (key: number, client: number, block: number, sets: number): Page => {
		const page: Page = {client, block, common: new Uint32Array(sets * pageWords), rare: undefined};
		bytes += page.common.byteLength;
		pages.set(key, page);
		return page;
	};

	const widen = (page: Page, sets: number) => {
		const wider = new Uint32Array(sets * pageWords);
		wider.set(page.common);
		bytes += wider.byteLength - page.common.byteLength;
		page.common = wider;
	};

	return {
		at: (client, sequence, sets) => {
			const block = sequence >>> blockShift;
			const key = client * blocks + block;
			const page = pages.get(key) ?? create(key, client, block, sets);
			if (page.common.length < sets * pageWords) widen(page, sets);
			return page;
		},
		find: (client, sequence) => pages.get(client * blocks + (sequence >>> blockShift)),
		all: () => pages.values(),
		bytes: () => bytes,
	};
}

/** The word of a message within each set of its page, and its bit there. */
export function wordOf(sequence: number): number {
	return (sequence & (pageMessages - 1)) >>> 5;
}

export function bitOf(sequence: number): number {
	return 1 << (sequence & 31);
}

/** The sequence of the highest message that is in the set whose words begin at `from`, or 0. */
export function highestIn(page: Page, from: number): number {
	for (let word = pageWords - 1; word >= 0; word--) {
		const bits = page.common[from + word]!;
		if (bits !== 0) return page.block * pageMessages + word * 32 + 31 - Math.clz32(bits);
	}
	return 0;
}
