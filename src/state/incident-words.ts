/** An incident in words: for the events, the log, the closing words and the screen alike. */

import {formatDuration} from '../domain/duration.ts';
import {figure, t} from '../words/words.ts';
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
	const bound =
		boundMs === null ? '' : boundMs === 0 ? ` (${t('at once')})` : ` (${t('bound {time}', {time: ms(boundMs)})})`;
	return [
		[t('out'), `${ms(routedAwayMs)}${bound}`],
		[t('retried ACK'), ms(incident.firstRetryAckedMs)],
		[t('failed'), failed === 0 ? '0' : `${failed} (${t('{time} lost time', {time: ms(lostTimeMs)})})`],
		[t('lost'), count(incident.lost)],
		[t('double'), count(incident.duplicates)],
		[t('first error'), ms(incident.firstErrorMs)],
		[t('hit'), count(incident.hit)],
		[t('retried'), count(incident.retried)],
		[t('p99 back'), ms(incident.p99BackMs)],
		[t('back in'), ms(incident.backUpMs)],
		...(overlaps ? [[t('overlaps'), t('yes')] as [string, string]] : []),
	];
}

/** `kill of Server 1: out 12 ms (at once), retried ACK 4 ms, …` */
export function describeIncident(incident: Told & Pick<Incident, 'kind' | 'server'>): string {
	const figures = incidentFigures(incident).map(([label, words]) => `${label} ${words}`);
	return t('{kind} of {server}: {figures}', {
		kind: incident.kind,
		server: incident.server,
		figures: figures.join(', '),
	});
}

/** The events' line for an incident that is over. */
export function incidentLine({now}: State, incident: Incident): EventLine {
	const {failed, lost} = incident;
	const tone = failed > 0 || (lost ?? 0) > 0 ? 'bad' : 'good';
	return {
		at: incident.endedAt ?? now,
		actor: 'lbtop',
		text: t('incident over: {incident}', {incident: describeIncident(incident)}),
		tone,
	};
}

function ms(value: number | null): string {
	return value === null ? '-' : figure(formatDuration(value));
}

function count(value: number | null): string {
	return value === null ? t('unknown') : String(value);
}
