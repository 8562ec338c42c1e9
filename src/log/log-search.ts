/** Finds what log.txt says of one message: the second reader of the file, which only looks back. */

import {closeSync, constants, fstatSync, openSync, readSync} from 'node:fs';
import {escapeText} from '../domain/escape.ts';
import {type LogLine, parseLogLine} from './log-line.ts';

/** So far back is looked, and so many lines are given: the last ones. */
export const searchedBytes = 16 * 1024 * 1024;
const most = 20;

/** The lines with this label and this message ID in the file's last {@link searchedBytes}, oldest first. Throws when it cannot be read. */
export function findLines(file: string, {label, id}: {label: LogLine['label']; id: string}): LogLine[] {
	const text = readEnd(file);
	const sought = ` id=${id}`;
	const found: LogLine[] = [];
	for (let at = text.lastIndexOf(sought); at >= 0 && found.length < most; ) {
		const start = text.lastIndexOf('\n', at) + 1;
		const end = text.indexOf('\n', at);
		const line = end < 0 ? undefined : parseLogLine(escapeText(text.subarray(start, end).toString('utf8')));
		if (line?.label === label && line.values?.id === id) found.unshift(line);
		if (start === 0) break;
		at = text.lastIndexOf(sought, start - 1);
	}
	return found;
}

function readEnd(file: string): Buffer {
	// O_NONBLOCK: a named pipe of that name must not hang us.
	const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const {size} = fstatSync(fd);
		const bytes = Buffer.allocUnsafe(Math.min(size, searchedBytes));
		let read = 0;
		while (read < bytes.length) {
			const more = readSync(fd, bytes, read, bytes.length - read, size - bytes.length + read);
			if (more === 0) break;
			read += more;
		}
		return bytes.subarray(0, read);
	} finally {
		closeSync(fd);
	}
}
