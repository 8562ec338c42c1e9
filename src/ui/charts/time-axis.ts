/** The axis below a chart of time: marks where something happened, or how long ago its columns are. */

import {t} from '../../words/words.ts';

/** A mark at a column (from 0, the newest column is the last). */
export type ColumnMark = {column: number; text: string};

/** One piece of an axis: `kind` says what it is for its colour. */
export type AxisPiece = {text: string; kind: 'axis' | 'mark' | 'label'};

type Signs = {horizontal: string; mark: string; ellipsis: string};

/**
 * `width` characters of axis with its marks, each with as much of its text as there is room to the next one; a mark near
 * the right end may have its text at its left. The newest is served first.
 */
export function markAxis(marks: ColumnMark[], {width, signs}: {width: number; signs: Signs}): AxisPiece[] {
	const groups = groupByColumn(marks.filter(({column}) => column >= 0 && column < width));
	const cells: AxisPiece[] = Array.from({length: width}, () => ({text: signs.horizontal, kind: 'axis'}));
	for (const {column} of groups) cells[column] = {text: signs.mark, kind: 'mark'};
	let limit = width + 1;
	for (const [index, {column, text}] of [...groups.entries()].reverse()) {
		const right = limit - column - 3;
		const left = column - (groups[index - 1]?.column ?? -1) - 3;
		if (right >= Math.min(text.length, leastText)) {
			write(cells, column + 1, ` ${cut(text, right, signs.ellipsis)} `, 'label', limit);
			limit = column;
		} else if (left >= text.length) {
			limit = column - text.length - 2;
			write(cells, limit, ` ${text} `, 'label', column);
		} else limit = column;
	}
	return joined(cells);
}

function cut(text: string, width: number, ellipsis: string): string {
	return text.length <= width ? text : `${text.slice(0, width - 1).trimEnd()}${ellipsis}`;
}

/** Less of a text than this says nothing. */
const leastText = 10;

/** `width` characters saying how long ago the columns are: `-60s … -30s … now`; `endText` in the place of `now`. */
export function agoAxis({
	width,
	secondsPerColumn,
	signs,
	endText = t('now'),
}: {
	width: number;
	secondsPerColumn: number;
	signs: Pick<Signs, 'horizontal'>;
	endText?: string;
}): AxisPiece[] {
	const cells: AxisPiece[] = Array.from({length: width}, () => ({text: signs.horizontal, kind: 'axis'}));
	write(cells, Math.max(0, width - endText.length), endText, 'label');
	const step = [15, 30, 60, 120, 300].find(seconds => seconds / secondsPerColumn >= 10) ?? 600;
	for (let ago = step; ; ago += step) {
		const text = ago < 120 ? `-${ago}s` : `-${ago / 60}m`;
		const column = width - 1 - Math.round(ago / secondsPerColumn);
		if (column < 0) break;
		if (column + text.length < width - endText.length - 1) write(cells, column, text, 'label');
	}
	return joined(cells);
}

function write(cells: AxisPiece[], at: number, text: string, kind: AxisPiece['kind'], limit = cells.length) {
	for (const [index, character] of [...text].entries())
		if (cells[at + index] && at + index < limit) cells[at + index] = {text: character, kind};
}

/** Marks in one column share it; the first, usually the cause, comes first. */
function groupByColumn(marks: ColumnMark[]): ColumnMark[] {
	const groups: ColumnMark[] = [];
	for (const mark of [...marks].sort((a, b) => a.column - b.column)) {
		const last = groups.at(-1);
		if (last?.column === mark.column) last.text += `, ${mark.text}`;
		else groups.push({...mark});
	}
	return groups;
}

function joined(cells: AxisPiece[]): AxisPiece[] {
	const pieces: AxisPiece[] = [];
	for (const cell of cells) {
		const last = pieces.at(-1);
		if (last?.kind === cell.kind) last.text += cell.text;
		else pieces.push({...cell});
	}
	return pieces;
}
