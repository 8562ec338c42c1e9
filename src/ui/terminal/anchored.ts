import {cellsOf, graphemesOf, isAscii, isNarrow} from '../text/cells.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are the subject
const colours = /(\x1b\[[0-9;:]*m)/;

/**
 * A finished row made safe against a terminal that counts cells differently: behind each character that is not surely
 * one cell wide the cursor is put where it belongs, so that every border stays in its column. The row is erased first,
 * for what such a character might not cover. `isWide`: the terminal takes two cells for what is one elsewhere.
 */
export function anchored(row: string, isWide = false): string {
	const isSure = isWide ? isAscii : isNarrow;
	const pieces = row.split(colours);
	if (pieces.every((piece, index) => index % 2 === 1 || isSure(piece))) return row;
	let column = 1;
	let text = '\x1b[K';
	for (const [index, piece] of pieces.entries()) {
		if (index % 2 === 1 || isSure(piece)) {
			text += piece;
			column += index % 2 === 1 ? 0 : piece.length;
			continue;
		}
		for (const grapheme of graphemesOf(piece)) {
			text += grapheme;
			column += cellsOf(grapheme);
			if (!isSure(grapheme)) text += `\x1b[${column}G`;
		}
	}
	return text;
}
