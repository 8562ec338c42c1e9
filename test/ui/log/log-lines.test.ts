import {describe, expect, test} from 'vitest';
import {endLines, hitColumn, storyLines, windowLines} from '../../../src/ui/log/log-lines.ts';
import {nextMark, toggled} from '../../../src/ui/log/log-marks.ts';
import {firstLogView, type LogView, type LogWindow} from '../../../src/ui/log/log-view.ts';
import {logText} from '../../../src/ui/panes/log-text.ts';
import {createTheme} from '../../../src/ui/theme.ts';

const theme = createTheme({ascii: false, color: true}, 3);
const size = {width: 40, height: 5, theme};
const ack = 'ACK Sent: 2026-09-14 14:02:31 - ACK from Server 1 | at=14:02:31.141 by=server-1 id=c7-1';
const joined = (line: {text: string}[]) => line.map(({text}) => text).join('');

describe('a line of the log', () => {
	test.each([
		['full', ack],
		['clock', '14:02:31.141 ACK Sent: ACK from Server 1  by=server-1 id=c7-1'],
		['none', 'ACK Sent: ACK from Server 1  by=server-1 id=c7-1'],
	] as const)('with its time %s', (time, shown) => expect(joined(logText(ack, {time}))).toBe(shown));
	test.each([
		['ACK Sent: 2026-09-14 14:02:31 - ACK', '14:02:31 ACK Sent: ACK', 'ACK Sent: ACK'],
		['Lab: 2026-09-14 14:02:31 - a | b=1', '14:02:31 Lab: a  b=1', 'Lab: a  b=1'],
		['Lab: 2026-09-14 14:02:31 - a | at=14:02:31.000', '14:02:31.000 Lab: a', 'Lab: a'],
		['not ours', 'not ours', 'not ours'],
		['', '', ''],
	])('that is %s', (text, clock, none) => {
		expect(joined(logText(text))).toBe(text);
		expect(joined(logText(text, {time: 'clock'}))).toBe(clock);
		expect(joined(logText(text, {time: 'none'}))).toBe(none);
	});
	test('has its hits marked, across its parts', () => {
		const hits: [number, number][] = [
			[0, 3],
			[25, 40],
		];
		const marked = logText(ack, {hits}).filter(({style}) => style === 'hit');
		expect(joined(marked)).toBe(ack.slice(0, 3) + ack.slice(25, 40));
		expect(joined(logText(ack, {hits}))).toBe(ack);
	});
});

const windowFrom = (texts: string[], cursor: number, top = 0): LogWindow => ({
	rows: texts.map((text, index) => ({place: index, text, hits: text.includes('hit') ? [[0, 3]] : [], cutBytes: 0})),
	from: 0,
	to: texts.length,
	hasBegin: true,
	hasEnd: true,
	cursor,
	top,
	isFollowing: false,
	since: {lines: 0, skippedBytes: 0},
});

describe('the column a hit is seen from', () => {
	const row = (from: number, to: number) => ({
		place: 0,
		text: 'x'.repeat(200),
		hits: [[from, to] as [number, number]],
		cutBytes: 0,
	});
	test.each([
		['in sight: none other', row(5, 9), 0, 0],
		['in sight after scrolling', row(50, 55), 40, 40],
		['to the right', row(100, 104), 0, 92],
		['to the left, where the beginning shows it', row(10, 14), 60, 0],
		['to the left of where it is scrolled to', row(50, 54), 90, 42],
		['half in sight', row(38, 44), 0, 30],
	])('%s', (_, hit, column, wanted) => expect(hitColumn(hit, {...firstLogView, column}, 40)).toBe(wanted));
	test('is left alone where lines are wrapped', () => {
		expect(hitColumn(row(100, 104), {...firstLogView, wrap: true}, 40)).toBe(0);
	});
	test('counts cells, and what the form of time leaves out', () => {
		const wide = {place: 0, text: `${ack} 漢字漢字漢字 hit`, hits: [[95, 98] as [number, number]], cutBytes: 0};
		expect(hitColumn(wide, {...firstLogView, time: 'none'}, 40)).toBe(54);
	});
});

