/** How someone looks at log.txt: what is read of it, where they are, what is left out and what is marked. Pure. */

import type {LogCover, LogDirection, LogFilter, LogPlace, LogRow, LogTerm, StoryRow} from '../../domain/log-reading.ts';

/** `full`: lines as they are; `clock`: the time to the millisecond first and only once; `none`: no time. */
export const timeForms = ['full', 'clock', 'none'] as const;
export type TimeForm = (typeof timeForms)[number];

/** Lines read back from the file around the cursor, in order. `from` and `to`: how far was looked in each direction. */
export type LogWindow = {
	rows: LogRow[];
	from: LogPlace;
	to: LogPlace;
	/** There is nothing before the first row; nothing more after the last one when it was read. */
	hasBegin: boolean;
	hasEnd: boolean;
	/** The line under the cursor, and the first one on the screen, by their places. */
	cursor: LogPlace;
	top: LogPlace;
	/** New lines are shown as they come. */
	isFollowing: boolean;
	/** Lines that had been read of the end when someone stopped following, and bytes that were not. */
	since: {lines: number; skippedBytes: number};
};

/** `count`: lines that have it, as far as counted. */
export type LogSearch = {term: LogTerm; count?: {hits: number; isWhole: boolean}};

/** Something takes a while: how much is done, 0–1. `id` tells who began it. */
export type LogBusy = {id: number; what: 'search' | 'filter' | 'time' | 'story'; done: number};

/** A line that was marked, to come back to. */
export type LogMark = {place: LogPlace; text: string};

/** Every line of a message, over the log. */
export type LogStory = {id: string; rows: StoryRow[]; isCut: boolean; selected: number};

/** How the log pane is looked at. */
export type LogView = {
	/** Lines can be read back from the file; otherwise there are those that the state keeps. */
	hasFile: boolean;
	column: number;
	wrap: boolean;
	time: TimeForm;
	/** Absent: the end as the state has it. */
	window?: LogWindow;
	filters: LogFilter[];
	search?: LogSearch;
	/** In order of their places. */
	marks: LogMark[];
	busy?: LogBusy;
	story?: LogStory;
	cover?: LogCover;
};

/** The end of the log, followed. */
export const firstLogView: LogView = {
	hasFile: false,
	column: 0,
	wrap: false,
	time: 'full',
	filters: [],
	marks: [],
};

/** What changes it. */
export type LogAction =
	| {type: 'shift-log'; by: number}
	| {type: 'wrap'}
	| {type: 'log-time'; form: TimeForm}
	/** The cursor moves; `page`: what is on the screen moves with it. */
	| {type: 'log-move'; by: number; height: number; page?: boolean}
	/** Without one: the end is shown as the state has it. */
	| {type: 'log-window'; window?: LogWindow}
	| ({type: 'log-more'; to: LogDirection; height: number} & Pick<LogWindow, 'rows'> & {
				reached: LogPlace;
				isEdge: boolean;
			})
	| {type: 'log-cover'; cover: LogCover}
	| {type: 'log-filters'; filters: LogFilter[]}
	/** Without one: nothing is searched for. */
	| {type: 'log-search'; search?: LogSearch}
	| {type: 'log-marks'; marks: LogMark[]}
	| {type: 'log-busy'; busy?: LogBusy}
	| {type: 'log-story'; story?: LogStory}
	| {type: 'story-move'; by: number};

/** More rows are not kept around the cursor, nor more text. */
const mostRows = 600;
const mostCharacters = 4_000_000;

/** The log's part of the view after an action. */
export function reduceLogView<L extends LogView>(log: L, action: LogAction): L {
	switch (action.type) {
		case 'shift-log':
			return {...log, column: Math.max(0, log.column + action.by)};
		case 'wrap':
			return {...log, wrap: !log.wrap, column: 0};
		case 'log-time':
			return {...log, time: action.form};
		case 'log-move':
			return log.window ? {...log, window: moved(log.window, action)} : log;
		case 'log-window':
			return withOrWithout(log, 'window', action.window);
		case 'log-more':
			return log.window ? {...log, window: extended(log.window, action)} : log;
		case 'log-cover':
			return {...log, cover: action.cover};
		case 'log-filters':
			return {...log, filters: action.filters};
		case 'log-search':
			return withOrWithout(log, 'search', action.search);
		case 'log-marks':
			return {...log, marks: action.marks};
		case 'log-busy':
			return withOrWithout(log, 'busy', action.busy);
		case 'log-story':
			return withOrWithout(log, 'story', action.story);
		case 'story-move': {
			if (!log.story) return log;
			const selected = Math.max(0, Math.min(log.story.rows.length - 1, log.story.selected + action.by));
			return {...log, story: {...log.story, selected}};
		}
	}
}

