import type {Connection} from './transport.ts';

/** What a connection to a server is about to say: frames or lines gathered through a turn, written at its end. */
export type Output = {
	/** Adds the frame `B SLOT LEN\n` and the bytes, which are copied. */
	put(slot: number, bytes: Buffer, start: number, end: number): void;
	/** Adds a line under an ID of our own, `#SLOT`, and then the bytes, which begin with a blank or are to get one. */
	putTagged(slot: number, bytes: Buffer, start: number, end: number): void;
	/** Adds the bytes. */
	putBare(bytes: Buffer, start: number, end: number): void;
	/** Writes what was gathered, unless the last write is not through yet: then `onRoom` tells when it is. */
	flush(): void;
};

const usualBytes = 128 * 1024;
const headerBytes = 40;
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
	let onItsWay: Buffer | null = null;

	const written = () => {
		if (onItsWay === null || connection.writableLength > 0) return;
		spare = onItsWay.length === usualBytes ? onItsWay : null;
		onItsWay = null;
		onRoom();
	};

	const grow = (bytes: number) => {
		const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, bytes));
		buffer.copy(larger, 0, 0, used);
		buffer = larger;
	};

	const makeRoom = (length: number) => {
		if (used + length + headerBytes > buffer.length) grow(used + length + headerBytes);
	};

	const copyIn = (at: number, bytes: Buffer, start: number, end: number) => {
		if (end - start > copyBytes) bytes.copy(buffer, at, start, end);
		else for (let i = start, to = at; i < end; i++, to++) buffer[to] = bytes[i]!;
		used = at + end - start;
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
			copyIn(at, bytes, start, end);
		},
		putTagged: (slot, bytes, start, end) => {
			makeRoom(end - start);
			buffer[used] = 35;
			let at = putNumber(buffer, used + 1, slot);
			if (bytes[start] !== 32) buffer[at++] = 32;
			copyIn(at, bytes, start, end);
		},
		putBare: (bytes, start, end) => {
			makeRoom(end - start);
			copyIn(used, bytes, start, end);
		},
		flush: () => {
			if (used === 0 || onItsWay !== null) return;
			const bytes = buffer.subarray(0, used);
			used = 0;
			connection.write(bytes, written);
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
