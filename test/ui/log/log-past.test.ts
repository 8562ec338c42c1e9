/** The log pane while the display is frozen: what is left out and searched for holds in every moment that it shows. */

import {appendFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {LogDesk} from '../../../src/domain/log-reading.ts';
import {openLogReader} from '../../../src/log/log-reader.ts';
import type {State} from '../../../src/state/state.ts';
import {createFrames} from '../../../src/ui/frames.ts';
import {keymap} from '../../../src/ui/keymap/keymap.ts';
import {createLogReading, type LogReading} from '../../../src/ui/log/log-reading.ts';
import {firstLogView} from '../../../src/ui/log/log-view.ts';
import {logContent} from '../../../src/ui/panes/LogPane.tsx';
import {createTheme} from '../../../src/ui/theme.ts';
import {firstView} from '../../../src/ui/view.ts';
import {temporaryFolder} from '../../support/lab.ts';
import {busyState} from '../../support/state-fixture.ts';
import {until} from '../../support/until.ts';

const height = 10;
const two = (value: number) => String(value).padStart(2, '0');
const line = (index: number) =>
	`ACK Sent: 2026-09-14 14:${two(Math.floor(index / 60))}:${two(index % 60)} - line ${index} | by=server-${1 + (index % 2)} id=c1-${index}`;
const lines = (from: number, to: number) => Array.from({length: to - from}, (_, index) => line(from + index));

let folder: ReturnType<typeof temporaryFolder>;
let frames: ReturnType<typeof createFrames>;
let reading: LogReading;
let live: State;
let said: string[];
/** What the state keeps of a log of so many lines. */
const stateAt = (count: number): State => {
	const state = busyState();
	const kept = lines(Math.max(0, count - 100), count);
	return {...state, now: count * 1000, log: {...state.log, lines: kept, total: count, bytes: count, skippedBytes: 0}};
};

beforeEach(() => {
	folder = temporaryFolder();
	const file = path.join(folder.path, 'log.txt');
	writeFileSync(file, `${lines(0, 500).join('\n')}\n`);
	const reader = openLogReader(file);
	const desk: LogDesk = {
		ask: (request, onPart = () => {}) => {
			let isWanted = true;
			const answer = reader.answer(request, {onPart, isWanted: () => isWanted}) as Promise<never>;
			return {
				answer,
				cancel: () => {
					isWanted = false;
				},
			};
		},
		close: reader.close,
	};
	live = stateAt(500);
	const store = {get: () => live, subscribe: () => () => {}};
	const view = {...firstView, focus: 'log' as const, log: {...firstLogView, hasFile: true}};
	frames = createFrames({store, size: () => ({columns: 80, rows: 24}), view});
	said = [];
	reading = createLogReading({
		...{desk, frames, height: () => height, width: () => 70, copy: () => {}, openPager: () => {}},
		say: text => said.push(text),
	});
});
afterEach(() => {
	reading.close();
	frames.close();
	folder.close();
});

const moments = [stateAt(200), stateAt(300)];
const freeze = () => {
	const from = (at: number, seconds: number) =>
		seconds < 0 ? moments.findLast(({now}) => now < at) : moments.find(({now}) => now > at);
	frames.act({type: 'freeze', state: live, past: {from}});
};
const content = () => {
	const {shown: state, view} = frames.snapshot();
	const theme = createTheme({ascii: true, color: false});
	const rect = {width: 80, height: height + 2};
	const isFrozen = view.frozen !== undefined;
	return logContent({log: state.log, view: view.log, rect, hasHidden: false, isFrozen, theme, keymap});
};
/** The lines on the screen, by their numbers. */
const shown = () => content().lines.map(row => Number(/ line (\d+) /.exec(row.map(({text}) => text).join(''))?.[1]));
const evenTo = (last: number) => Array.from({length: height}, (_, index) => last - 2 * (height - 1 - index));
const sees = (numbers: number[]) => until(() => shown().join() === numbers.join(), {ms: 5000});
const grow = () => {
	appendFileSync(path.join(folder.path, 'log.txt'), `${lines(500, 600).join('\n')}\n`);
	live = stateAt(600);
};

describe('a filter', () => {
	test('holds in each moment that is gone back to, up to its last line, and after the freeze', async () => {
		reading.perform({type: 'filter', text: 'by:server-1'});
		await sees(evenTo(498));
		freeze();
		grow();
		frames.refresh();
		for (const [seconds, last] of [
			[-1, 298],
			[-1, 198],
			[1, 298],
			[1, 498],
		] as const) {
			frames.act({type: 'scrub', seconds});
			expect(shown().filter(number => number % 2 === 1)).toEqual([]);
			await sees(evenTo(last));
		}
		frames.act({type: 'thaw'});
		await sees(evenTo(598));
	});
	test('set in an earlier moment leaves that where it is, and so does taking it away', async () => {
		freeze();
		frames.act({type: 'scrub', seconds: -1});
		await sees(lines(290, 300).map((_, index) => 290 + index));
		reading.perform({type: 'filter', text: 'by:server-1'});
		await sees(evenTo(298));
		reading.perform({type: 'unfilter'});
		await sees(lines(290, 300).map((_, index) => 290 + index));
	});
	test('is no place to be stuck in: Esc ends the freeze', async () => {
		reading.perform({type: 'filter', text: 'by:server-1'});
		freeze();
		frames.act({type: 'scrub', seconds: -1});
		await sees(evenTo(298));
		frames.act({type: 'back'});
		expect(frames.view().frozen).toBeUndefined();
		await sees(evenTo(498));
	});
	test('shows nothing of a moment whose lines are gone from the log', async () => {
		reading.perform({type: 'filter', text: 'by:server-1'});
		await sees(evenTo(498));
		freeze();
		writeFileSync(path.join(folder.path, 'log.txt'), `${lines(400, 500).join('\n')}\n`);
		frames.act({type: 'scrub', seconds: -1});
		await until(() => frames.view().log.window !== undefined, {ms: 5000});
		expect(shown()).toEqual([]);
	});
});

describe('a search', () => {
	test('begins at the end of the moment, and its hits are marked there', async () => {
		freeze();
		frames.act({type: 'scrub', seconds: -1});
		reading.perform({type: 'search', text: '7 |'});
		await until(() => frames.view().log.window?.isFollowing === false, {ms: 5000});
		const {rows, cursor} = frames.view().log.window!;
		const under = rows.find(({place}) => place === cursor)!;
		expect(under.text).toContain('line 297 ');
		expect(under.hits).toHaveLength(1);
		// In a moment nothing comes any more; afterwards it does.
		const foot = () => (content().foot ?? []).map(({text}) => text).join('');
		expect(foot()).toMatch(/^\d+% {4}f follows$/);
		frames.act({type: 'scrub', seconds: -1});
		await sees(lines(190, 200).map((_, index) => 190 + index));
		await until(() => frames.view().log.window !== undefined, {ms: 5000});
		expect(
			frames
				.view()
				.log.window!.rows.filter(({hits}) => hits.length > 0)
				.at(-1)!.text,
		).toContain('line 197 ');
		reading.perform({type: 'next', to: 'older'});
		await until(() => frames.view().log.window?.isFollowing === false, {ms: 5000});
		expect(said).toEqual([]);
	});
});
