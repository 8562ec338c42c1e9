/**
 * The stopwatch: every fault, kill, stop and unplanned exit opens an incident; later events set its times; it ends when its
 * cause is over, the balancer uses the server again and p99 is back. A part has one incident open at a time: the next ends it.
 */

import type {Event} from '../domain/event.ts';
import {quantileOf} from '../domain/latency.ts';
import type {PartId} from '../domain/plan.ts';
import type {RouteChanged} from '../domain/tick.ts';
import type {Incident, Incidents} from './incident.ts';
import {beginningOf, firstSignOf, openIncident} from './incident-beginning.ts';
import {crashed, ledgerCounts, measured, p99Tolerance, recounted, totalsOf} from './incident-counts.ts';
import {incidentKind} from './incident-kinds.ts';
import {partOf, type State} from './state.ts';

/** The last ones are kept, so many. */
export const keptIncidents = 100;

/** When the cause is over for so long and p99 is still not back, load or machine has changed: nothing to wait for. */
const longestRecoveryMs = 60_000;

/** The incidents after an event; `state` is the state after it, but for them. */
export function withIncidents(state: State, event: Event): Incidents {
	const {incidents} = state;
	const beginning = beginningOf(state, event);
	const isIdle = beginning === undefined && !incidents.list.some(isUnderWay);
	if (isIdle) return incidents.changed.length === 0 ? incidents : {...incidents, changed: []};
	const opened = beginning && openIncident(state, beginning);
	const advanced = incidents.list.map(incident => {
		if (!isUnderWay(incident)) return incident;
		if (incident.endedAt !== undefined) return afterEnd(incident, state, event);
		if (opened?.part === incident.part)
			return ended(recounted(untilNext(incident, opened), state, event.at), event.at, 'next');
		const next = advance(incident, state, event);
		return opened ? {...next, overlaps: true} : next;
	});
	const list = opened ? [...advanced, opened].slice(-keptIncidents) : advanced;
	const was = new Map(incidents.list.map(incident => [incident.id, incident]));
	const changed = list.filter(({id, endedAt}) => !was.has(id) || was.get(id)!.endedAt !== endedAt);
	return {list, changed};
}

/** Open, or ended with the run: then the ledger still learns what was lost in it. */
function isUnderWay({endedBy}: Incident): boolean {
	return endedBy === undefined || endedBy === 'run';
}

function advance(incident: Incident, state: State, event: Event): Incident {
	const {part, faultId} = incident;
	switch (event.type) {
		case 'process-changed':
		case 'exited':
			if (event.part !== part) return incident;
			return causeJudged(
				{...begunAnew(incident, state, event), wasDown: incident.wasDown || !isRunning(state, part)},
				state,
				event.at,
			);
		case 'fault-ended': {
			if (event.id !== faultId) return incident;
			const {faultId: _, ...rest} = incident;
			return causeJudged(rest, state, event.at);
		}
		case 'phase-changed':
			return event.phase === 'stopping' ? ended(recounted(incident, state, event.at), event.at, 'run') : incident;
		case 'second-passed':
			return judged(recounted(measured(incident, state), state, event.at), state, event.at);
		case 'part-said':
			return heardOf(incident, state, event);
		default:
			return incident;
	}
}

/** A crash that was asked for comes with the nth message: its clock begins with it. */
function begunAnew(incident: Incident, state: State, event: Event): Incident {
	const {part, kind, wasDown} = incident;
	const isCrash = event.type === 'exited' && kind === 'crash' && !event.planned && !wasDown;
	return isCrash ? crashed(incident, firstSignOf(state, part, event.at)) : incident;
}

function heardOf(incident: Incident, state: State, {at, event}: Extract<Event, {type: 'part-said'}>): Incident {
	switch (event.type) {
		case 'route-changed':
			return event.server === incident.server ? rerouted(incident, event, at) : incident;
		case 'balancer-tick':
			return {...incident, firstRetryAckedMs: earliest(incident, 'firstRetryAckedMs', event.redeliveredAt)};
		case 'clients-tick': {
			const firstErrorMs = earliest(incident, 'firstErrorMs', event.errorsAt);
			const firstRetryAckedMs = earliest(incident, 'firstRetryAckedMs', event.retriedAcksAt);
			const next = recounted({...incident, firstErrorMs, firstRetryAckedMs}, state, at);
			return event.latency ? withSecond(measured(next, state), quantileOf(event.latency.all, 0.99), at) : next;
		}
		default:
			return incident;
	}
}

