import {filterText, termText} from '../../domain/log-query.ts';
import {codeWords} from '../../domain/system-error.ts';
import type {LogState} from '../../state/state.ts';
import {t, told} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {paneKey} from '../keymap/key-names.ts';
import {type KeyRow, viewAct} from '../keymap/key-row.ts';
import type {Rect} from '../layout.ts';
import {logFoot} from '../log/log-foot.ts';
import {endLines, storyLines, windowLines} from '../log/log-lines.ts';
import {Pane} from '../Pane.tsx';
import type {PaneContent} from '../pane-rows.ts';
import type {Targets} from '../terminal/canvas.ts';
import {type Line, packPieces, span, wrapLine} from '../text/line.ts';
import {bytesText, countText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import type {View} from '../view.ts';

/** `hasHidden`: other panes are out of sight, and the lower border says how to get them; `isFrozen`: nothing new is shown. */
type Props = {
	log: LogState;
	view: View['log'];
	rect: Rect;
	isFocused: boolean;
	hasHidden: boolean;
	isFrozen?: boolean;
};

/** log.txt, read back from the file: its end, or wherever someone looks. */
export function LogPane({log, view, rect, isFocused, hasHidden, isFrozen = false}: Props) {
	const {theme, keymap} = useTools();
	return (
		<Pane
			rect={rect}
			isFocused={isFocused}
			content={logContent({log, view, rect, hasHidden, isFrozen, theme, keymap})}
		/>
	);
}

type Request = Pick<Props, 'log' | 'view' | 'hasHidden' | 'isFrozen'> & {
	rect: Pick<Rect, 'width' | 'height'>;
	theme: Theme;
	keymap: KeyRow[];
};

/** What stands in the pane. */
export function logContent({log, view, rect, hasHidden, isFrozen = false, theme, keymap}: Request): PaneContent {
	const name = fileName(log.file);
	const size = {width: rect.width - 2, height: rect.height - 2, theme};
	const {story, held, window} = view;
	const title = {key: paneKey('log', keymap), title: name};
	if (log.file === '') {
		const none = span(` ${t('there is no log.txt here: what runs elsewhere keeps its own')}`, 'muted');
		return {...title, title: 'log.txt', lines: wrapLine([none], size.width)};
	}
	if (story) {
		const count = t('{count} lines with id={id}', {count: story.rows.length, id: story.id});
		const note = [span(count, 'strong'), ...(story.isCut ? [span(`  ${t('and more')}`, 'warn')] : [])];
		return {
			...title,
			note,
			foot: logFoot({log, view, hasHidden, isFrozen, theme, keymap}),
			lines: storyLines(story, size),
		};
	}
	// What the filters leave is not known before it is read.
	const entries = view.filters.length > 0 ? [] : (held?.entries ?? log.lines);
	const lines = window ? windowLines(window, view, size) : endLines(entries, held?.end ?? entries.length, view, size);
	return {
		...title,
		note: logNote(log, view, {width: rect.width - name.length - 12, isFrozen}),
		foot: logFoot({log, view, hasHidden, isFrozen, theme, keymap}),
		lines,
		...(view.wrap || !view.hasFile ? {} : {targets: clicksOf(lines, view, {height: size.height, theme})}),
	};
}

/** A click moves the cursor to the line; while the end is followed, it holds the log there. */
function clicksOf(lines: Line[], {window}: View['log'], {height, theme}: {height: number; theme: Theme}): Targets {
	const marked = lines.findIndex(([sign]) => sign?.text === theme.glyphs.cursor);
	const cursor = marked < 0 ? lines.length - 1 : marked;
	return lines.map((_, row) =>
		window && !window.isFollowing
			? viewAct({type: 'log-move', by: row - cursor, height})
			: [{type: 'log', ask: {type: 'hold', by: row - cursor}}],
	);
}

/** Whether the end is followed, what is left out and searched for, how much there is, and what is missing from it. */
function logNote(log: LogState, view: View['log'], {width, isFrozen}: {width: number; isFrozen: boolean}): Line {
	const {written, bytes, skippedBytes} = log;
	const words = (text: string, rank: number, style: 'muted' | 'warn' | 'bad' | 'good' | 'key' = 'muted') => ({
		line: text === '' ? [] : [span(text, style)],
		rank,
	});
	const isHeld = view.held !== undefined || view.window?.isFollowing === false;
	const {cover, filters, wrap, column} = view;
	return packPieces(
		[
			isHeld
				? words(t('HELD'), 100, 'warn')
				: isFrozen
					? words(t('FROZEN'), 100, 'warn')
					: words(t('FOLLOW'), 100, 'good'),
			words(troubleText(written.error), 99, 'bad'),
			words(written.dropped > 0 ? t('{count} lines lost', {count: countText(written.dropped)}) : '', 98, 'bad'),
			...filters.map((filter, index) => words(`[${filterText(filter)}]`, 97 - index, 'key')),
			words(searchText(view), 60, 'key'),
			words(view.window && cover ? coverText(cover) : '', 50),
			words(view.window ? '' : t('{bytes} read', {bytes: bytesText(bytes)}), 50),
			words(view.window ? '' : t('{count} lines', {count: countText(log.total)}), 20),
			words(
				skippedBytes > 0 ? t('{bytes} not shown: too fast to read', {bytes: bytesText(skippedBytes)}) : '',
				40,
				'warn',
			),
			words(wrap ? t('wrapped') : '', 30),
			words(column > 0 ? t('from column {column}', {column: column + 1}) : '', 35),
		],
		width,
		3,
	);
}

/** What is in the way of writing or rotating the file. Its code, for which a title has no room, is in the log later. */
function troubleText(error = ''): string {
	const [, code = '', inRotation] = /^(\w+)( in rotation)?$/.exec(error) ?? [];
	if (code === '') return '';
	const why = told(codeWords(code)).replace(` (${code})`, '');
	return inRotation ? t('cannot rotate: {why}', {why}) : t('cannot write: {why}', {why});
}

function searchText({search}: View['log']): string {
	if (!search) return '';
	const {term, count} = search;
	if (!count) return termText(term);
	return `${termText(term)} ${t('{count} hits', {count: countText(count.hits) + (count.isWhole ? '' : '+')})}`;
}

function coverText({files, bytes}: NonNullable<View['log']['cover']>): string {
	return files.length < 2
		? bytesText(bytes)
		: t('{bytes} in {files} files', {bytes: bytesText(bytes), files: files.length});
}

function fileName(file: string): string {
	return file.split(/[/\\]/).at(-1) || file;
}
