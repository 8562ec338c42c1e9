import {hold, release} from './long-reads.ts';
import type {Connection} from './transport.ts';

/** What a connection to a server is about to say: frames or lines gathered through a turn, written at its end. */
export type Output = {
	/** Adds the frame `B SLOT LEN\n` and the bytes. Long ones are not copied: they must stay as they are. */
	put(slot: number, bytes: Buffer, start: number, end: number): void;
	/** Adds a tag, `#SLOT.`, and then the bytes, which begin with an ID. */
	putTagged(slot: number, bytes: Buffer, start: number, end: number): void;
	/** Adds an ID of our own, and then the bytes, which begin with a blank or are to get one. */
	putUnder(id: string, bytes: Buffer, start: number, end: number): void;
	/** Adds the bytes. */
	putCopy(bytes: Buffer): void;
	/** The same, but long ones are not copied: they must stay as they are. */
	putBare(bytes: Buffer, start: number, end: number): void;
	/** Writes what was gathered, unless the last write is not through yet: then `onRoom` tells when it is. */
	flush(): void;
};

const usualBytes = 128 * 1024;
const headerBytes = 80;
/** From here on a piece of its own in the write costs less than a copy. */
const longBytes = 8 * 1024;
/** Below this a loop is faster than a call. */
const copyBytes = 96;

/**
 * Two buffers take turns: one is filled while the other is on its way. So a server that does not read costs the frames
 * that wait for it, and nothing on top.
 */
export function createOutput(connection: Connection, onRoom: () => void): Output {
	let buffer: Buffer = Buffer.allocUnsafeSlow(usualBytes);
	let spare: Buffer | null = null;
	let used = 0;
	/** What is to be written before the bytes of `buffer` from `start` on. */
	let pieces: Buffer[] = [];
	/** Whose bytes some of these are. */
	let held: Buffer[] = [];
	let start = 0;
	let onItsWay: Buffer | null = null;

	const written = () => {
		if (onItsWay === null || connection.writableLength > 0) return;
		spare = onItsWay.length === usualBytes ? onItsWay : null;
		onItsWay = null;
		onRoom();
	};

	const grow = (bytes: number) => {
		const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, bytes));
		buffer.copy(larger, 0, start, used);
		buffer = larger;
		used -= start;
		start = 0;
	};

	const makeRoom = (length: number) => {
		const needed = used + headerBytes + (length < longBytes ? length : 0);
		if (needed > buffer.length) grow(needed);
	};

	/** The bytes follow what is in the buffer before `at`. */
	const add = (at: number, bytes: Buffer, from: number, end: number) => {
		const length = end - from;
		if (length >= longBytes) {
			pieces.push(buffer.subarray(start, at), bytes.subarray(from, end));
			hold(bytes);
			held.push(bytes);
			start = at;
			used = at;
			return;
		}
		if (length > copyBytes) bytes.copy(buffer, at, from, end);
		else for (let i = from, to = at; i < end; i++, to++) buffer[to] = bytes[i]!;
		used = at + length;
	};

	const writePieces = (last: Buffer) => {
		const sources = held;
		connection.cork();
		for (const piece of pieces) connection.write(piece);
		connection.write(last, () => {
			for (const bytes of sources) release(bytes);
			written();
		});
		connection.uncork();
		pieces = [];
		held = [];
	};

	return {
		put: (slot, bytes, start, end) => {
			const length = end - start;
			makeRoom(length);
			buffer[used] = 66;
			buffer[used + 1] = 32;
			let at = putNumber(buffer, used + 2, slot);
			buffer[at++] = 32;
			at = putNumber(buffer, at, length);
			buffer[at++] = 10;
			add(at, bytes, start, end);
		},
		putTagged: (slot, bytes, start, end) => {
			makeRoom(end - start);
			buffer[used] = 35;
			let at = putNumber(buffer, used + 1, slot);
			buffer[at++] = 46;
			add(at, bytes, start, end);
		},
		putUnder: (id, bytes, start, end) => {
			makeRoom(end - start);
			const at = used + buffer.write(bytes[start] === 32 ? id : `${id} `, used, 'latin1');
			add(at, bytes, start, end);
		},
		putCopy: bytes => {
			if (used + bytes.length > buffer.length) grow(used - start + bytes.length);
			bytes.copy(buffer, used);
			used += bytes.length;
		},
		putBare: (bytes, start, end) => {
			makeRoom(end - start);
			add(used, bytes, start, end);
		},
		flush: () => {
			if (used === 0 || onItsWay !== null) return;
			const last = buffer.subarray(start, used);
			used = 0;
			start = 0;
			if (pieces.length === 0) connection.write(last, written);
			else writePieces(last);
			if (connection.writableLength === 0 && buffer.length === usualBytes) return;
			if (connection.writableLength > 0) onItsWay = buffer;
			buffer = spare ?? Buffer.allocUnsafeSlow(usualBytes);
			spare = null;
		},
	};
}

/** Writes a whole number in decimal; gives the place after it. */
function putNumber(buffer: Buffer, at: number, number: number): number {
	let end = at + 1;
	for (let rest = number; rest >= 10; rest = (rest / 10) | 0) end++;
	let rest = number;
	for (let place = end - 1; place >= at; place--) {
		const tenth = (rest / 10) | 0;
		buffer[place] = 48 + rest - tenth * 10;
		rest = tenth;
	}
	return end;
}
