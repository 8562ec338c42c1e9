/** The moments that a frozen display can show. */

import {type EventLine, keptEvents, type Sample, type State} from '../state/state.ts';
import {t} from '../words/words.ts';

/** A state without its lists, and what is needed to have them again. `eventCount` counts all there ever were until then. */
export type Moment = {state: State; eventCount: number; lines: string; linesPassedOver: number};

/** The moments that can be gone back to. */
export type Past = {
	/** The moment that is so many seconds from another (back: less than 0), or the nearest there is; undefined: none is on that side. */
	from(at: number, seconds: number): State | undefined;
};

type Kept = {moments: Moment[]; samples: Sample[]; events: EventLine[]; forgotten: number};

/** Lines of log.txt that a moment shows, where they were kept. */
const linesShown = 200;

export function createPast(kept: Kept): Past {
	const {moments} = kept;
	const timeOf = (index: number) => moments[index]!.state.now;
	return {
		from: (at, seconds) => {
			const target = at + seconds * 1000;
			const side = moments.flatMap(({state: {now}}, index) => ((seconds < 0 ? now < at : now > at) ? [index] : []));
			const [first, ...others] = side;
			if (first === undefined) return undefined;
			const nearest = others.reduce(
				(best, index) => (Math.abs(timeOf(index) - target) < Math.abs(timeOf(best) - target) ? index : best),
				first,
			);
			return stateAt(kept, nearest);
		},
	};
}

/** There is no moment to go back to. */
export const noPast = createPast({moments: [], samples: [], events: [], forgotten: 0});

function stateAt({moments, samples: all, events, forgotten}: Kept, index: number): State {
	const {state, eventCount} = moments[index]!;
	const samples = all.slice(0, all.findLastIndex(({at}) => at <= state.now) + 1);
	return {
		...state,
		samples,
		servers: state.servers.map(server => ({
			...server,
			history: samples.map(({byServer}) => byServer[server.name] ?? 0),
		})),
		events: events.slice(0, Math.max(0, eventCount - forgotten)).slice(-keptEvents),
		log: {...state.log, lines: linesUntil(moments, index)},
	};
}

/** The kept lines up to a moment; where more came than are kept, a line says how many. */
function linesUntil(moments: Moment[], index: number): string[] {
	const lines: string[] = [];
	for (let at = index; at >= 0 && lines.length < linesShown; at--) {
		const {lines: kept, linesPassedOver} = moments[at]!;
		if (kept !== '') lines.unshift(...kept.split('\n'));
		if (linesPassedOver > 0)
			lines.unshift(t('({count} lines are in the file, not kept here)', {count: linesPassedOver}));
	}
	return lines;
}
