/** Searching the log: the nearest hit while it is written, the next ones, and how many there are. */

import {readSearch} from '../../domain/log-query.ts';
import type {LogDirection, LogPlace, LogStart, LogTerm} from '../../domain/log-reading.ts';
import {t} from '../../words/words.ts';
import {shownEnd} from './log-end.ts';
import type {LogHands} from './log-hands.ts';
import {hitColumn} from './log-lines.ts';
import type {LogLoads} from './log-loads.ts';
import {cursorIndex, type LogSearch, type LogWindow, rowsOnScreen} from './log-view.ts';
import type {LogWork} from './log-work.ts';

type LogSeek = {
	/** A search was written to its end. */
	begin(text: string): Promise<void>;
	next(to: LogDirection): Promise<void>;
	/** Follows what is being written. */
	look(): void;
	close(): void;
};

/** Who writes on within this time is not searched for yet. */
const writingMs = 80;

/** The beginning of a pattern. */
const isUnfinished = /^\/[^/]*$/;

type Origin = {window: LogWindow | undefined; search: LogSearch | undefined};

export function createLogSeek(hands: LogHands, work: LogWork, loads: LogLoads): LogSeek {
	const {view, act, say, frame} = hands;
	let origin: Origin | undefined;
	let written = '';
	let sought = '';
	let timer: NodeJS.Timeout | undefined;

	const find = async (from: LogStart, to: LogDirection, term: LogTerm) => {
		const {filters} = view();
		return work.run('search', {type: 'find', from, to, filters, search: term});
	};
	const show = async (place: LogPlace) => {
		if (await loads.jump({from: place, at: 'middle'})) sight();
	};
	/** Scrolls sideways to the hit under the cursor. */
	const sight = () => {
		const {window, column} = view();
		const row = window?.rows[cursorIndex(window)];
		if (row) act({type: 'shift-log', by: hitColumn(row, view(), hands.width()) - column});
	};
	/** What is on the screen already stays where it is; only the cursor moves. */
	const showNext = async (place: LogPlace) => {
		const {window} = view();
		const isSeen = isHeld(window) && rowsOnScreen(window, hands.height()).some(row => row.place === place);
		if (!isSeen) return void (await show(place));
		const by = cursorIndex({...window, cursor: place}) - cursorIndex(window);
		act({type: 'log-move', by, height: hands.height()});
		sight();
	};

	/** Behind the line under the cursor, or the last one that is shown. */
	const startOf = async (window: LogWindow | undefined) =>
		isHeld(window) ? afterCursor(window) : await shownEnd(hands);

	/** Upwards from where one looks, then downwards from there. */
	const nearest = async (term: LogTerm, begun: Origin | undefined) => {
		act({type: 'log-search', search: {term}});
		const {window} = begun ?? view();
		const from = await startOf(window);
		const above = await find(from, 'older', term);
		if (!above) return;
		if (above.place !== undefined) return void (await show(above.place));
		const below = from === 'end' ? above : await find(from, 'newer', term);
		if (below?.place !== undefined) return void (await show(below.place));
		if (!below) return;
		// Who still writes sees that there are 0 hits, and goes on.
		if (frame().view.prompt?.kind !== 'log-search') say(t('no line has it'));
		void (isHeld(window) ? loads.jump({from: window.cursor}) : loads.end());
	};

	const look = () => {
		const {prompt} = frame().view;
		if (prompt?.kind !== 'log-search') {
			if (origin) giveUp();
			return;
		}
		if (!origin) {
			const {window, search} = view();
			origin = {window, search};
			written = '';
			sought = '';
		}
		if (prompt.text === written) return;
		written = prompt.text;
		clearTimeout(timer);
		timer = setTimeout(() => {
			const term = readSearch(written);
			if (typeof term === 'string' || isUnfinished.test(written)) return;
			sought = written;
			void nearest(term, origin);
		}, writingMs);
	};
	/** It was not asked for after all: all is as before. */
	const giveUp = () => {
		clearTimeout(timer);
		const {window, search} = origin!;
		origin = undefined;
		if (written === '') return;
		work.cancel();
		loads.stop();
		act({type: 'log-search', ...(search ? {search} : {})});
		act({type: 'log-window', ...(window ? {window} : {})});
	};

	return {
		look,
		begin: async text => {
			clearTimeout(timer);
			const isSought = origin !== undefined && sought === text;
			const from = origin;
			origin = undefined;
			sought = '';
			const term = readSearch(text);
			if (typeof term === 'string') return say(term);
			if (!isSought) await nearest(term, from);
		},
		next: async to => {
			const {search, window} = view();
			if (!search) return;
			const from = isHeld(window) && to === 'older' ? window.cursor : await startOf(window);
			const found = await find(from, to, search.term);
			if (!found) return;
			if (found.place !== undefined) return showNext(found.place);
			const round = await find(to === 'newer' ? 'begin' : 'end', to, search.term);
			if (!round) return;
			if (round.place === undefined) return say(t('no line has it'));
			await showNext(round.place);
			say(to === 'newer' ? t('none further down: from the beginning') : t('none further up: from the end'));
		},
		close: () => clearTimeout(timer),
	};
}

function isHeld(window: LogWindow | undefined): window is LogWindow {
	return window?.isFollowing === false;
}

/** The place behind the line under the cursor. */
function afterCursor(window: LogWindow): LogPlace {
	const {rows, to} = window;
	return rows[cursorIndex(window) + 1]?.place ?? to;
}
