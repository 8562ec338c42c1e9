/** The trunk's frames: `B SLOT LEN\n` and LEN bytes of one client's whole lines; SLOT and LEN decimal. */

/** The most bytes of lines in one frame. */
export const maxFrameBytes = 1024 * 1024;

/** Filled by {@link readFrameHeader}: whose lines, and how many bytes of them follow. */
export type FrameHeader = {slot: number; length: number};

/** More bytes are needed to tell. */
export const incomplete = -1;

/** It is no frame, whatever follows, or one that is too large. */
export const malformed = -2;

const newline = 10;
const blank = 32;
const zero = 48;
/** Leading zeros are no part of the number, and still have an end. */
const longestNumber = 9;
const longestPadded = 20;

/** Reads the header at `at` into `header`; gives where its lines begin, or {@link incomplete} or {@link malformed}. */
export function readFrameHeader(data: Buffer, at: number, header: FrameHeader): number {
	const end = data.length;
	if (at < end && data[at] !== 66) return malformed;
	if (at + 1 < end && data[at + 1] !== blank) return malformed;
	const slotEnd = digitsEnd(data, at + 2);
	if (slotEnd < 0) return slotEnd;
	if (data[slotEnd] !== blank) return malformed;
	const lengthEnd = digitsEnd(data, slotEnd + 1);
	if (lengthEnd < 0) return lengthEnd;
	header.slot = numberIn(data, at + 2, slotEnd);
	header.length = numberIn(data, slotEnd + 1, lengthEnd);
	return data[lengthEnd] === newline && header.length <= maxFrameBytes ? lengthEnd + 1 : malformed;
}

/** The header of the frame that answers. */
export function formatFrameHeader(slot: number, length: number): string {
	return `B ${slot} ${length}\n`;
}

/** Where 1 to 9 digits that begin at `start`, with zeros before them, end. */
function digitsEnd(data: Buffer, start: number): number {
	let from = start;
	while (from < data.length && data[from] === zero) from++;
	let at = from;
	while (at < data.length && data[at]! >= zero && data[at]! <= 57) at++;
	if (at - from > longestNumber || at - start > longestPadded) return malformed;
	if (at >= data.length) return incomplete;
	return at === start ? malformed : at;
}

function numberIn(data: Buffer, start: number, end: number): number {
	let number = 0;
	for (let at = start; at < end; at++) number = number * 10 + data[at]! - zero;
	return number;
}
