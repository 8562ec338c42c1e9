/** Where in a log, and in the files it was rotated into, a run begins. */

import {closeSync, constants, openSync, readSync, statSync} from 'node:fs';
import {parseLogLine} from '../log/log-line.ts';
import {rotatedName} from '../log/log-rotation.ts';
import {isRunStart} from './log-audit.ts';

/** A file that is open to be read, and the byte at which a line begins. */
export type RunPlace = {fd: number; from: number};

/** Rotated files that are looked into. */
const mostRotated = 1000;

/** Other programs may write a little between the moment a lab looks at its log's size and its first line. */
const searchedBytes = 64 * 1024;

/**
 * Finds the `Lab` line with which the lab `pid` began its run; the file was `from` bytes long just before. It may have
 * been rotated since. Undefined: it is not there (yet, or any more).
 */
export function findRun({file, pid, from}: {file: string; pid: number; from: number}): RunPlace | undefined {
	for (let number = 0; number <= mostRotated; number++) {
		const name = number === 0 ? file : rotatedName(file, number);
		if (number > 0 && !statSync(name, {throwIfNoEntry: false})) return undefined;
		const fd = openToRead(name);
		if (fd === undefined) continue;
		const at = startIn(fd, pid, from);
		if (at !== undefined) return {fd, from: at};
		closeSync(fd);
	}
	return undefined;
}

/** Opens a file for reading, or gives undefined where there is none to read. O_NONBLOCK: a named pipe must not hang us. */
export function openToRead(name: string): number | undefined {
	try {
		return openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
	} catch {
		// Missing or not ours to read: whoever looks tries again in a moment.
		return undefined;
	}
}

function startIn(fd: number, pid: number, from: number): number | undefined {
	const data = Buffer.alloc(searchedBytes);
	try {
		const bytes = readSync(fd, data, 0, data.length, from);
		for (
			let start = 0, end = data.indexOf(10);
			end >= 0 && end < bytes;
			start = end + 1, end = data.indexOf(10, start)
		) {
			const line = parseLogLine(data.toString('utf8', start, end));
			if (line && isRunStart(line) && line.values?.pid === String(pid)) return from + start;
		}
	} catch {
		// A folder, or a disk that cannot be read: the run is not found there.
	}
	return undefined;
}
