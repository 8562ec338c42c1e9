/** The file under the log manager: whole lines onto its end, the same name through renames, its size bounded by rotation. */

import {closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, statSync, writeSync} from 'node:fs';
import {errorWords} from '../domain/system-error.ts';
import {rotate} from './log-rotation.ts';

type LogFile = {
	/** Appends `text` (whole lines). After an error `rest` is what is not in the file yet, from a line's beginning. */
	append(text: string): Appended;
	/** Looks whether the name still leads to the open file; opens (creates) the file of that name when not. */
	follow(): void;
	/** Why the file could not be rotated when it should have been; empty when all is well. */
	rotationError(): string;
	close(): void;
};

/** What came of an append: lines and bytes that are in the file; `error` is a code such as ENOSPC. */
type Appended = {bytes: number; error?: undefined} | {bytes: number; lines: number; rest: string; error: string};

type Settings = {file: string; maxSizeBytes: number; keep: number};

/** Ends the beginning of a line so that it cannot be taken for a shorter one. */
const tornEnd = ' torn\n';

/** Opens or creates the file. Throws an Error with a `code` and a message in one line when it cannot be written. */
export function openLogFile({file, maxSizeBytes, keep}: Settings): LogFile {
	let fd = openFirst(file);
	const buffer = Buffer.allocUnsafeSlow(1024 * 1024);
	let isTorn = false;
	let rotationError = '';
	const sizeCheckBytes = Math.max(4096, maxSizeBytes / 32);
	let uncheckedBytes = sizeCheckBytes;

	const append = (text: string): Appended => {
		const data = encode(text);
		let written = 0;
		try {
			fd ??= openToAppend(file);
			if (isTorn) writeSync(fd, tornEnd);
			isTorn = false;
			while (written < data.length) written += writeSync(fd, data, written);
		} catch (error) {
			const whole = written === 0 ? 0 : data.lastIndexOf(10, written - 1) + 1;
			if (fd !== undefined && written > whole) isTorn = !takeBack(fd, file, data.subarray(whole, written));
			return {...wholeLines(data, whole), rest: data.toString('utf8', whole), error: codeOf(error)};
		}
		uncheckedBytes += written;
		if (uncheckedBytes >= sizeCheckBytes) checkSize();
		return {bytes: written};
	};

	/** Into one buffer used again and again, unless it might not fit: a new one a turn costs a third more. */
	const encode = (text: string) =>
		text.length * 3 > buffer.length ? Buffer.from(text) : buffer.subarray(0, buffer.write(text));

	const checkSize = () => {
		uncheckedBytes = 0;
		try {
			const status = fstatSync(fd!);
			if (!status.isFile() || status.size <= maxSizeBytes) return;
			rotate({file, inode: status.ino, keep, maxSizeBytes});
			rotationError = '';
			follow();
		} catch (error) {
			rotationError = `${codeOf(error)} in rotation`;
		}
	};

	const follow = () => {
		try {
			if (fd !== undefined && isSame(fd, file)) return;
			const next = openToAppend(file);
			close();
			fd = next;
			isTorn = false;
			uncheckedBytes = sizeCheckBytes;
		} catch {
			// Without a file under that name the next append fails, keeps its lines and reports why.
			close();
		}
	};

	const close = () => {
		const closing = fd;
		fd = undefined;
		try {
			if (closing !== undefined) closeSync(closing);
		} catch {
			// Every write was answered for by itself; a late complaint at closing has no line to be counted against.
		}
	};

	return {append, follow, rotationError: () => rotationError, close};
}

function openFirst(file: string): number | undefined {
	try {
		return openToAppend(file);
	} catch (error) {
		const code = codeOf(error);
		const known = reasons[code];
		const message =
			known === undefined
				? `log ${file}: cannot be written: ${errorWords(error)}; name another with --log FILE`
				: `log ${file}: cannot be written (${code}: ${known}); name another with --log FILE`;
		throw Object.assign(new Error(message), {code});
	}
}

const reasons: Record<string, string> = {
	EISDIR: 'it is a folder',
	ENOENT: 'its folder does not exist',
	ENOTDIR: 'its folder is a file',
	EACCES: 'no permission',
	EPERM: 'no permission',
	EROFS: 'the disk is read-only',
	ENOSPC: 'the disk is full',
	ENXIO: 'it is a pipe that nobody reads',
};

/** O_NONBLOCK: a named pipe in the file's place must not hang the program. */
function openToAppend(file: string): number {
	const {O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY} = constants;
	return openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o644);
}

function isSame(fd: number, file: string): boolean {
	const named = statSync(file, {throwIfNoEntry: false});
	const open = fstatSync(fd);
	return named !== undefined && named.ino === open.ino && named.dev === open.dev;
}

function wholeLines(data: Buffer, bytes: number): {bytes: number; lines: number} {
	let lines = 0;
	for (let at = data.indexOf(10); at >= 0 && at < bytes; at = data.indexOf(10, at + 1)) lines++;
	return {bytes, lines};
}

/**
 * Cuts the beginning of a line, left by a full disk, off the file's end again, if it still is the end. Others append
 * too, but hardly in this moment: the disk is full for them as well. False when it could not be done.
 */
function takeBack(fd: number, file: string, torn: Buffer): boolean {
	let reader: number | undefined;
	try {
		reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
		const {size, ino} = fstatSync(fd);
		const end = Buffer.alloc(torn.length);
		readSync(reader, end, 0, end.length, size - end.length);
		if (fstatSync(reader).ino !== ino || !end.equals(torn)) return false;
		ftruncateSync(fd, size - torn.length);
		return true;
	} catch {
		// Then the next write ends the torn line first, so that those after it are whole.
		return false;
	} finally {
		if (reader !== undefined) closeSync(reader);
	}
}

function codeOf(error: unknown): string {
	return (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
}
