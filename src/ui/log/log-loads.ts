/** Keeps lines around the cursor, so that moving through the log seldom waits for the file; and goes to other places in it. */

import type {LogDirection, LogPart, LogPlace, LogRow, LogStart} from '../../domain/log-reading.ts';
import {type Around, pageRows, readAround} from './log-around.ts';
import {shownEnd} from './log-end.ts';
import {failed, type LogHands, noteCover} from './log-hands.ts';
import {type Cursor, type Side, wantsMore, windowOf} from './log-window.ts';

/** Where to go, and how it is shown there. */
type Jump = {from: LogStart; by?: number; at?: Cursor['at']};

export type LogLoads = {
	/** Shows the log around a place. Gives whether that was done, and not given up for something else. */
	jump(jump: Jump): Promise<boolean>;
	/** Shows the end, and what comes after it as it comes; of a frozen display the end of its moment. */
	end(): Promise<boolean>;
	/** On the way to a place that is not on the screen yet. */
	isJumping(): boolean;
	/** Reads on where the cursor comes near what is not read yet, or what came since. */
	look(): void;
	/** Gives up what is being read. */
	stop(): void;
};

/** What came since the end was read is looked for no more often. */
const growthMs = 200;

/** When the end has run away by more than this, what lies between is not shown. */
const runawayBytes = 1_000_000;

/** The sign on the screen that reading takes a while. */
const busyId = -1;

export function createLogLoads(hands: LogHands): LogLoads {
	const {desk, view, act, later, height, frame} = hands;
	const cancels = new Map<LogDirection, () => void>();
	let generation = 0;
	let isJumping = false;
	let isBusyShown = false;
	let stoppedAt: LogPlace | undefined;
	let endRead = {bytes: 0, at: 0};

	const logBytes = () => frame().shown.log.bytes + frame().shown.log.skippedBytes;
	const noteEnd = () => {
		endRead = {bytes: logBytes(), at: performance.now()};
	};
	/** Since when someone looks elsewhere than at the end. */
	const sinceOf = () => {
		const {window} = view();
		const {total, skippedBytes} = frame().shown.log;
		return window && !window.isFollowing ? window.since : {lines: total, skippedBytes};
	};
	const stop = () => {
		generation++;
		isJumping = false;
		for (const cancel of cancels.values()) cancel();
		cancels.clear();
		settled();
	};
	const busy = (done: number) => {
		const shown = view().busy;
		if (view().filters.length === 0 || (shown && shown.id !== busyId)) return;
		isBusyShown = true;
		later({type: 'log-busy', busy: {id: busyId, what: 'filter', done}});
	};
	const settled = () => {
		isBusyShown = false;
		if (view().busy?.id === busyId) act({type: 'log-busy'});
	};

	const jump = (to: Jump) => go({...to, isFollowing: false, isEnd: false});
	const end = async () => {
		if (!frame().view.frozen) return go({from: 'end', isFollowing: true, isEnd: true});
		stop();
		const mine = generation;
		isJumping = true;
		const from = await shownEnd(hands);
		return mine === generation && go({from, isFollowing: true, isEnd: true});
	};
	const go = async ({
		from,
		by = 0,
		at = 'middle',
		isFollowing,
		isEnd,
	}: Jump & Pick<Around, 'isFollowing' | 'isEnd'>) => {
		stop();
		const mine = generation;
		isJumping = true;
		stoppedAt = undefined;
		noteEnd();
		const since = sinceOf();
		let isShown = false;
		const show = (sides: {older: Side; newer: Side}) => {
			if (mine !== generation) return;
			const window = windowOf({...sides, cursor: {place: from, by, at}, height: height(), isFollowing, since});
			// Who has moved on meanwhile stays there.
			const {cursor, top} = (isShown && !isFollowing && view().window) || window;
			act({type: 'log-window', window: {...window, cursor, top}});
			isShown ||= window.rows.length > 0;
		};
		const onSides = (sides: {older: Side; newer: Side}, done: number) => {
			if (mine !== generation) return;
			busy(done);
			show(sides);
		};
		const onAsking = (to: LogDirection, {cancel}: {cancel(): void}) => cancels.set(to, cancel);
		const sides = await readAround(hands, {from, isFollowing, isEnd, onSides, onAsking});
		if (mine !== generation) return false;
		isJumping = false;
		cancels.clear();
		settled();
		if (!sides) return false;
		show(sides);
		return true;
	};

	const load = async (to: LogDirection, from: LogPlace) => {
		const mine = generation;
		const {filters, search} = view();
		let told = 0;
		const tell = (rows: LogRow[], reached: LogPlace, isEdge: boolean) => {
			told += rows.length;
			act({type: 'log-more', to, rows, reached, isEdge, height: height()});
		};
		const onPart = ({rows = [], reached, done}: LogPart) => {
			if (mine !== generation || reached === undefined) return;
			if (to === 'older') busy(done);
			tell(rows, reached, false);
		};
		const request = {type: 'page' as const, from, to, rows: pageRows, filters, search: search?.term};
		const asking = desk.ask(request, onPart);
		cancels.set(to, asking.cancel);
		const answer = await asking.answer.catch(failed(hands));
		if (mine !== generation) return;
		cancels.delete(to);
		if (to === 'older') settled();
		if (!answer) return;
		noteCover(hands, answer.cover);
		const {rows, reached, isEdge} = answer;
		tell(to === 'older' ? rows.slice(0, rows.length - told) : rows.slice(told), reached, isEdge);
	};

	const look = () => {
		if (isBusyShown && view().busy === undefined) {
			stop();
			stoppedAt = view().window?.cursor;
		}
		const {window, filters} = view();
		if (!window || isJumping || window.cursor === stoppedAt) return;
		stoppedAt = undefined;
		if (!cancels.has('older') && wantsMore(window, 'older', height())) void load('older', window.from);
		if (window.isFollowing && frame().view.frozen) return;
		if (cancels.has('newer') || !wantsMore(window, 'newer', height())) return;
		const since = logBytes() - endRead.bytes;
		if (window.hasEnd && (since === 0 || performance.now() - endRead.at < growthMs)) return;
		noteEnd();
		const isRunaway = window.isFollowing && filters.length === 0 && since > runawayBytes;
		void (isRunaway ? end() : load('newer', window.to));
	};
	return {jump, end, isJumping: () => isJumping, look, stop};
}
