import type {LogState} from '../../state/state.ts';
import {useTools} from '../Block.tsx';
import {paneKey, type Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import type {PaneContent} from '../pane-rows.ts';
import {dropFromLine, type Line, packPieces, span, wrapLine} from '../text/line.ts';
import {bytesText, countText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import type {View} from '../view.ts';
import {logText} from './log-text.ts';

/** `hasHidden`: other panes are out of sight, and the lower border says how to get them. */
type Props = {log: LogState; view: View['log']; rect: Rect; isFocused: boolean; hasHidden: boolean};

/** The end of log.txt, read back from the file. */
export function LogPane({log, view, rect, isFocused, hasHidden}: Props) {
	const {theme} = useTools();
	return <Pane rect={rect} isFocused={isFocused} content={logContent({log, view, rect, hasHidden, theme})} />;
}

export function logContent({
	log,
	view,
	rect,
	hasHidden,
	theme,
}: Pick<Props, 'log' | 'view' | 'hasHidden'> & {rect: Pick<Rect, 'width' | 'height'>; theme: Theme}): PaneContent {
	const {held} = view;
	const entries = held ? held.entries : log.lines;
	const size = {width: rect.width - 4, height: rect.height - 2};
	return {
		key: paneKey('log'),
		title: fileName(log.file),
		note: logNote(log, view, rect.width - fileName(log.file).length - 12),
		foot: held ? heldNote(log, held, theme) : hasHidden ? [span('1-6 other panes', 'muted')] : [],
		lines: lastRows(entries, held?.end ?? entries.length, {...size, view}).map(line => [span(' '), ...line]),
	};
}

/** The rows that end with the entry before `end`, as many as fit; at the list's beginning those that begin it. */
function lastRows(
	entries: string[],
	end: number,
	{width, height, view}: {width: number; height: number; view: View['log']},
): Line[] {
	const rows: Line[] = [];
	for (let index = end - 1; index >= 0 && rows.length < height; index--) {
		const line = logText(entries[index]!);
		rows.unshift(...(view.wrap ? wrapLine(line, width) : [dropFromLine(line, view.column)]));
	}
	return rows.slice(-height);
}

/** Whether the end is followed, the file's size, and what is missing from it. */
function logNote(log: LogState, {held, wrap, column}: View['log'], width: number): Line {
	const {written, bytes, skippedBytes} = log;
	const words = (text: string, rank: number, style: 'muted' | 'warn' | 'bad' | 'good' = 'muted') => ({
		line: text === '' ? [] : [span(text, style)],
		rank,
	});
	return packPieces(
		[
			held ? words('HELD', 100, 'warn') : words('FOLLOW', 100, 'good'),
			words(written.error ? `cannot write: ${written.error}` : '', 99, 'bad'),
			words(written.dropped > 0 ? `${countText(written.dropped)} lines lost` : '', 98, 'bad'),
			words(bytesText(bytes), 50),
			words(`${countText(log.total)} lines read`, 20),
			words(skippedBytes > 0 ? `${bytesText(skippedBytes)} not shown: too fast to read` : '', 40, 'warn'),
			words(wrap ? 'wrapped' : '', 30),
			words(column > 0 ? `from column ${column + 1}` : '', 35),
		],
		width,
		3,
	);
}

function heldNote(log: LogState, held: NonNullable<View['log']['held']>, {glyphs}: Theme): Line {
	const below = held.entries.length - held.end;
	const since = Math.max(0, log.total - held.total);
	return [span(`${countText(below + since)} more ${glyphs.down}`, 'warn'), span('  f follows', 'muted')];
}

function fileName(file: string): string {
	return file.split(/[/\\]/).at(-1) || file;
}
