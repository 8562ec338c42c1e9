import {shortReadBytes} from '../transport.ts';

/** fleeting: what is read is only there for the moment. short: see {@link shortReadBytes}. */
export type Reads = 'fleeting' | 'short' | 'usual';

/** Where all connections of the fast transport read to. What came is there until the next of them reads. */
export type ReadBuffer = {
	/** As much of it as is to be read at once. */
	room(reads: Reads): Buffer;
	/** What came, where it is. */
	look(length: number): Buffer;
	/** What came, to keep. */
	keep(length: number): Buffer;
	/** A buffer of its own for one who reads much, to be given away with what was read. */
	another(reads: Reads): Buffer;
};

/** Larger, and it falls out of the processor's cache; smaller, and long lines take more calls. */
const readBytes = 128 * 1024;

/** A read that comes from one who has much to say. */
export const longRead = 32 * 1024;

/** What is kept shares memory in pieces of this size: one is asked for, and collected, for many reads. */
const slabBytes = 64 * 1024;

/** Below this a loop is faster than a call. */
const copyBytes = 96;

export function createReadBuffer(): ReadBuffer {
	const bytes = Buffer.allocUnsafeSlow(readBytes);
	const shortBytes = bytes.subarray(0, shortReadBytes);
	const room = (reads: Reads) => (reads === 'short' ? shortBytes : bytes);
	let slab = Buffer.allocUnsafeSlow(slabBytes);
	let used = 0;
	return {
		room,
		another: reads => Buffer.allocUnsafeSlow(room(reads).length),
		look: length => bytes.subarray(0, length),
		keep: length => {
			if (length > slabBytes / 4) {
				const own = Buffer.allocUnsafeSlow(length);
				bytes.copy(own, 0, 0, length);
				return own;
			}
			if (used + length > slabBytes) {
				slab = Buffer.allocUnsafeSlow(slabBytes);
				used = 0;
			}
			const start = used;
			used += length;
			if (length > copyBytes) bytes.copy(slab, start, 0, length);
			else for (let from = 0, to = start; from < length; from++, to++) slab[to] = bytes[from]!;
			return slab.subarray(start, used);
		},
	};
}
