/** A file that others append lines to, read from where the last reading ended. */

import {closeSync, constants, fstatSync, openSync, readSync, statSync} from 'node:fs';
import {escapeText} from '../domain/escape.ts';

/** Whole lines and the bytes they take in the file; bytes passed over because there were too many. */
export type Lines = {lines: string[]; bytes: number; skippedBytes: number};

export type GrowingFile = {
	/** Lines that became whole since the last call, of at most `bound` new bytes: the last ones when there are more. */
	read(bound: number): Lines;
	/** Whether `path` still leads to this file. */
	isNamed(path: string): boolean;
	/** Closes the file; gives the last line, which nobody ended. May be called twice. */
	finish(): Lines;
};

const newline = 10;
const none: Lines = {lines: [], bytes: 0, skippedBytes: 0};

/** Opens a file to be read from its beginning, or from `fromEndBytes` before its end. Undefined: there is none to read. */
export function openGrowingFile(path: string, fromEndBytes?: number): GrowingFile | undefined {
	let fd: number | undefined;
	try {
		// O_NONBLOCK: a named pipe of that name must not hang us.
		fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const status = fstatSync(fd);
		if (status.isFile()) return read(fd, fromEndBytes === undefined ? 0 : Math.max(0, status.size - fromEndBytes));
		closeSync(fd);
	} catch {
		// Missing or not ours to read: the follower looks again in a moment, and its writers tell what is wrong with it.
		if (fd !== undefined) closeSync(fd);
	}
	return undefined;
}

function read(opened: number, from: number): GrowingFile {
	let fd: number | undefined = opened;
	/** From somewhere in the middle on: the rest of that line is passed over, of a line that begins there only its forerunner's end. */
	let isWithinLine = from > 0;
	let isCounting = !isWithinLine;
	let offset = isWithinLine ? from - 1 : 0;
	let unfinished = Buffer.alloc(0);

	const readNew = (bound: number): Lines => {
		if (fd === undefined) return none;
		const {size} = fstatSync(fd);
		if (size < offset) {
			offset = 0;
			unfinished = Buffer.alloc(0);
			isWithinLine = false;
		}
		let skippedBytes = 0;
		if (size - offset + unfinished.length > bound) {
			skippedBytes = size - bound - offset + unfinished.length;
			offset = size - bound;
			unfinished = Buffer.alloc(0);
			isWithinLine = true;
		}
		const data = readUpTo(fd, offset, size);
		offset += data.length;
		return split(Buffer.concat([unfinished, data]), skippedBytes);
	};

	const split = (data: Buffer, skipped: number): Lines => {
		const start = isWithinLine ? data.indexOf(newline) + 1 : 0;
		const end = data.lastIndexOf(newline) + 1;
		const skippedBytes = skipped + (isCounting ? start : 0);
		unfinished = Buffer.from(data.subarray(end));
		if (end > 0) {
			isWithinLine = false;
			isCounting = true;
		}
		return start < end ? {...linesOf(data.subarray(start, end)), skippedBytes} : {...none, skippedBytes};
	};

	return {
		read: bound => {
			try {
				return readNew(bound);
			} catch {
				// An unreadable disk shows as no new lines; the next look tries again.
				return none;
			}
		},
		isNamed: path => {
			if (fd === undefined) return false;
			try {
				const named = statSync(path, {throwIfNoEntry: false});
				const open = fstatSync(fd);
				return named !== undefined && named.ino === open.ino && named.dev === open.dev;
			} catch {
				// A path that cannot be looked at leads to nothing better either: stay with the open file.
				return true;
			}
		},
		finish: () => {
			if (fd !== undefined) closeSync(fd);
			fd = undefined;
			const last = isWithinLine ? Buffer.alloc(0) : unfinished;
			unfinished = Buffer.alloc(0);
			return last.length > 0 ? linesOf(last) : none;
		},
	};
}

function readUpTo(fd: number, from: number, to: number): Buffer {
	const data = Buffer.allocUnsafe(to - from);
	let length = 0;
	while (length < data.length) {
		const bytes = readSync(fd, data, length, data.length - length, from + length);
		if (bytes === 0) break;
		length += bytes;
	}
	return data.subarray(0, length);
}

function linesOf(data: Buffer): Lines {
	const text = data.toString('utf8');
	const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map(escapeText);
	return {lines, bytes: data.length, skippedBytes: 0};
}
