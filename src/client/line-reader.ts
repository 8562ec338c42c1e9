/** Cuts what a socket reads into lines, one character a byte (latin1): most are only compared, few are ever decoded. */

export type LineReader = {
	/** Takes the first `length` bytes of `chunk`, which may be overwritten afterwards. False: a line was too long. */
	read(chunk: Buffer, length: number): boolean;
	/** The connection has ended: what is left is a line too. */
	end(): void;
};

/** `onLine` gets each line without its end (`\n` or `\r\n`); `isOver` is asked between two lines. */
export type LineReaderSettings = {maxBytes: number; onLine(bytes: string): void; isOver(): boolean};

export function createLineReader({maxBytes, onLine, isOver}: LineReaderSettings): LineReader {
	let held = '';
	return {
		read: (chunk, length) => {
			const text = chunk.toString('latin1', 0, length);
			let start = 0;
			for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
				if (held.length + end - start > maxBytes + 1) return false;
				const line = held + text.slice(start, end);
				held = '';
				start = end + 1;
				onLine(withoutReturn(line));
				if (isOver()) return true;
			}
			held += text.slice(start);
			return held.length <= maxBytes + 1;
		},
		end: () => {
			const line = held;
			held = '';
			if (line !== '') onLine(withoutReturn(line));
		},
	};
}

function withoutReturn(line: string): string {
	return line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;
}
