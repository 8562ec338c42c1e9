/** How many cells of a terminal a text takes, so that wide characters and emoji never push a border aside. */

import stringWidth from 'string-width';

/** Characters every terminal draws in one cell; most of what lbtop shows is made of these and measured by its length. */
const narrow =
	/^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2193\u2260-\u2265\u2500-\u25fc\u2713\u2717\u2800-\u28ff]*$/;
/** Made with the first wide text: it costs some 50 ms, which the first frame need not wait for. */
const graphemes = () => {
	segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	return segmenter;
};
let segmenter: Intl.Segmenter | undefined;

/** True when each character is one cell everywhere, so that no terminal can disagree about the text's width. */
export function isNarrow(text: string): boolean {
	return narrow.test(text);
}

/** True for what even a terminal that doubles ambiguous characters (East Asian ones) draws in one cell each. */
export function isAscii(text: string): boolean {
	return /^[ -~]*$/.test(text);
}

/** The width of a text without control characters, in cells. */
export function cellsOf(text: string): number {
	return isNarrow(text) ? text.length : stringWidth(text);
}

/** The text with blanks behind it up to a width in cells. */
export function padCells(text: string, width: number): string {
	return text + ' '.repeat(Math.max(0, width - cellsOf(text)));
}

/** The text's characters as a reader sees them (grapheme clusters), in order. */
export function graphemesOf(text: string): string[] {
	return Array.from(graphemes().segment(text), part => part.segment);
}

/** The longest beginning of a text that takes at most `width` cells. A wide character is never halved. */
export function cutCells(text: string, width: number): string {
	if (width <= 0) return '';
	if (isNarrow(text)) return text.slice(0, width);
	let kept = '';
	let used = 0;
	for (const {segment} of graphemes().segment(text)) {
		used += cellsOf(segment);
		if (used > width) break;
		kept += segment;
	}
	return kept;
}

/** The text without the characters that begin in its first `width` cells; a halved wide character leaves a space. */
export function dropCells(text: string, width: number): string {
	if (width <= 0) return text;
	if (isNarrow(text)) return text.slice(width);
	let used = 0;
	let at = 0;
	for (const {segment, index} of graphemes().segment(text)) {
		if (used >= width) break;
		used += cellsOf(segment);
		at = index + segment.length;
	}
	return ' '.repeat(Math.max(0, used - width)) + text.slice(at);
}

/** The text in at most `width` cells: where it is longer, `...` stands for its middle. */
export function cutMiddle(text: string, width: number): string {
	const cells = cellsOf(text);
	if (cells <= width) return text;
	const kept = Math.max(0, width - 3);
	const end = Math.ceil(kept / 2);
	return `${cutCells(text, kept - end)}...${dropCells(text, cells - end)}`;
}
