/** Lines within bytes: how many there are and where they end. */

import {loadNewlineProgram, type NewlineProgram, pageBytes} from './newline-program.ts';

/** The byte that ends a line. */
export const newline = 10;
const hash = 35;

/** The lines of `bytes` from `start` to `end`, counted. Valid until the next call. */
type CountedLines = {
	total: number;
	/** The place after the `lines`th line; `lines` is 1 to `total`. */
	endOf(lines: number): number;
	/** How many begin with a `#`. */
	tagged(): number;
};

type CountLines = (bytes: Uint8Array, start: number, end: number) => CountedLines;

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

/** Looks at 16 bytes at a time, in the program's own memory. What it gives is always the same object. */
export function countWith({memory, count, endOf, tags}: NewlineProgram): CountLines {
	let room = new Uint8Array(memory.buffer);
	let first = 0;
	let padded = 0;
	let isFirstTagged = false;
	const counted = {
		total: 0,
		endOf: (lines: number) => first + endOf(0, lines),
		tagged: () => tags(0, padded) + (isFirstTagged ? 1 : 0),
	};
	return (bytes, start, end) => {
		const length = end - start;
		first = start;
		padded = (length + 15) & ~15;
		if (padded >= room.length) {
			memory.grow(Math.ceil((padded + 1 - room.length) / pageBytes));
			room = new Uint8Array(memory.buffer);
		}
		room.set(length === bytes.length ? bytes : bytes.subarray(start, end));
		for (let at = length; at <= padded; at++) room[at] = 0;
		isFirstTagged = length > 0 && bytes[start] === hash;
		counted.total = count(0, padded);
		return counted;
	};
}

let fastest: CountLines | undefined;

/** Counts lines, by the fastest way there is: looked for when it is first needed, for a program takes memory. */
export const countLines: CountLines = (bytes, start, end) => {
	fastest ??= chooseFastest();
	return fastest(bytes, start, end);
};

function chooseFastest(): CountLines {
	const program = loadNewlineProgram();
	return program ? countWith(program) : countBytewise;
}
