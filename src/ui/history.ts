/**
 * What was: about a moment a second of the last ten minutes, kept beside the state for whoever freezes the display and
 * goes back. A moment shares with the state what does not change; what changes all the time is kept once for all moments
 * (seconds, events) or cut by count (lines of log.txt), so that all of it is a few megabytes and grows no more.
 */

import type {EventLine, Sample, State} from '../state/state.ts';
import {createPast, type Moment, type Past} from './past.ts';

type History = {
	/** Looks at the state after each change; keeps it where a second has passed. */
	note(state: State): void;
	/** All that is kept, as it is now: it stays so, whatever comes. */
	past(): Past;
};

/** Ten minutes. */
export const keptMoments = 600;
/** With more servers than so many, moments are further apart. */
const serversASecond = 10;
const keptEvents = 2000;
/** Of the lines of log.txt that came between two moments, the last. */
const linesEach = 25;

export function createHistory(): History {
	const moments: Moment[] = [];
	let events: EventLine[] = [];
	/** Events that were forgotten at the front. */
	let forgotten = 0;
	let lastSample: Sample | undefined;
	let lastEvent: EventLine | undefined;
	let lines = 0;
	let samples: Sample[] = [];

	const noteEvents = (all: EventLine[]) => {
		if (all.at(-1) === lastEvent) return;
		events.push(...all.slice(all.lastIndexOf(lastEvent!) + 1));
		lastEvent = all.at(-1);
		if (events.length < keptEvents * 2) return;
		forgotten += events.length - keptEvents;
		events = events.slice(-keptEvents);
	};

	return {
		note: state => {
			const sample = state.samples.at(-1);
			if (sample === undefined || sample === lastSample) return;
			lastSample = sample;
			samples = state.samples;
			const secondsEach = Math.max(1, Math.ceil(state.servers.length / serversASecond));
			const before = moments.at(-1);
			if (before && state.now - before.state.now < secondsEach * 1000 - 500) return;
			noteEvents(state.events);
			const came = state.log.total - lines;
			lines = state.log.total;
			const kept = Math.min(came, linesEach, state.log.lines.length);
			moments.push({
				state: slim(state),
				eventCount: forgotten + events.length,
				// One string of its own: a line alone would keep the whole piece of the file that it was cut from.
				lines: kept > 0 ? state.log.lines.slice(-kept).join('\n') : '',
				linesPassedOver: Math.max(0, came - kept),
			});
			const most = Math.ceil(keptMoments / secondsEach);
			moments.splice(0, moments.length - most);
		},
		past: () => createPast({moments: moments.slice(), samples, events: events.slice(), forgotten}),
	};
}

const nothing: never[] = [];
const noCounters = {};

/** The state without what a moment does not need, or gets back from elsewhere. */
function slim(state: State): State {
	return {
		...state,
		servers: state.servers.map(server => ({...server, history: nothing})),
		samples: nothing,
		events: nothing,
		log: {...state.log, lines: nothing},
		lives: noCounters,
		recent: {all: nothing, byServer: noCounters},
		recentCounts: nothing,
		lastSecond: {...state.lastSecond, answered: noCounters, cpuMs: noCounters},
	};
}
