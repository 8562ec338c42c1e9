/** IDs of lines, read from their bytes: the rule is that of `parseRequest`. */

const hash = 35;
const space = 32;
const lineFeed = 10;
const carriageReturn = 13;
const longest = 64;

const isIdByte = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-')
	isIdByte[character.charCodeAt(0)] = 1;

/** How many bytes the ID of the line at `start` has, its `#` not counted; 0 when the line bears none. */
export function idLength(bytes: Buffer, start: number, end: number): number {
	if (bytes[start] !== hash) return 0;
	let at = start + 1;
	while (at < end && isIdByte[bytes[at]!] === 1) at++;
	const length = at - start - 1;
	if (length === 0 || length > longest) return 0;
	return at >= end || bytes[at] === space || isLineEnd(bytes, at) ? length : 0;
}

/** The ID of the line at `start`, or undefined when it bears none. */
export function idOf(bytes: Buffer, start: number, end: number): string | undefined {
	const length = idLength(bytes, start, end);
	return length > 0 ? bytes.toString('latin1', start + 1, start + 1 + length) : undefined;
}

/** True when the line from `start` to `end` (its end included) is a `PING`, under an ID or without. */
export function isPing(bytes: Buffer, start: number, end: number): boolean {
	const textEnd = bytes[end - 2] === carriageReturn ? end - 2 : end - 1;
	// 71 is a G: most lines are told apart by their last byte.
	if (bytes[textEnd - 1] !== 71) return false;
	const length = idLength(bytes, start, end);
	const at = length === 0 ? start : start + length + 2;
	return textEnd - at === 4 && bytes.toString('latin1', at, textEnd) === 'PING';
}

function isLineEnd(bytes: Buffer, at: number): boolean {
	return bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed);
}
