import {describe, expect, test} from 'vitest';
import type {LogRow} from '../../../src/domain/log-reading.ts';
import {
	backInLog,
	firstLogView,
	type LogAction,
	type LogView,
	type LogWindow,
	reduceLogView,
	rowsOnScreen,
} from '../../../src/ui/log/log-view.ts';
import {wantsMore, windowOf} from '../../../src/ui/log/log-window.ts';

const rows = (from: number, to: number, text = 'x'): LogRow[] =>
	Array.from({length: to - from}, (_, index) => ({place: 10 * (from + index), text, hits: [], cutBytes: 0}));
const since = {lines: 100, skippedBytes: 0};
const made = (change: Partial<Parameters<typeof windowOf>[0]> = {}) =>
	windowOf({
		older: {rows: rows(100, 200), reached: 1000, isEdge: false},
		newer: {rows: rows(200, 300), reached: 3000, isEdge: false},
		cursor: {place: 2000, by: 0, at: 'middle'},
		height: 9,
		isFollowing: false,
		since,
		...change,
	});
const viewOf = (window: LogWindow): LogView => ({...firstLogView, window});
const after = (window: LogWindow, ...actions: LogAction[]) =>
	actions.reduce(reduceLogView<LogView>, viewOf(window)).window!;
const move = (by: number, page = false): LogAction => ({type: 'log-move', by, height: 9, page});
const seen = (window: LogWindow) => rowsOnScreen(window, 9).map(({place}) => place);

describe('a window', () => {
	test.each([
		['top', 2000],
		['middle', 1970],
		['bottom', 1920],
	] as const)('has its cursor at the %s', (at, top) => {
		expect(made({cursor: {place: 2000, by: 0, at}})).toMatchObject({cursor: 2000, top, from: 1000, to: 3000});
	});
	test('stands at the row before a place that is none, and as many rows from it as asked', () => {
		expect(made({cursor: {place: 2005, by: 0, at: 'top'}}).cursor).toBe(2000);
		expect(made({cursor: {place: 2005, by: -3, at: 'top'}}).cursor).toBe(1970);
		expect(made({cursor: {place: 'begin', by: -3, at: 'top'}}).cursor).toBe(1000);
		expect(made({cursor: {place: 'end', by: 0, at: 'middle'}})).toMatchObject({cursor: 2990, top: 2910});
	});
	test('may have nothing in it', () => {
		const nothing = {rows: [], reached: 2000, isEdge: true};
		const window = made({older: nothing, newer: nothing});
		expect(window).toMatchObject({rows: [], cursor: 2000, hasBegin: true, hasEnd: true});
		expect(after(window, move(1))).toEqual(window);
	});
});

describe('moving', () => {
	test('by rows scrolls only where the cursor would leave the screen', () => {
		const window = made({cursor: {place: 2000, by: 0, at: 'top'}});
		expect(after(window, move(8))).toMatchObject({cursor: 2080, top: 2000});
		expect(after(window, move(9))).toMatchObject({cursor: 2090, top: 2010});
		expect(after(window, move(-1))).toMatchObject({cursor: 1990, top: 1990});
	});
	test('by pages takes the screen along', () => {
		expect(after(made(), move(9, true))).toMatchObject({cursor: 2090, top: 2060});
		expect(after(made(), move(-9, true), move(9, true))).toMatchObject({cursor: 2000, top: 1970});
	});
	test('ends with the rows', () => {
		expect(seen(after(made(), move(1e9, true))).at(-1)).toBe(2990);
		expect(seen(after(made(), move(-1e9)))[0]).toBe(1000);
	});
});

describe('more rows', () => {
	const more = (to: 'older' | 'newer', some: LogRow[], isEdge = false): LogAction => ({
		type: 'log-more',
		to,
		rows: some,
		reached: to === 'older' ? (some[0]?.place ?? 0) : 10 + (some.at(-1)?.place ?? 0),
		isEdge,
		height: 9,
	});
	test('are put where they belong, and nothing on the screen moves', () => {
		const window = after(made(), more('older', rows(50, 100), true), more('newer', rows(300, 320)));
		expect(window).toMatchObject({from: 500, to: 3200, hasBegin: true, hasEnd: false, cursor: 2000, top: 1970});
		expect(window.rows.map(({place}) => place)).toEqual(rows(50, 320).map(({place}) => place));
	});
	test('keep a followed log at its end', () => {
		const window = after(made({isFollowing: true}), more('newer', rows(300, 303), true));
		expect(seen(window)).toEqual(rows(294, 303).map(({place}) => place));
	});
	test('push out those farthest away, so that many are never kept', () => {
		let window = made();
		for (let from = 300; from < 3000; from += 100)
			window = after(window, more('newer', rows(from, from + 100)), move(100));
		expect(window.rows.length).toBeLessThanOrEqual(600);
		expect(window).toMatchObject({hasBegin: false, from: window.rows[0]!.place, to: 30_000});
		expect(window.rows.some(({place}) => place === window.cursor)).toBe(true);
	});
	test('nor much text', () => {
		const long = after(made(), more('newer', rows(300, 400, 'y'.repeat(70_000))), move(60));
		expect(long.rows.reduce((sum, {text}) => sum + text.length, 0)).toBeLessThanOrEqual(4_000_000);
		expect(wantsMore(long, 'newer', 9)).toBe(false);
	});
});

test.each([
	['far from both ends', made(), false, false],
	['near its beginning', after(made(), move(-70)), true, false],
	['near its end', after(made(), move(70)), false, true],
	['at the beginning of the log', {...after(made(), move(-70)), hasBegin: true}, false, false],
	['following', {...made(), isFollowing: true}, false, true],
	['following with few rows', {...made(), rows: rows(0, 3), isFollowing: true}, true, true],
	['following all there is', {...made(), rows: rows(0, 3), isFollowing: true, hasBegin: true}, false, true],
])('%s a window wants more rows older: %s, newer: %s', (_, window, older, newer) => {
	expect([wantsMore(window, 'older', 9), wantsMore(window, 'newer', 9)]).toEqual([older, newer]);
});

test('Esc takes back one thing at a time: what goes on, story, search, holding', () => {
	let log: LogView | undefined = {
		...viewOf(made()),
		busy: {id: 1, what: 'search', done: 0.5},
		story: {id: 'c1-1', rows: [], isCut: false, selected: 0},
		search: {term: {type: 'text', text: 'x'}},
		filters: [{term: {type: 'by', part: 'server-1'}, excludes: false}],
	};
	const left = [];
	for (; log; log = backInLog(log))
		left.push([log.busy, log.story, log.search, log.window].map(one => one !== undefined));
	expect(left).toEqual([
		[true, true, true, true],
		[false, true, true, true],
		[false, false, true, true],
		[false, false, false, true],
		[false, false, false, false],
	]);
});

test('a story is walked through from end to end', () => {
	const story = {id: 'c1-1', rows: rows(0, 3).map(row => ({...row, wallMs: 0})), isCut: false, selected: 0};
	const log: LogView = {...firstLogView, story};
	const selected = (...moves: number[]) =>
		moves.reduce((now, by) => reduceLogView(now, {type: 'story-move', by}), log).story!.selected;
	expect([selected(1), selected(1, 9), selected(Number.POSITIVE_INFINITY, -1), selected(-4)]).toEqual([1, 2, 1, 0]);
});
