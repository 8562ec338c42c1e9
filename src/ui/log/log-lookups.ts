/** What is looked up in the log for a line, a time or a message, and what is left out of it. */

import {filterText, readFilter, readLogTime} from '../../domain/log-query.ts';
import type {LogFilter, LogRow, LogStart} from '../../domain/log-reading.ts';
import {t} from '../../words/words.ts';
import type {LogHands} from './log-hands.ts';
import type {LogLoads} from './log-loads.ts';
import {cursorIndex} from './log-view.ts';
import type {LogWork} from './log-work.ts';

type LogLookups = {
	goToTime(text: string): Promise<void>;
	filter(text: string): Promise<void>;
	unfilter(): Promise<void>;
	/** The story of the message in this line. */
	story(row: LogRow): Promise<void>;
	/** Leaves the story for the place of its selected line. */
	leaveStory(): Promise<void>;
};

export function createLogLookups(hands: LogHands, work: LogWork, loads: LogLoads): LogLookups {
	const {view, act, say} = hands;
	const near = (): LogStart => {
		const {window} = view();
		return window && !window.isFollowing ? window.cursor : 'end';
	};
	/** What is on the screen again, with what is left out now. */
	const showFiltered = async (filters: LogFilter[]) => {
		act({type: 'log-filters', filters});
		const from = near();
		await (from === 'end' ? loads.end() : loads.jump({from, at: 'middle'}));
	};

	return {
		goToTime: async text => {
			const time = readLogTime(text);
			if (typeof time === 'string') return say(time);
			const found = await work.run('time', {type: 'time', time, near: near()});
			if (!found) return;
			if (found.place !== undefined) return void (await loads.jump({from: found.place, at: 'top'}));
			say(
				found.stamp === undefined
					? t('no line of the log bears a time')
					: t('the log ends at {time}', {time: found.stamp}),
			);
		},
		filter: async text => {
			if (text === '') return showFiltered([]);
			const added = readFilter(text);
			if (typeof added === 'string') return say(added);
			const {filters} = view();
			const others = filters.filter(one => filterText(one) !== filterText(added));
			await showFiltered(others.length < filters.length ? others : [...filters, added].slice(-mostFilters));
		},
		unfilter: () => showFiltered(view().filters.slice(0, -1)),
		story: async row => {
			const id = / \| .*?\bid=([\w.:-]+)/.exec(row.text)?.[1];
			if (id === undefined) return say(t('this line bears no message ID'));
			const found = await work.run('story', {type: 'story', id, near: row.place});
			if (!found) return;
			const {rows, isCut} = found;
			const selected = Math.max(
				0,
				rows.findIndex(({place}) => place === row.place),
			);
			act({type: 'log-story', story: {id, rows, isCut, selected}});
		},
		leaveStory: async () => {
			const {story} = view();
			const row = story?.rows[story.selected];
			act({type: 'log-story'});
			if (row) await loads.jump({from: row.place, at: 'middle'});
		},
	};
}

/** More than fit on any border are not kept. */
const mostFilters = 20;

/** The row under the cursor. */
export function cursorRow({view}: LogHands): LogRow | undefined {
	const {window} = view();
	return window?.rows[cursorIndex(window)];
}
