import {afterEach, describe, expect, test} from 'vitest';
import type {Lesson, ScenarioProgress} from '../../src/domain/scenario.ts';
import {lessonLines, lessonRows} from '../../src/ui/lesson-lines.ts';
import {lineCells} from '../../src/ui/text/line.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

const lesson: Lesson = {
	title: 'One freezes',
	watchFor:
		'The frozen server still accepts connections, because the kernel does that for it. Only its checks tell: UP 2/3, UP 1/3, DOWN.',
	said: '',
	learn: 'Silence is all there is to go by.',
};
const playing = (change: Partial<ScenarioProgress> = {}): ScenarioProgress => ({
	...{name: 'freeze-one', file: 'freeze-one.yaml', stage: 'steps', entries: [], lesson},
	...change,
});
const linesOf = (progress: ScenarioProgress, width: number, most: number) =>
	lessonLines(progress, {width, most}).map(line => line.map(({text}) => text).join(''));

describe('what a scenario says', () => {
	test('is what to watch for, below it what was said last, and at the end what one learns', () => {
		expect(linesOf(playing(), 80, 3)).toEqual([
			' watch for: The frozen server still accepts connections, because the kernel',
			' does that for it. Only its checks tell: UP 2/3, UP 1/3, DOWN.',
		]);
		const said = {...lesson, said: 'It gets nothing any more.'};
		expect(linesOf(playing({lesson: said}), 80, 3).slice(1)).toEqual([
			' does that for it. Only its checks tell: UP 2/3, UP 1/3, DOWN.',
			' It gets nothing any more.',
		]);
		for (const stage of ['recovery', 'ended'] as const)
			expect(linesOf(playing({stage, lesson: said}), 80, 3)).toEqual([' learn: Silence is all there is to go by.']);
		expect(linesOf(playing({stage: 'ended', lesson: {...said, learn: ''}}), 80, 3).at(-1)).toBe(
			' It gets nothing any more.',
		);
		expect(linesOf(playing({lesson: {...lesson, watchFor: ''}}), 80, 3)).toEqual([' One freezes']);
	});
	test('ends in … where there is more of it, and is never wider than the screen', () => {
		for (const width of [60, 61, 70, 80, 100]) {
			const lines = lessonLines(playing(), {width, most: 1});
			expect(
				lines.map(line =>
					line
						.map(({text}) => text)
						.join('')
						.endsWith('…'),
				),
			).toEqual([true]);
			expect(lines.filter(line => lineCells(line) > width)).toEqual([]);
		}
	});
	test('takes the same rows from beginning to end; none where nothing is said', () => {
		const size = {columns: 80, rows: 24};
		expect(lessonRows(playing(), size)).toBe(3);
		expect(lessonRows(playing({stage: 'ended'}), size)).toBe(3);
		expect(lessonRows(undefined, size)).toBe(0);
		const {lesson: _, ...silent} = playing();
		expect(lessonRows(silent, size)).toBe(0);
	});
});

describe('the screen', () => {
	let screen: TestScreen;
	afterEach(() => screen.close());
	test('has it below the header, with the panes below that', async () => {
		screen = await openTestScreen({...busyState(), scenario: playing()}, {columns: 80, rows: 24});
		const rows = screen.text();
		expect(rows[2]).toContain('watch for: The frozen server');
		expect(rows[5]).toContain('1 Servers');
	});
	test('leaves it out where the panes need the room', async () => {
		screen = await openTestScreen({...busyState(), scenario: playing()}, {columns: 60, rows: 16});
		expect(screen.text()[2]).toContain('1 Servers');
	});
});
