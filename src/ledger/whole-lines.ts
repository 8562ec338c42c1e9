/** An open log file, read in large pieces that end where a line ends. */

import {closeSync, fstatSync, readSync} from 'node:fs';

export type WholeLines = {
	/** Reads on, at most to the byte `upTo` of the file, and hands over whole lines. Gives whether it got there. */
	read(upTo: number, onLines: (data: Buffer, start: number, end: number) => void): boolean;
	/** The file's size now. */
	size(): number;
	/** Bytes read so far, and those of them that no newline has ended yet. */
	readonly offset: number;
	readonly tailBytes: number;
	readonly fd: number;
	/** The file has become shorter than what was read of it: begins anew, as its writers do. */
	restart(): void;
	close(): void;
};

/**
 * `from`: the byte to begin at, a line's first. One call of `read` fills `buffer` at most; no line of ours is that long. It is
 * the reader's until `close`.
 */
export function readWholeLines(fd: number, {from = 0, buffer}: {from?: number; buffer: Buffer}): WholeLines {
	let offset = from;
	let kept = 0;

	return {
		fd,
		get offset() {
			return offset;
		},
		get tailBytes() {
			return kept;
		},
		size: () => fstatSync(fd).size,
		read: (upTo, onLines) => {
			const wanted = Math.min(buffer.length - kept, upTo - offset);
			const bytes = wanted > 0 ? readSync(fd, buffer, kept, wanted, offset) : 0;
			offset += bytes;
			const length = kept + bytes;
			const end = bytes > 0 ? buffer.lastIndexOf(newline, length - 1) + 1 : 0;
			if (end > 0) {
				onLines(buffer, 0, end);
				buffer.copyWithin(0, end, length);
				kept = length - end;
			} else if (length === buffer.length) {
				// One line fills all there is: it is none of ours. It is ended here, and so will be counted as unreadable.
				buffer[length - 1] = newline;
				onLines(buffer, 0, length);
				kept = 0;
			} else kept = length;
			return bytes === 0 || offset >= upTo;
		},
		restart: () => {
			offset = 0;
			kept = 0;
		},
		close: () => closeSync(fd),
	};
}

const newline = 10;
