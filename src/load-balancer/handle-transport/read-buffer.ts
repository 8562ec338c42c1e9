import {giveRoom, lend, longRead, longRoomBytes, takeRoom} from '../long-reads.ts';
import {shortReadBytes} from '../transport.ts';

/** fleeting: what is read is only there for the moment. short: see {@link shortReadBytes}. */
export type Reads = 'fleeting' | 'short' | 'usual';

/** Where all connections of the fast transport read to. What came is there until the next of them reads. */
type ReadBuffer = {
	/** As much of it as is to be read at once. */
	room(reads: Reads): Buffer;
	/** What came: to keep, or where it is. `own` is the room it was read into, where it was one of the connection's own. */
	took(reads: Reads, own: Buffer | null, length: number): Buffer;
	/** The next room of its own for one who reads much; null for one who has just read little, after `own` or without. */
	next(reads: Reads, own: Buffer | null, length: number): Buffer | null;
};

/** A read that comes from one who has little to say; longer ones may be what was left of a long one. */
const briefRead = 4 * 1024;

/** What is kept shares memory in pieces of this size: one is asked for, and collected, for many reads. */
const slabBytes = 64 * 1024;

/** Below this a loop is faster than a call. */
const copyBytes = 96;

export function createReadBuffer(): ReadBuffer {
	const bytes = Buffer.allocUnsafeSlow(longRoomBytes);
	const shortBytes = bytes.subarray(0, shortReadBytes);
	const room = (reads: Reads) => (reads === 'short' ? shortBytes : bytes);
	let slab = Buffer.allocUnsafeSlow(slabBytes);
	let used = 0;

	const copyOf = (from: Buffer, length: number) => {
		if (length > slabBytes / 4) {
			const own = Buffer.allocUnsafeSlow(length);
			from.copy(own, 0, 0, length);
			return own;
		}
		if (used + length > slabBytes) {
			slab = Buffer.allocUnsafeSlow(slabBytes);
			used = 0;
		}
		const start = used;
		used += length;
		if (length > copyBytes) from.copy(slab, start, 0, length);
		else for (let at = 0, to = start; at < length; at++, to++) slab[to] = from[at]!;
		return slab.subarray(start, used);
	};

	return {
		room,
		took: (reads, own, length) => {
			if (reads === 'fleeting') return bytes.subarray(0, length);
			if (own === null || length < longRead) return copyOf(own ?? bytes, length);
			return own.length === longRoomBytes ? lend(own, length) : own.subarray(0, length);
		},
		next: (reads, own, length) => {
			if (reads === 'fleeting') return null;
			if (length >= longRead) return reads === 'short' ? Buffer.allocUnsafeSlow(shortReadBytes) : takeRoom();
			if (own === null || length >= briefRead) return own;
			if (own.length === longRoomBytes) giveRoom(own);
			return null;
		},
	};
}
