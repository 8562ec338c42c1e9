/** Cuts what a socket reads into lines, one character a byte (latin1): most are only compared, few are ever decoded. */

type LineReader = {
	/** Takes the first `length` bytes of `chunk`, which may be overwritten afterwards. False: a line was too long. */
	read(chunk: Buffer, length: number): boolean;
	/** The connection has ended: what is left is a line too. */
	end(): void;
};

/** `onLine` gets each line without its end (`\n` or `\r\n`); `isOver` is asked between two lines. */
type LineReaderSettings = {maxBytes: number; onLine(bytes: string): void; isOver(): boolean};

export function createLineReader({maxBytes, onLine, isOver}: LineReaderSettings): LineReader {
	let held = '';
	return {
		read: (chunk, length) => {
			const text = chunk.toString('latin1', 0, length);
			let start = 0;
			for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
				const line = withoutReturn(held + text.slice(start, end));
				if (line.length > maxBytes) return false;
				held = '';
				start = end + 1;
				onLine(line);
				if (isOver()) return true;
			}
			held += text.slice(start);
			// One more for a carriage return, which is no part of the line.
			return held.length <= maxBytes + 1;
		},
		end: () => {
			const line = withoutReturn(held);
			const isGood = held !== '' && line.length <= maxBytes;
			held = '';
			// One that is too long is not told here any more: the connection is over anyway.
			if (isGood) onLine(line);
		},
	};
}

function withoutReturn(line: string): string {
	return line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;
}
