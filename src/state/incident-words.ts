/** An incident in words: for the events, the log, the closing words and the screen alike. */

import {formatDuration} from '../domain/duration.ts';
import type {Incident} from './incident.ts';
import type {EventLine, State} from './state.ts';

/** What is told of an incident. */
type Told = Pick<
	Incident,
	| ('routedAwayMs' | 'boundMs' | 'failed' | 'lostTimeMs' | 'overlaps' | 'firstRetryAckedMs' | 'firstErrorMs')
	| ('lost' | 'duplicates' | 'hit' | 'retried' | 'p99BackMs' | 'backUpMs')
>;

/** The figures as `[label, words]`, the most telling first. */
export function incidentFigures(incident: Told): [label: string, words: string][] {
	const {routedAwayMs, boundMs, failed, lostTimeMs, overlaps} = incident;
	const bound = boundMs === null ? '' : boundMs === 0 ? ' (at once)' : ` (bound ${formatDuration(boundMs)})`;
	return [
		['out', `${ms(routedAwayMs)}${bound}`],
		['retried ACK', ms(incident.firstRetryAckedMs)],
		['failed', failed === 0 ? '0' : `${failed} (${formatDuration(lostTimeMs)} lost time)`],
		['lost', count(incident.lost)],
		['double', count(incident.duplicates)],
		['first error', ms(incident.firstErrorMs)],
		['hit', count(incident.hit)],
		['retried', count(incident.retried)],
		['p99 back', ms(incident.p99BackMs)],
		['back in', ms(incident.backUpMs)],
		...(overlaps ? [['overlaps', 'yes'] as [string, string]] : []),
	];
}

/** `kill of Server 1: out 12 ms (at once), retried ACK 4 ms, …` */
export function describeIncident(incident: Told & Pick<Incident, 'kind' | 'server'>): string {
	const figures = incidentFigures(incident).map(([label, words]) => `${label} ${words}`);
	return `${incident.kind} of ${incident.server}: ${figures.join(', ')}`;
}

/** The events' line for an incident that is over. */
export function incidentLine({now}: State, incident: Incident): EventLine {
	const {failed, lost} = incident;
	const tone = failed > 0 || (lost ?? 0) > 0 ? 'bad' : 'good';
	return {at: incident.endedAt ?? now, actor: 'lbtop', text: `incident over: ${describeIncident(incident)}`, tone};
}

function ms(value: number | null): string {
	return value === null ? '-' : formatDuration(value);
}

function count(value: number | null): string {
	return value === null ? 'unknown' : String(value);
}
