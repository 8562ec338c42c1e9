/**
 * Requests read straight from a socket's bytes, without decoding texts that nobody here needs. The same law as
 * domain/message's parseRequest: a line whose ID is malformed is all text and bears none.
 */

const hash = 35;
const blank = 32;
const carriageReturn = 13;
const longestId = 64;

const isIdByte = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-')
	isIdByte[character.charCodeAt(0)] = 1;

/** The end of a line's content: one `\r` before the `\n` at `newline` is dropped. */
export function contentEnd(data: Buffer, start: number, newline: number): number {
	return newline > start && data[newline - 1] === carriageReturn ? newline - 1 : newline;
}

/** The ID of the line in [start, end), or '' when it bears none. */
export function idIn(data: Buffer, start: number, end: number): string {
	if (start === end || data[start] !== hash) return '';
	let at = start + 1;
	while (at < end && isIdByte[data[at]!] === 1) at++;
	const length = at - start - 1;
	const isId = length > 0 && length <= longestId && (at === end || data[at] === blank);
	return isId ? data.toString('latin1', start + 1, at) : '';
}

/** Whether the text in [start, end) is `PING`. */
export function isPing(data: Buffer, start: number, end: number): boolean {
	return (
		end - start === 4 &&
		data[start] === 80 &&
		data[start + 1] === 73 &&
		data[start + 2] === 78 &&
		data[start + 3] === 71
	);
}
