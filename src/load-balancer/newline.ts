/** Lines within bytes: how many there are and where they end. */

import {loadNewlineProgram, type NewlineProgram, pageBytes} from './newline-program.ts';

export const newline = 10;

/** The lines of `bytes` from `start` to `end`, counted. Valid until the next call. */
export type CountedLines = {
	total: number;
	/** The place after the `lines`th line; `lines` is 1 to `total`. */
	endOf(lines: number): number;
};

export type CountLines = (bytes: Uint8Array, start: number, end: number) => CountedLines;

/** Looks at each byte. */
export const countBytewise: CountLines = (bytes, start, end) => {
	let total = 0;
	for (let at = start; at < end; at++) if (bytes[at] === newline) total++;
	const endOf = (lines: number) => {
		let at = start;
		for (let left = lines; left > 0; at++) if (bytes[at] === newline) left--;
		return at;
	};
	return {total, endOf};
};

/** Looks at 16 bytes at a time, in the program's own memory. */
export function countWith({memory, count, endOf}: NewlineProgram): CountLines {
	let room = new Uint8Array(memory.buffer);
	return (bytes, start, end) => {
		const length = end - start;
		const padded = (length + 15) & ~15;
		if (padded > room.length) {
			memory.grow(Math.ceil((padded - room.length) / pageBytes));
			room = new Uint8Array(memory.buffer);
		}
		room.set(bytes.subarray(start, end));
		room.fill(0, length, padded);
		return {total: count(0, padded), endOf: lines => start + endOf(0, lines)};
	};
}

const program = loadNewlineProgram();

/** Counts lines, by the fastest way there is. */
export const countLines: CountLines = program ? countWith(program) : countBytewise;
