/** What the orchestrator's side writes to log.txt: starts, ends and crashes of parts, and what people asked for. */

import type {Event, PartEvent} from '../domain/event.ts';
import {balancerId} from '../domain/plan.ts';
import {describeRate} from '../domain/rate.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {formatRoute} from '../domain/status.ts';
import type {Label, LogValues} from '../log/log-line.ts';
import type {LogManager} from '../log/log-manager.ts';
import {describeEvent, nameOf} from '../state/describe.ts';
import type {Incident} from '../state/incident.ts';
import type {State} from '../state/state.ts';
import {inEnglish} from '../words/words.ts';

/** Writes the event's line, if it is one that the parts do not write themselves. */
export function logEvent(log: LogManager, state: State, event: Event): void {
	const line = lineOf(state, event);
	if (line) log.write(line.label, line.text, line.values);
	for (const incident of state.incidents.changed) log.write('Incident', ...incidentWords(incident));
}

/** A line when it opens and one when it is over, with all figures; what is unknown is `unknown`, what was not is absent. */
function incidentWords(incident: Incident): [text: string, values: LogValues] {
	const {kind, server, endedAt, endedBy, at, id} = incident;
	const named = {incident: id, kind, server, t0: at.toFixed(1)};
	if (endedAt === undefined) return [`${kind} of ${server} began`, named];
	const times = Object.entries({
		'first-error-ms': incident.firstErrorMs,
		'first-retry-acked-ms': incident.firstRetryAckedMs,
		'routed-away-ms': incident.routedAwayMs,
		'bound-ms': incident.boundMs,
		'back-up-ms': incident.backUpMs,
		'p99-back-ms': incident.p99BackMs,
	}).flatMap(([key, value]): [string, number][] => (value === null ? [] : [[key, Math.round(value * 10) / 10]]));
	const counts = {
		hit: incident.hit,
		retried: incident.retried,
		failed: incident.failed,
		lost: incident.lost ?? 'unknown',
		duplicates: incident.duplicates ?? 'unknown',
		'lost-time-ms': Math.round(incident.lostTimeMs),
	};
	const ended = {'ended-by': endedBy ?? 'recovery', overlaps: incident.overlaps ? 'yes' : 'no'};
	return [`${kind} of ${server} is over`, {...named, ...Object.fromEntries(times), ...counts, ...ended}];
}

type Line = {label: Label; text: string; values: LogValues};

function lineOf(state: State, event: Event): Line | undefined {
	const described = (label: Label, values: LogValues = {}): Line | undefined => {
		const line = inEnglish(() => describeEvent(state, event));
		return line && {label, text: line.text, values};
	};
	switch (event.type) {
		case 'run-started':
			return {label: 'Lab', text: 'lbtop started', values: {pid: event.pid, ...facts(event.plan)}};
		case 'phase-changed': {
			const {sent, acked, failed, inFlight} = state.clients;
			if (event.phase !== 'ended') return undefined;
			return {
				label: 'Lab',
				text: 'lbtop stopped',
				values: {pid: state.pid, sent, acked, failed, 'in-flight': inFlight},
			};
		}
		case 'spawned':
		case 'backing-off':
			return described('Server', {part: event.part, asked: 'lbtop'});
		case 'exited': {
			const name = nameOf(state, event.part);
			const line = described('Server', {part: event.part, asked: event.by});
			return line && {...line, text: line.text.startsWith(name) ? line.text : `${name} ${line.text}`};
		}
		case 'process-changed': {
			const isTold = event.status === 'PAUSED' || event.status === 'FAILED' || event.status === 'NOT-READY';
			return isTold ? described('Server', {part: event.part, asked: event.by}) : undefined;
		}
		case 'commanded':
			return {label: 'Lab', text: event.echo, values: {asked: event.by, command: event.command.type}};
		case 'refused':
			return described('Lab', {asked: event.by, command: event.command.type});
		case 'fault-began':
		case 'fault-ended':
			return described('Server', {part: event.part, fault: event.fault.kind, 'fault-id': event.id, asked: event.by});
		case 'noted':
		case 'server-added':
		case 'moved':
		case 'checks-judged':
		case 'scenario-told':
			return described('Lab');
		case 'part-said':
			return event.part === balancerId && state.plan.balancer.engine !== 'embedded'
				? balancerLine(event.event)
				: undefined;
		case 'rate-changed':
		case 'screen-said':
		case 'second-passed':
		case 'log-read':
		case 'errors-read':
		case 'files-counted':
			return undefined;
	}
}

/** What lbtop's own balancer writes itself, of one that writes no lines of ours. */
function balancerLine(event: PartEvent): Line | undefined {
	switch (event.type) {
		case 'listening':
			return {label: 'Server', text: `Load Balancer is listening on ${formatAddress(event)}`, values: {}};
		case 'route-changed': {
			const {server, to, cause, check} = event;
			const last = check && {check: check.status, ms: check.ms};
			return {
				...{label: 'Server', text: `${server} is ${formatRoute(to)}`},
				values: {server, route: to.state, cause, ...last},
			};
		}
		case 'servers-changed':
			return event.cause === '' ? undefined : {label: 'Server', text: event.cause, values: {}};
		default:
			return undefined;
	}
}

function facts({servers, balancer, clients, log, seed}: State['plan']): LogValues {
	return {
		servers: servers.length,
		balancer: formatAddress(balancer),
		engine: balancer.engine,
		mode: balancer.mode,
		algorithm: balancer.algorithm,
		clients: clients.count,
		rate: typeof clients.rate === 'number' ? clients.rate : describeRate(clients.rate),
		seed,
		'log-detail': log.detail,
	};
}
