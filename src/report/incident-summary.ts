/** The incidents of a run for its summary, and how their figures are spread over all of them. */

import type {Incident} from '../state/incident.ts';
import {type State, wallOf} from '../state/state.ts';

/** Times are ms from `at` (ISO 8601), null: it did not happen; counts null: unknown. The meanings are those of `Incident`. */
export type IncidentSummary = Pick<
	Incident,
	| ('kind' | 'server' | 'firstErrorMs' | 'firstRetryAckedMs' | 'routedAwayMs' | 'boundMs' | 'backUpMs' | 'p99BackMs')
	| ('p99BeforeMs' | 'hit' | 'retried' | 'failed' | 'lost' | 'duplicates' | 'lostTimeMs' | 'overlaps')
> & {at: string; isOver: boolean};

/** `count`: in so many incidents it is known. The others are null where that is 0. */
type Spread = {count: number; min: number | null; median: number | null; p95: number | null; max: number | null};

const spreadFigures = [
	'routedAwayMs',
	'firstErrorMs',
	'firstRetryAckedMs',
	'backUpMs',
	'p99BackMs',
	'lostTimeMs',
	'hit',
	'retried',
	'failed',
	'lost',
	'duplicates',
] as const;
/** The spread of each figure. */
export type Spreads = Record<(typeof spreadFigures)[number], Spread>;

/** The incidents that a state keeps, oldest first. */
export function summarizeIncidents(state: State): IncidentSummary[] {
	return state.incidents.list.map(incident => ({
		kind: incident.kind,
		server: incident.server,
		at: new Date(wallOf(state, incident.at)).toISOString(),
		isOver: incident.endedAt !== undefined,
		firstErrorMs: rounded(incident.firstErrorMs),
		firstRetryAckedMs: rounded(incident.firstRetryAckedMs),
		routedAwayMs: rounded(incident.routedAwayMs),
		boundMs: incident.boundMs,
		backUpMs: rounded(incident.backUpMs),
		p99BackMs: rounded(incident.p99BackMs),
		p99BeforeMs: incident.p99BeforeMs,
		hit: incident.hit,
		retried: incident.retried,
		failed: incident.failed,
		lost: incident.lost,
		duplicates: incident.duplicates,
		lostTimeMs: rounded(incident.lostTimeMs)!,
		overlaps: incident.overlaps,
	}));
}

/** What there is before there was an incident: every path into one, with nothing known. */
export const unknownIncident: IncidentSummary = {
	...{kind: '', server: '', at: '', isOver: false, overlaps: false},
	...{firstErrorMs: null, firstRetryAckedMs: null, routedAwayMs: null, boundMs: null, backUpMs: null, p99BackMs: null},
	...{p99BeforeMs: null, hit: 0, retried: 0, failed: 0, lost: null, duplicates: null, lostTimeMs: 0},
};

/** The distribution of each figure over incidents, by nearest rank. */
export function spreadsOf(incidents: IncidentSummary[]): Spreads {
	return Object.fromEntries(
		spreadFigures.map(figure => [figure, spreadOf(incidents.map(incident => incident[figure]))]),
	) as Spreads;
}

function spreadOf(values: (number | null)[]): Spread {
	const known = values.filter(value => value !== null).sort((a, b) => a - b);
	const rank = (quantile: number) => known[Math.max(0, Math.ceil(quantile * known.length) - 1)] ?? null;
	return {count: known.length, min: rank(0), median: rank(0.5), p95: rank(0.95), max: rank(1)};
}

function rounded(value: number | null): number | null {
	return value === null ? null : Math.round(value * 10) / 10;
}
