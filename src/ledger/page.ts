/** A page of {@link pageMessages} consecutive messages of one client: one bit per message and set. */

/** Messages in a page. */
export const pageMessages = 2048;

/** 32-bit words of one set in a page. */
export const pageWords = pageMessages / 32;

/** Words of the sets that are hardly ever used. */
export const rareWords = 5 * pageWords;

/** `common` holds one set after the other, {@link pageWords} words each; `rare` likewise, made when it is needed. */
export type Page = {
	client: number;
	block: number;
	common: Uint32Array;
	rare: Uint32Array | undefined;
};

/** The word of a message within each set of its page, and its bit there. */
export function wordOf(sequence: number): number {
	return (sequence & (pageMessages - 1)) >>> 5;
}

/** The bit of a message in its word. */
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
