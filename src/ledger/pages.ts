/**
 * Bit sets over the messages of all clients, in pages: page by page memory grows with the messages there are, whatever
 * their numbers. What a client has left behind is packed, and unpacked when there is a late word of it after all.
 */

import {pack, unpack} from './packed-page.ts';
import {createPackedPages} from './packed-pages.ts';
import {type Page, pageWords} from './page.ts';

type Pages = {
	/** The page of a message, made if need be, with room for at least so many common sets. It may be kept until the next call. */
	at(client: number, sequence: number, sets: number): Page;
	/** The same, or undefined where no message was ever noted. */
	find(client: number, sequence: number): Page | undefined;
	all(): Iterable<Page>;
	/** Bytes of all bit sets. */
	bytes(): number;
};

/** Blocks of a client: sequences below 2^32 at 2^{@link blockShift} each. A client's number is below 2^32 as well, so a key is exact. */
const blocks = 2 ** 21;
const blockShift = 11;

/** So many pages may be open again, or as many as there are clients. */
const fewestReopened = 64;

/** A client's next page takes the place of the one it closes, so one would do, but for those that were open again. */
const mostSpare = 16;

export function createPages(): Pages {
	const open = new Map<number, Page>();
	const packed = createPackedPages();
	/** The keys of each client's newest page and of the one before: they stay open. */
	const newest = new Map<number, {key: number; before: number | undefined}>();
	/** Those of older pages that are open, the one opened first comes first. */
	const reopened = new Set<number>();
	/** Closed pages, emptied, for others: dropped, each would stay until V8 comes to collect what is old, after an hour or so. */
	const spare: Page[] = [];

	const close = (key: number) => {
		const page = open.get(key)!;
		packed.add(key, pack(page));
		open.delete(key);
		if (spare.length >= mostSpare) return;
		page.common.fill(0);
		page.rare?.fill(0);
		spare.push(page);
	};

	const openAgain = (key: number) => {
		reopened.add(key);
		if (reopened.size <= Math.max(fewestReopened, newest.size)) return;
		const [first] = reopened;
		reopened.delete(first!);
		close(first!);
	};

	const advance = (key: number, client: number) => {
		const last = newest.get(client);
		if (last && key < last.key) return openAgain(key);
		newest.set(client, {key, before: last?.key});
		if (last?.before !== undefined) close(last.before);
	};

	const create = (key: number, client: number, block: number, sets: number): Page => {
		const page = spare.pop() ?? {client, block, common: new Uint32Array(sets * pageWords), rare: undefined};
		page.client = client;
		page.block = block;
		open.set(key, page);
		advance(key, client);
		return page;
	};

	const opened = (key: number): Page | undefined => {
		const few = packed.take(key);
		if (few === undefined) return undefined;
		const page = pageOf(key, few);
		open.set(key, page);
		openAgain(key);
		return page;
	};

	const widen = (page: Page, sets: number) => {
		const wider = new Uint32Array(sets * pageWords);
		wider.set(page.common);
		page.common = wider;
	};

	return {
		at: (client, sequence, sets) => {
			const block = sequence >>> blockShift;
			const key = client * blocks + block;
			const page = open.get(key) ?? opened(key) ?? create(key, client, block, sets);
			if (page.common.length < sets * pageWords) widen(page, sets);
			return page;
		},
		find: (client, sequence) => {
			const key = client * blocks + (sequence >>> blockShift);
			return open.get(key) ?? opened(key);
		},
		all: function* () {
			yield* open.values();
			for (const [key, few] of packed) yield pageOf(key, few);
		},
		bytes: () => [...open.values()].reduce((sum, page) => sum + bytesOf(page), packed.bytes),
	};
}

function pageOf(key: number, few: Uint8Array): Page {
	return {client: Math.floor(key / blocks), block: key % blocks, ...unpack(few)};
}

function bytesOf({common, rare}: Page): number {
	return common.byteLength + (rare?.byteLength ?? 0);
}
