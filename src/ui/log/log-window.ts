/** The window of lines that is read around the cursor: how it is made and when it wants more. Pure. */

import type {LogDirection, LogPlace, LogRow} from '../../domain/log-reading.ts';
import {cursorIndex, type LogWindow} from './log-view.ts';

/** What was read in one direction from a place. */
export type Side = {rows: LogRow[]; reached: LogPlace; isEdge: boolean};

/** Where the cursor is to stand: so many rows from a place (the last row's with `end`), and where on the screen. */
export type Cursor = {place: LogPlace | 'begin' | 'end'; by: number; at: 'top' | 'middle' | 'bottom'};

type Made = {older: Side; newer: Side; cursor: Cursor; height: number} & Pick<LogWindow, 'isFollowing' | 'since'>;

/** The window of what was read before and after a place. */
export function windowOf({older, newer, cursor, height, isFollowing, since}: Made): LogWindow {
	const rows = [...older.rows, ...newer.rows];
	const {place, by, at} = cursor;
	const last = rows.length - 1;
	const from = place === 'begin' ? 0 : place === 'end' ? last : cursorIndex({rows, cursor: place});
	const index = Math.max(0, Math.min(last, from + by));
	const above = {top: 0, middle: Math.floor(height / 3), bottom: height - 1}[at];
	const top = isFollowing ? last - height + 1 : Math.min(index - above, last - height + 1);
	return {
		rows,
		from: older.reached,
		to: newer.reached,
		hasBegin: older.isEdge,
		hasEnd: newer.isEdge,
		cursor: rows[index]?.place ?? (typeof place === 'number' ? place : 0),
		top: rows[Math.max(0, top, index - height + 1)]?.place ?? 0,
		isFollowing,
		since,
	};
}

/** So much text is enough in one direction, however few lines it is. */
const enoughCharacters = 1_200_000;

/** Whether more should be read in that direction, so that moving on does not wait for it. */
export function wantsMore(window: LogWindow, to: LogDirection, height: number): boolean {
	const {rows, isFollowing} = window;
	if (isFollowing) return to === 'newer' || (!window.hasBegin && rows.length < height);
	if (to === 'older' && window.hasBegin) return false;
	const at = cursorIndex(window);
	const ahead = to === 'older' ? rows.slice(0, at) : rows.slice(at + 1);
	return (
		ahead.length < Math.max(60, 2 * height) && ahead.reduce((sum, {text}) => sum + text.length, 0) < enoughCharacters
	);
}
