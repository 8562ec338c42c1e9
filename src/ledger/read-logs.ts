/** Logs that lie still, read once from end to end, oldest first. */

import {closeSync, fstatSync, openSync} from 'node:fs';
import {setImmediate as breath} from 'node:timers/promises';
import {errorWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import type {LineReader} from './log-audit.ts';
import {readWholeLines} from './whole-lines.ts';

/** A log that is open to be read. */
type OpenLog = {file: string; fd: number; bytes: number};

const pieceBytes = 4 * 1024 * 1024;

/**
 * Opens logs, in the order they were written: of `log.2.txt log.1.txt log.txt` as rotation names them, others as they
 * are given. One that is named twice, under whatever names, is opened once. Throws an Error in one line, naming the file,
 * when one cannot be read.
 */
export function openLogs(files: string[]): OpenLog[] {
	const opened: OpenLog[] = [];
	const known = new Set<string>();
	for (const file of oldestFirst(files)) {
		try {
			const fd = openSync(file, 'r');
			opened.push({file, fd, bytes: 0});
			const status = fstatSync(fd);
			if (!status.isFile()) throw new Error(phrase('it is no file'));
			opened.at(-1)!.bytes = status.size;
			const place = `${status.dev}:${status.ino}`;
			if (known.has(place)) closeLogs(opened.splice(-1));
			known.add(place);
		} catch (error) {
			closeLogs(opened);
			const why = errorWords(error);
			throw new Error(phrase('log {file}: cannot be read: {why}; name the log that a run has written', {file, why}));
		}
	}
	return opened;
}

/** Closes what {@link openLogs} has opened; once. */
export function closeLogs(logs: OpenLog[]): void {
	for (const {fd} of logs) closeSync(fd);
}

/** Brings all lines of the logs to a reader. `onProgress` hears how many bytes were read, now and then. */
export async function readLogs(
	logs: OpenLog[],
	reader: LineReader,
	onProgress: (bytes: number) => void = () => {},
): Promise<void> {
	const buffer = Buffer.allocUnsafeSlow(pieceBytes);
	let before = 0;
	for (const {file, fd, bytes} of logs) {
		reader.beginFile(file);
		const lines = readWholeLines(fd, {buffer});
		while (!lines.read(bytes, reader.read)) {
			onProgress(before + lines.offset);
			await breath();
		}
		if (lines.tailBytes > 0) reader.readTail();
		before += bytes;
		onProgress(before);
	}
}

function oldestFirst(files: string[]): string[] {
	return [...files].sort((a, b) => rotationOf(b) - rotationOf(a));
}

/** 2 for `log.2.txt`, 0 for the file that still grows. */
function rotationOf(file: string): number {
	return Number(/\.(\d+)(?:\.[^./\\]*)?$/.exec(file)?.[1] ?? 0);
}
