/** Lines within bytes: where they end and how many there are, without looking at each byte one by one. */

export const newline = 10;

/** Newlines are counted in blocks, so that a place among them is found again without counting anew. */
const blockBytes = 256;
const wordsPerBlock = blockBytes / 4;

let words = new Int32Array(16 * 1024);
let counts = new Uint16Array(words.byteLength / blockBytes);

/** The lines of `bytes` from `start` to `end`, counted. Valid until the next call. */
export type CountedLines = {
	total: number;
	/** The place after the `lines`th line; `lines` is 1 to `total`. */
	endOf(lines: number): number;
};

/**
 * Counts the newlines. Four bytes at a time: a zero byte is sought in each word after XOR with newlines, as in Warren,
 * Hacker's Delight, 6-1, by the form without borrow, which is exact for every byte.
 */
export function countLines(bytes: Buffer, start: number, end: number): CountedLines {
	const length = end - start;
	reserve(length);
	const copy = new Uint8Array(words.buffer);
	bytes.copy(copy, 0, start, end);
	const blocks = Math.ceil(length / blockBytes);
	copy.fill(0, length, blocks * blockBytes);
	let total = 0;
	for (let block = 0; block < blocks; block++) {
		let lanes = 0;
		const last = (block + 1) * wordsPerBlock;
		for (let i = block * wordsPerBlock; i < last; i++) {
			const word = words[i]! ^ 0x0a0a0a0a;
			lanes += (~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word) >>> 7) & 0x01010101;
		}
		const count = (lanes & 255) + ((lanes >>> 8) & 255) + ((lanes >>> 16) & 255) + (lanes >>> 24);
		counts[block] = count;
		total += count;
	}
	return {total, endOf: lines => start + placeOf(copy, lines)};
}

function placeOf(bytes: Uint8Array, lines: number): number {
	let block = 0;
	let left = lines;
	while (left > counts[block]!) left -= counts[block++]!;
	let at = block * blockBytes;
	while (left > 0) if (bytes[at++] === newline) left--;
	return at;
}

function reserve(length: number) {
	if (length <= words.byteLength) return;
	const blocks = Math.ceil(length / blockBytes);
	words = new Int32Array(blocks * wordsPerBlock);
	counts = new Uint16Array(blocks);
}