/** What Esc takes back first in the log, or undefined: there is nothing to take back. */
export function backInLog<L extends LogView>(log: L): L | undefined {
	const over = (['busy', 'story', 'search'] as const).find(key => log[key] !== undefined);
	if (over) return withOrWithout(log, over, undefined);
	return log.window && !log.window.isFollowing ? withOrWithout(log, 'window', undefined) : undefined;
}

/** The index of the row under the cursor: the last one that does not begin behind its place. */
export function cursorIndex({rows, cursor}: Pick<LogWindow, 'rows' | 'cursor'>): number {
	return Math.max(
		0,
		rows.findLastIndex(({place}) => place <= cursor),
	);
}

/** The rows in sight where none is wrapped. */
export function rowsOnScreen({rows, top}: LogWindow, height: number): LogRow[] {
	const first = indexOf(rows, top);
	return rows.slice(first, first + height);
}

function moved(window: LogWindow, {by, height, page}: Extract<LogAction, {type: 'log-move'}>): LogWindow {
	const {rows} = window;
	if (rows.length === 0) return window;
	const last = rows.length - 1;
	const to = Math.max(0, Math.min(last, cursorIndex(window) + by));
	const top = indexOf(rows, window.top) + (page ? by : 0);
	return {...window, cursor: rows[to]!.place, top: rows[shownTop(top, {to, height, last})]!.place};
}

/** The first row on the screen so that the cursor is on it too. */
function shownTop(top: number, {to, height, last}: {to: number; height: number; last: number}): number {
	const lowest = Math.max(0, Math.min(top, last - height + 1));
	return Math.max(0, Math.min(to, Math.max(lowest, to - height + 1)));
}

function indexOf(rows: LogRow[], place: LogPlace): number {
	const index = rows.findIndex(row => row.place >= place);
	return index < 0 ? rows.length - 1 : index;
}

function extended(
	window: LogWindow,
	{to, rows: more, reached, isEdge, height}: Extract<LogAction, {type: 'log-more'}>,
): LogWindow {
	const rows = to === 'older' ? [...more, ...window.rows] : [...window.rows, ...more];
	const range = to === 'older' ? {from: reached, hasBegin: isEdge} : {to: reached, hasEnd: isEdge};
	const whole = {...window, ...range, rows};
	if (rows.length === 0) return whole;
	if (!window.isFollowing) return trimmed(whole);
	return trimmed({...whole, cursor: rows.at(-1)!.place, top: rows[Math.max(0, rows.length - height)]!.place});
}

/** The window without the rows farthest from the cursor where there are too many. */
function trimmed(window: LogWindow): LogWindow {
	const {rows} = window;
	let first = 0;
	let last = rows.length;
	let characters = rows.reduce((sum, {text}) => sum + text.length, 0);
	const at = cursorIndex(window);
	while (last - first > 1 && (last - first > mostRows || characters > mostCharacters)) {
		const dropped = at - first > last - 1 - at ? first++ : --last;
		characters -= rows[dropped]!.text.length;
	}
	if (first === 0 && last === rows.length) return window;
	return {
		...window,
		rows: rows.slice(first, last),
		...(first > 0 ? {from: rows[first]!.place, hasBegin: false} : {}),
		...(last < rows.length ? {to: rows[last]!.place, hasEnd: false} : {}),
	};
}

function withOrWithout<L extends LogView, K extends 'search' | 'busy' | 'story' | 'window'>(
	log: L,
	key: K,
	value: LogView[K],
): L {
	const copy = {...log};
	delete copy[key];
	return value === undefined ? copy : {...copy, [key]: value};
}
