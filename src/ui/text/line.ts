/**
 * Rows of the screen as data: a line is spans of text, each with a style named by its meaning. Every row that reaches
 * the terminal passes through {@link fitLine}: there, text from strangers is escaped, cut to its cells and padded.
 */

import {escapeText} from '../../domain/escape.ts';
import {cellsOf, cutCells, dropCells, graphemesOf, isNarrow} from './cells.ts';
import type {Style} from './style.ts';

/** `on`: the style whose colour lies behind the text. */
export type Span = {text: string; style?: Style | undefined; on?: Style | undefined};
/** A line, or a piece of one, from left to right. */
export type Line = Span[];

/** A span of a line. */
export function span(text: string, style?: Style): Span {
	return {text, style};
}

/** The cells a line takes once escaped. */
export function lineCells(line: Line): number {
	let cells = 0;
	for (const {text} of line) cells += cellsOf(escapeText(text));
	return cells;
}

/** The line in exactly `width` cells: escaped, cut with `ellipsis` at its end where too long, padded where too short. */
export function fitLine(line: Line, width: number, ellipsis = '…'): Line {
	const fitted: Line = [];
	let left = width;
	for (const [index, one] of line.entries()) {
		const text = escapeText(one.text);
		const cells = cellsOf(text);
		if (cells < left || (cells === left && isEmpty(line.slice(index + 1)))) {
			fitted.push({...one, text});
			left -= cells;
			continue;
		}
		if (left === 0) break;
		const cut = cutCells(text, left - 1);
		fitted.push({...one, text: cut + ellipsis});
		left -= cellsOf(cut) + 1;
		break;
	}
	if (left > 0) fitted.push({text: ' '.repeat(left)});
	return isSettled(fitted, width) ? fitted : fitLine(line.map(plainSpan), width, ellipsis);
}

/** False where characters of two spans have joined into one, and the whole is not as wide as its parts. */
function isSettled(line: Line, width: number): boolean {
	return line.every(({text}) => isNarrow(text)) || cellsOf(line.map(({text}) => text).join('')) === width;
}

function plainSpan(one: Span): Span {
	return {
		...one,
		text: graphemesOf(escapeText(one.text))
			.map(grapheme => (isNarrow(grapheme) ? grapheme : '?'))
			.join(''),
	};
}

function isEmpty(line: Line): boolean {
	return line.every(({text}) => text === '');
}

/** The line without its first `width` cells: what remains in view after scrolling to the right. */
export function dropFromLine(line: Line, width: number): Line {
	const rest: Line = [];
	let left = width;
	for (const one of line) {
		const text = escapeText(one.text);
		const cells = left > 0 ? cellsOf(text) : 0;
		if (left > 0 && cells <= left) {
			left -= cells;
			continue;
		}
		rest.push({...one, text: dropCells(text, left)});
		left = 0;
	}
	return rest;
}

/** The line cut into rows of at most `width` cells; a character wider than that has a row of its own. */
export function wrapLine(line: Line, width: number): Line[] {
	const rows: Line[] = [];
	let row: Line = [];
	let left = width;
	for (const one of line) {
		let rest = escapeText(one.text);
		while (rest !== '') {
			const cut = cutCells(rest, left) || (row.length === 0 ? graphemesOf(rest)[0]! : '');
			if (cut !== '') row.push({...one, text: cut});
			rest = rest.slice(cut.length);
			left -= cellsOf(cut);
			if (rest === '') break;
			rows.push(row);
			row = [];
			left = width;
		}
	}
	return [...rows, row];
}

/** `left` at the left end and `right` at the right end of `width` cells; where both do not fit, `right` gives way. */
export function spread(left: Line, right: Line, width: number): Line {
	const gap = width - lineCells(left) - lineCells(right);
	return gap >= 1 ? [...left, span(' '.repeat(gap)), ...right] : left;
}

/** A piece of a line that may be left out: the lowest `rank` goes first. */
export type Piece = {line: Line; rank: number};

/** As many pieces as fit in `width` cells, in their order, `gap` cells apart. */
export function packPieces(pieces: Piece[], width: number, gap: number): Line {
	const shown = pieces.filter(({line}) => line.length > 0);
	const cellsAll = () => shown.reduce((sum, {line}) => sum + lineCells(line) + gap, -gap);
	while (shown.length > 1 && cellsAll() > width) {
		const lowest = shown.reduce((least, piece) => (piece.rank <= least.rank ? piece : least));
		shown.splice(shown.indexOf(lowest), 1);
	}
	return shown.flatMap(({line}, index) => (index === 0 ? line : [span(' '.repeat(gap)), ...line]));
}
