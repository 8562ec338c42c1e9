import {cellsOf, graphemesOf, isNarrow} from '../text/cells.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
const colours = /(\x1b\[[0-9;:]*m)/;

/**
 * A finished row made safe against a terminal that counts cells differently: behind each character that is not surely
 * one cell wide the cursor is put where it belongs, so that every border stays in its column. The row is erased first,
 * for what such a character might not cover.
 */
export function anchored(row: string): string {
	const pieces = row.split(colours);
	if (pieces.every((piece, index) => index % 2 === 1 || isNarrow(piece))) return row;
	let column = 1;
	let text = '\x1b[K';
	for (const [index, piece] of pieces.entries()) {
		if (index % 2 === 1 || isNarrow(piece)) {
			text += piece;
			column += index % 2 === 1 ? 0 : piece.length;
			continue;
		}
		for (const grapheme of graphemesOf(piece)) {
			text += grapheme;
			column += cellsOf(grapheme);
			if (!isNarrow(grapheme)) text += `\x1b[${column}G`;
		}
	}
	return text;
}
