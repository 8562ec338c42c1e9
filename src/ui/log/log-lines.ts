/** The rows of the log pane: lines of the log with their signs, cut or wrapped to its width. */

import type {LogRow} from '../../domain/log-reading.ts';
import {t} from '../../words/words.ts';
import {logText} from '../panes/log-text.ts';
import {dropFromLine, type Line, lineCells, type Span, span, wrapLine} from '../text/line.ts';
import {bytesText, clockText, countText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import {cursorIndex, type LogStory, type LogView, type LogWindow} from './log-view.ts';

/** In cells; two of the width are for the signs before each line. */
type Look = {width: number; height: number; theme: Theme};

/** What stands before each line: the cursor and a mark. */
export const signCells = 2;

/** The end of the log as the state keeps it: the last rows that fit, up to the entry before `end`. */
export function endLines(entries: string[], end: number, log: LogView, look: Look): Line[] {
	const rows: Line[] = [];
	for (let index = end - 1; index >= 0 && rows.length < look.height; index--)
		rows.unshift(...shaped(logText(entries[index]!, log), blankSigns, log, look));
	return rows.slice(-look.height);
}

/** What is read back from the file, from its first row on the screen on. */
export function windowLines(window: LogWindow, log: LogView, look: Look): Line[] {
	const {rows, isFollowing} = window;
	const cursor = cursorIndex(window);
	const first = Math.max(
		0,
		rows.findIndex(({place}) => place >= window.top),
	);
	const marked = new Set(log.marks.map(({place}) => place));
	const lines: Line[] = [];
	let cursorEnd = 0;
	for (let index = first; index < rows.length && (lines.length < look.height || index <= cursor); index++) {
		const row = rows[index]!;
		const signs = signsOf(row, {isCursor: index === cursor && !isFollowing, isMarked: marked.has(row.place), look});
		lines.push(...shaped(rowText(row, log), signs, log, look));
		if (index === cursor) cursorEnd = lines.length;
	}
	// Wrapped lines may have pushed the cursor out of sight; of one longer than the pane its beginning is shown.
	const from = Math.max(0, isFollowing ? lines.length - look.height : cursorEnd - look.height);
	return lines.slice(from, from + look.height);
}

/** A message's lines with their times and how long after the one before each came. */
export function storyLines({rows, selected}: LogStory, look: Look): Line[] {
	const first = Math.max(0, Math.min(selected - Math.floor(look.height / 2), rows.length - look.height));
	return rows.slice(first, first + look.height).map((row, index): Line => {
		const before = rows[first + index - 1]?.wallMs;
		const clock = row.wallMs === undefined ? '-' : clockText(row.wallMs, 'milliseconds');
		const gap = row.wallMs === undefined || before === undefined ? '' : `+${countText(row.wallMs - before)} ms`;
		const isSelected = first + index === selected;
		return [
			span(isSelected ? `${look.theme.glyphs.cursor} ` : '  ', 'cursor'),
			span(clock.padEnd(12), 'muted'),
			span(` ${gap.padStart(9)}  `, 'key'),
			...logText(row.text, {time: 'none'}),
		];
	});
}

/** From which column the first hit of a line is in sight: as it is where it can be seen, otherwise with a little before it. */
export function hitColumn(row: LogRow, log: LogView, width: number): number {
	const line = rowText(row, log);
	const hit = line.findIndex(({style}) => style === 'hit');
	if (hit < 0 || log.wrap) return log.column;
	const from = lineCells(line.slice(0, hit));
	const to = from + lineCells([line[hit]!]);
	return from >= log.column && to <= log.column + width ? log.column : Math.max(0, to <= width ? 0 : from - 8);
}

const blankSigns = [span(' '.repeat(signCells))];

function rowText({text, hits, cutBytes}: LogRow, {time}: LogView): Line {
	const line = logText(text, {time, hits});
	return cutBytes === 0
		? line
		: [...line, span(` … ${t('{bytes} more of this line', {bytes: bytesText(cutBytes)})}`, 'warn')];
}

type Signs = {isCursor: boolean; isMarked: boolean; look: Look};

function signsOf({hits}: LogRow, {isCursor, isMarked, look: {theme}}: Signs): Span[] {
	const {cursor, swatch, dot} = theme.glyphs;
	const second = isMarked ? span(swatch, 'key') : span(hits.length > 0 ? dot : ' ', 'key');
	return [span(isCursor ? cursor : ' ', 'cursor'), second];
}

function shaped(line: Line, signs: Span[], {wrap, column}: LogView, {width}: Look): Line[] {
	if (!wrap) return [[...signs, ...dropFromLine(line, column)]];
	return wrapLine(line, width - signCells).map((row, index) => [...(index === 0 ? signs : blankSigns), ...row]);
}
