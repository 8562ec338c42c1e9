import type {LogCover} from '../../domain/log-reading.ts';
import type {LogState} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {keyOf, shownKeys} from '../keymap/key-names.ts';
import type {KeyRow} from '../keymap/key-row.ts';
import {type Line, span} from '../text/line.ts';
import {countText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import type {View} from '../view.ts';
import {cursorIndex, type LogBusy, type LogWindow} from './log-view.ts';

const busyWords: Record<LogBusy['what'], () => string> = {
	search: () => t('searching'),
	filter: () => t('filtering'),
	time: () => t('looking for the time'),
	story: () => t('gathering the story'),
};

/** `isFrozen`: the display shows one moment, in which nothing comes any more. */
type Request = {
	log: LogState;
	view: View['log'];
	hasHidden: boolean;
	isFrozen?: boolean;
	theme: Theme;
	keymap: KeyRow[];
};

/** The lower border: what takes a while, where one is, what came since one looks, how to go on. */
export function logFoot({log, view, hasHidden, isFrozen = false, theme, keymap}: Request): Line {
	const {busy, story, held, window, cover} = view;
	if (busy)
		return [
			span(`${busyWords[busy.what]()} ${Math.floor(busy.done * 100)}%`, 'warn'),
			span(`  ${t('Esc stops it')}`, 'muted'),
		];
	if (story) {
		const keys = {enter: keyOf('story', keymap), copy: keyOf('copy', keymap)};
		return [span(t('{enter} its place in the log, {copy} copies it, Esc back', keys), 'muted')];
	}
	const more = (count: string): Line => [span(`${t('{count} more', {count})} ${theme.glyphs.down}`, 'warn')];
	const follows = span(`  ${t('{key} follows', {key: keyOf('follow', keymap)})}`, 'muted');
	if (held) {
		const below = held.entries.length - held.end + Math.max(0, log.total - held.total);
		return [...more(countText(below)), follows];
	}
	if (window && !window.isFollowing) {
		const isAll = log.skippedBytes <= window.since.skippedBytes;
		const came = `${countText(Math.max(0, log.total - window.since.lines))}${isAll ? '' : '+'}`;
		const where = cover ? [span(`${placePercent(window, cover)}%  `, 'muted')] : [];
		const since = isFrozen ? [] : [span(t('{count} lines came since', {count: came}), 'warn')];
		return [...where, ...since, follows];
	}
	const first = keymap.find(({name}) => name === 'pane-servers')!;
	const keys = shownKeys(first, keymap, theme.glyphs);
	return hasHidden ? [span(t('{keys} other panes', {keys}), 'muted')] : [];
}

/** How much of the log lies before the cursor's line, in percent; 100 at its last line. */
function placePercent(window: LogWindow, {files, bytes, end}: LogCover): number {
	const index = cursorIndex(window);
	const place = index === window.rows.length - 1 && window.hasEnd ? end : (window.rows[index]?.place ?? window.cursor);
	const before = files.reduce((sum, file) => sum + Math.min(file.bytes, Math.max(0, place - file.begin)), 0);
	return bytes === 0 ? 100 : Math.floor((before / bytes) * 100);
}
