/** Lines within bytes: how many there are and where they end. */

import {loadNewlineProgram, type NewlineProgram, pageBytes} from './newline-program.ts';

export const newline = 10;
const hash = 35;

/** The lines of `bytes` from `start` to `end`, counted. Valid until the next call. */
export type CountedLines = {
	total: number;
	/** The place after the `lines`th line; `lines` is 1 to `total`. */
	endOf(lines: number): number;
	/** How many begin with a `#`. */
	tagged(): number;
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
	const tagged = () => {
		let tags = 0;
		for (let at = start; at < end; at++) if (bytes[at] === hash && (at === start || bytes[at - 1] === newline)) tags++;
		return tags;
	};
	return {total, endOf, tagged};
};

/** Looks at 16 bytes at a time, in the program's own memory. */
export function countWith({memory, count, endOf, tags}: NewlineProgram): CountLines {
	let room = new Uint8Array(memory.buffer);
	return (bytes, start, end) => {
		const length = end - start;
		const padded = (length + 15) & ~15;
		if (padded >= room.length) {
			memory.grow(Math.ceil((padded + 1 - room.length) / pageBytes));
			room = new Uint8Array(memory.buffer);
		}
		room.set(length === bytes.length ? bytes : bytes.subarray(start, end));
		room.fill(0, length, padded + 1);
		return {
			total: count(0, padded),
			endOf: lines => start + endOf(0, lines),
			tagged: () => tags(0, padded) + (bytes[start] === hash && length > 0 ? 1 : 0),
		};
	};
}

const program = loadNewlineProgram();

/** Counts lines, by the fastest way there is. */
export const countLines: CountLines = program ? countWith(program) : countBytewise;
