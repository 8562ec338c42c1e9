/**
 * What a server has executed, written by itself and apart from log.txt, so that the log can be checked against it: one
 * line `PID ID` each, in the file before the log knows of it.
 */

import {closeSync, openSync, writeSync} from 'node:fs';

export type ExecutionRecord = {
	/** Writes it down at once: the log's next write may be any moment. */
	add(id: string): void;
	close(): void;
};

/** Throws what the file system throws, when opening or writing: a record with gaps would be worse than none. */
export function openExecutionRecord(file: string): ExecutionRecord {
	const fd = openSync(file, 'a');
	return {
		add: id => {
			writeSync(fd, `${process.pid} ${id}\n`);
		},
		close: () => closeSync(fd),
	};
}