describe('the pane', () => {
	const shown = (window: LogWindow, log: Partial<LogView> = {}) =>
		windowLines(window, {...firstLogView, ...log}, size).map(joined);
	test('shows the cursor, marks and hits by signs', () => {
		const marks = [{place: 2, text: 'c'}];
		expect(shown(windowFrom(['a', 'hit', 'c'], 1), {marks})).toEqual(['  a', '▶·hit', ' ■c']);
	});
	test('scrolls sideways, and says what is not shown of a long line', () => {
		const window = windowFrom(['abcdef'], 0);
		expect(shown(window, {column: 3})).toEqual(['▶ def']);
		window.rows[0]!.cutBytes = 5_000_000;
		expect(shown(window)).toEqual(['▶ abcdef … 5.0 MB more of this line']);
	});
	test('wraps, with the line under the cursor in sight', () => {
		const texts = ['a'.repeat(80), 'b'.repeat(80), 'c'.repeat(50)];
		const rows = shown(windowFrom(texts, 2), {wrap: true});
		expect(rows).toHaveLength(5);
		expect(rows.slice(-2)).toEqual([`▶ ${'c'.repeat(38)}`, `  ${'c'.repeat(12)}`]);
	});
	test('shows the newest lines at its bottom while it follows, wrapped or not', () => {
		const texts = Array.from({length: 9}, (_, index) => String(index).repeat(50));
		const rows = shown({...windowFrom(texts, 8), isFollowing: true, top: 4}, {wrap: true});
		expect(rows.at(-1)).toBe(`  ${'8'.repeat(12)}`);
		expect(
			endLines(texts, 9, {...firstLogView, wrap: true}, size)
				.map(joined)
				.at(-1),
		).toBe(`  ${'8'.repeat(12)}`);
	});
});

test('a story shows the gaps between its lines, and none where a time is unknown', () => {
	const at = (wallMs: number | undefined, text: string) => ({place: 0, text, hits: [], cutBytes: 0, wallMs});
	const base = new Date(2026, 8, 14, 14, 2, 31, 140).getTime();
	const rows = [at(base, 'a'), at(base + 1234, 'b'), at(undefined, 'c'), at(base + 1300, 'd')];
	const lines = storyLines({id: 'c1-1', rows, isCut: false, selected: 1}, size).map(joined);
	expect(lines).toEqual([
		'  14:02:31.140            a',
		'▶ 14:02:32.374 +1,234 ms  b',
		'  -                       c',
		'  14:02:32.440            d',
	]);
});

describe('marks', () => {
	const row = (place: number) => ({place, text: `line ${place}`, hits: [], cutBytes: 0});
	const places = (marks: ReturnType<typeof toggled>) =>
		typeof marks === 'string' ? marks : marks.map(({place}) => place);
	test('are kept in order, and taken away by the same key', () => {
		const marks = [{place: 5, text: ''}];
		expect(places(toggled(marks, row(3), 'u'))).toEqual([3, 5]);
		expect(places(toggled(marks, row(5), 'u'))).toEqual([]);
	});
	test('have a bound', () => {
		const many = Array.from({length: 100}, (_, place) => ({place, text: ''}));
		expect(toggled(many, row(1000), 'U')).toBe('100 lines are marked: U takes all marks away');
		expect(places(toggled(many, row(0), 'u'))).toHaveLength(99);
	});
	test.each([
		[4, 'newer', 5],
		[5, 'newer', 9],
		[9, 'newer', 3],
		[5, 'older', 3],
		[3, 'older', 9],
	] as const)('from %i the %s one is %i', (place, to, next) => {
		expect(nextMark([3, 5, 9].map(row), place, to)?.place).toBe(next);
	});
});
