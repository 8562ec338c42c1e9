/** Does what the keys of the log pane ask for, and keeps what is read in step with where someone looks. */

import type {LogDesk} from '../../domain/log-reading.ts';
import type {State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import type {Frames} from '../frames.ts';
import {keyOf} from '../keymap/key-names.ts';
import type {LogAsk} from './log-ask.ts';
import {createLogCount} from './log-count.ts';
import {failed, type LogHands} from './log-hands.ts';
import {createLogLoads} from './log-loads.ts';
import {createLogLookups, cursorRow} from './log-lookups.ts';
import {nextMark, toggled} from './log-marks.ts';
import {createLogSeek} from './log-seek.ts';
import {createLogWork} from './log-work.ts';

/** `copy` puts a text on the clipboard; `openPager` shows a file from a byte on. Both say what there is to say. */
type LogReadingSettings = {
	desk: LogDesk;
	frames: Frames;
	say(text: string): void;
	height(): number;
	width(): number;
	copy(text: string): void;
	openPager(path: string, byte: number): void;
};

export type LogReading = {perform(ask: LogAsk): void; close(): void};

export function createLogReading({desk, frames, say, height, width, copy, openPager}: LogReadingSettings): LogReading {
	const hands: LogHands = {
		desk,
		frame: frames.snapshot,
		view: () => frames.view().log,
		act: frames.act,
		later: frames.later,
		say,
		height,
		width,
	};
	const {view, act} = hands;
	const work = createLogWork(hands);
	const loads = createLogLoads(hands);
	const seek = createLogSeek(hands, work, loads);
	const count = createLogCount(hands);
	const lookups = createLogLookups(hands, work, loads);
	let holding: Promise<void> | undefined;
	let holdBy = 0;

	const isHeld = () => view().window?.isFollowing === false;
	const follow = () => {
		work.cancel();
		const needsFile = view().filters.length > 0 || view().search !== undefined;
		if (needsFile) return void loads.end();
		loads.stop();
		act({type: 'log-window'});
	};
	/** Stops following: the cursor stands on the last line that was on the screen. Keys that come meanwhile count too. */
	const hold = (by: number): Promise<void> => {
		holdBy += by;
		holding ??= begin().finally(() => {
			holding = undefined;
			holdBy = 0;
		});
		return holding;
	};
	const begin = async () => {
		const {window} = view();
		const last = window ? undefined : frames.snapshot().shown.log.lines.at(-1);
		const located =
			last === undefined ? undefined : await desk.ask({type: 'locate', text: last}).answer.catch(failed(hands));
		const from = window?.rows.at(-1)?.place ?? located?.place ?? 'end';
		if (!(await loads.jump({from, at: 'bottom'}))) return;
		if (holdBy !== 0) act({type: 'log-move', by: holdBy, height: height()});
	};
	const onRow = async (use: (row: NonNullable<ReturnType<typeof cursorRow>>) => unknown) => {
		if (!isHeld()) await hold(0);
		const row = cursorRow(hands);
		if (row) await use(row);
	};
	const copyHere = () => {
		const {story, marks} = view();
		if (story) return copy(story.rows.map(({text}) => text).join('\n'));
		if (marks.length > 0) return copy(marks.map(({text}) => text).join('\n'));
		void onRow(row => copy(row.text));
	};
	/** The file may have been renamed since the line was read. */
	const open = () =>
		onRow(async ({place}) => {
			const asked = desk.ask({type: 'page', from: place, to: 'newer', rows: 1, filters: []});
			const answer = await asked.answer.catch(failed(hands));
			const file = answer?.cover.files.findLast(one => one.begin <= place);
			if (file && answer?.rows[0]?.place === place) openPager(file.path, place - file.begin);
			else if (answer) say(t('this line is no longer in the log: its file has gone'));
		});
	const mark = () =>
		onRow(row => {
			const marks = toggled(view().marks, row, keyOf('unmark', frames.snapshot().keymap));
			if (typeof marks === 'string') say(marks);
			else act({type: 'log-marks', marks});
		});
	const perform = (ask: LogAsk): unknown => {
		switch (ask.type) {
			case 'hold':
				return hold(ask.by);
			case 'follow':
				return follow();
			case 'begin':
				return loads.jump({from: 'begin', at: 'top'});
			case 'time':
				return lookups.goToTime(ask.text);
			case 'search':
				return seek.begin(ask.text);
			case 'next':
				return seek.next(ask.to);
			case 'filter':
				return lookups.filter(ask.text);
			case 'unfilter':
				return lookups.unfilter();
			case 'mark':
				return mark();
			case 'unmark':
				return act({type: 'log-marks', marks: []});
			case 'to-mark': {
				const {marks, window} = view();
				const to = nextMark(marks, window?.cursor ?? Number.POSITIVE_INFINITY, ask.to);
				return to && loads.jump({from: to.place});
			}
			case 'copy':
				return copyHere();
			case 'pager':
				return open();
			case 'enter':
				return view().story ? lookups.leaveStory() : onRow(lookups.story);
		}
	};

	/** Between frames, so that what this changes is not changed while a frame is being made. */
	let isLooking = false;
	let moment: State | undefined;
	const look = () => {
		if (isLooking) return;
		isLooking = true;
		queueMicrotask(() => {
			isLooking = false;
			if (isClosed) return;
			work.look();
			seek.look();
			const {window, filters, search} = view();
			const needsFile = filters.length > 0 || search !== undefined;
			const {frozen} = frames.view();
			// What is on its way is of another moment.
			if (frozen?.shown !== moment && !window) loads.stop();
			moment = frozen?.shown;
			if (!needsFile && window?.isFollowing) follow();
			if (needsFile && !window && !loads.isJumping()) void loads.end();
			loads.look();
			count.look();
		});
	};
	let isClosed = false;
	const unsubscribe = frames.subscribe(look);
	return {
		perform: ask => void perform(ask),
		close: () => {
			isClosed = true;
			unsubscribe();
			seek.close();
			count.close();
			desk.close();
		},
	};
}
