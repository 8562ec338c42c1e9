/** How an incident begins: which events break something, since when, and what is known of it then. */

import type {Event} from '../domain/event.ts';
import {auditId, type PartId} from '../domain/plan.ts';
import type {Incident} from './incident.ts';
import {longestNoticeMs, totalsOf} from './incident-counts.ts';
import {incidentKind} from './incident-kinds.ts';
import {partOf, type State} from './state.ts';

/** What broke, and when. */
type Beginning = {kind: string; part: PartId; at: number; faultId?: number};

const breaking: Record<string, string> = {
	kill: 'kill',
	'kill-restart': 'kill',
	stop: 'stop',
	restart: 'restart',
	pause: 'pause',
};

/** What the event breaks, if it is such an event. What an incident that is open brings about is its own, not the next. */
export function beginningOf(state: State, event: Event): Beginning | undefined {
	if (state.phase !== 'running') return undefined;
	const {at} = event;
	if (event.type === 'commanded' && 'part' in event.command) {
		const {type, part} = event.command;
		const kind = breaking[type];
		return kind === undefined || part === undefined || part === auditId ? undefined : {kind, part, at};
	}
	if (event.type === 'fault-began') return {kind: event.fault.kind, part: event.part, at, faultId: event.id};
	if (event.type !== 'exited' || event.planned || event.part === auditId) return undefined;
	const {part} = event;
	const current = state.incidents.list.find(each => each.part === part && each.endedAt === undefined);
	const belongs = current && incidentKind(current.kind).hasExits && current.causeOverAt === undefined;
	return belongs ? undefined : {kind: 'exit', part, at: firstSignOf(state, part, at)};
}

/** When others met a crash, before its exit was noticed. */
export function firstSignOf(state: State, part: PartId, at: number): number {
	const server = state.servers.find(({id}) => id === part);
	const {route, routeChangedAt} = server ?? {};
	const wasFirst = route?.state === 'DOWN' && routeChangedAt !== undefined && at - routeChangedAt < longestNoticeMs;
	return wasFirst ? Math.min(at, routeChangedAt) : at;
}

/** The incident as it is at its T0. */
export function openIncident(state: State, {kind, part, at, faultId}: Beginning): Incident {
	const {list} = state.incidents;
	const server = state.servers.find(({id}) => id === part);
	const before = totalsOf(state, part);
	return {
		id: (list.at(-1)?.id ?? 0) + 1,
		...{kind, part, at},
		server: partOf(state, part)?.name ?? part,
		firstErrorMs: null,
		firstRetryAckedMs: null,
		routedAwayMs: server?.route?.state === 'DOWN' ? Math.max(0, (server.routeChangedAt ?? at) - at) : null,
		boundMs: server ? boundOf(state, kind) : null,
		p99BackMs: null,
		...{p99BeforeMs: null, hasBaseline: false},
		backUpMs: null,
		...{hit: 0, retried: 0, failed: 0, lostTimeMs: 0},
		lost: before.lost === null ? null : 0,
		duplicates: before.duplicates === null ? null : 0,
		overlaps: list.some(each => each.endedAt === undefined && each.part !== part),
		...(faultId === undefined ? {} : {faultId}),
		wasDown: kind === 'exit',
		before,
	};
}

/** By when it should be noticed, ms; null: nobody looks for it. */
function boundOf({balancer}: State, kind: string): number | null {
	const {noticed} = incidentKind(kind);
	if (noticed === 'at-once') return 0;
	return noticed === 'by-checks' ? balancer.checkBoundMs : null;
}