/** The first of these moments since T0, unless there was an earlier one. */
function earliest(
	incident: Incident,
	key: 'firstErrorMs' | 'firstRetryAckedMs',
	moments: number[] = [],
): number | null {
	const first = moments.find(moment => moment >= incident.at);
	const known = incident[key];
	if (first === undefined) return known;
	return known === null ? first - incident.at : Math.min(known, first - incident.at);
}

function rerouted(incident: Incident, {to}: RouteChanged, at: number): Incident {
	const sinceMs = Math.max(0, at - incident.at);
	if ((to.state === 'DRAIN' || to.state === 'MAINT') && !incidentKind(incident.kind).drains) return incident;
	if (isOut(to.state)) {
		const wasBackUp = incident.backUpMs === null ? {} : {wasBackUp: {ms: incident.backUpMs, outAt: at}};
		return {...incident, routedAwayMs: incident.routedAwayMs ?? sinceMs, backUpMs: null, ...wasBackUp};
	}
	return to.state === 'UP' && to.progress === undefined && incident.routedAwayMs !== null
		? {...incident, backUpMs: incident.backUpMs ?? sinceMs}
		: incident;
}

/** What already was the next one's first sign takes nothing from this one: it was back in. */
function untilNext(incident: Incident, next: Incident): Incident {
	const {wasBackUp, backUpMs} = incident;
	return wasBackUp && backUpMs === null && wasBackUp.outAt >= next.at
		? {...incident, backUpMs: wasBackUp.ms}
		: incident;
}

function isOut(state: RouteChanged['to']['state']): boolean {
	return state !== 'UP' && state !== 'SLOW';
}

/** A second of latencies that ended at `at`. One in which nothing was ACKed says nothing good. */
function withSecond(incident: Incident, p99: number | null, at: number): Incident {
	const {p99BeforeMs, p99BackMs} = incident;
	if (p99BeforeMs === null || at <= incident.at) return incident;
	const isBad = p99 === null || p99 > p99BeforeMs * p99Tolerance;
	if (isBad) return {...incident, p99BackMs: null, lastBadMs: at - incident.at};
	return {...incident, p99BackMs: p99BackMs ?? incident.lastBadMs ?? 0};
}

function isRunning(state: State, part: PartId): boolean {
	const process = partOf(state, part)?.process;
	return process === 'READY' || process === 'EXTERNAL';
}

/** The cause is over when no fault is in force, and the process, where that was the cause, runs again. */
function causeJudged(incident: Incident, state: State, at: number): Incident {
	const {causeOverAt: was, ...rest} = incident;
	const isDown = !isRunning(state, incident.part) || (incidentKind(incident.kind).takesProcess && !incident.wasDown);
	const isOver = incident.faultId === undefined && !isDown;
	return isOver ? {...rest, causeOverAt: was ?? at} : rest;
}

function judged(incident: Incident, state: State, at: number): Incident {
	const {causeOverAt, routedAwayMs, backUpMs, p99BackMs, p99BeforeMs} = incident;
	if (causeOverAt === undefined || (routedAwayMs !== null && backUpMs === null)) return incident;
	// Two whole seconds have been seen by then, so that the first of them cannot be one that began before the end; and what
	// waited when the cause was over has mostly been sent again.
	const isBack = at - causeOverAt > settlingMs && (p99BeforeMs === null || p99BackMs !== null);
	return isBack || at - causeOverAt > longestRecoveryMs
		? ended(recounted(incident, state, at), at, 'recovery')
		: incident;
}

const settlingMs = 2500;

function ended(incident: Incident, at: number, endedBy: NonNullable<Incident['endedBy']>): Incident {
	return {...incident, endedAt: at, endedBy};
}

function afterEnd(incident: Incident, state: State, event: Event): Incident {
	if (event.type !== 'part-said' || event.event.type !== 'ledger-tick') return incident;
	return {...incident, ...ledgerCounts(incident, totalsOf(state, incident.part))};
}
