/** The only way the state changes: one event in, the next state out. No process, file, clock or chance in here. */

import type {Event} from '../domain/event.ts';
import {auditId, balancerId, clientsId, type PartId} from '../domain/plan.ts';
import {lifeEnded} from './counting.ts';
import {describedBy} from './describe.ts';
import {heard} from './heard.ts';
import {withIncidents} from './incidents.ts';
import {serverState} from './initial.ts';
import {keptErrorLines, keptExits, type PartState} from './part-state.ts';
import {runParts} from './run-parts.ts';
import {secondPassed} from './second.ts';
import {keptEvents, keptLogLines, keptMarks, partsOf, type State} from './state.ts';

/** The state after an event. */
export function reduce(state: State, event: Event): State {
	const applied = {...apply(state, event), now: Math.max(state.now, event.at)};
	const incidents = withIncidents(applied, event);
	const next = incidents === state.incidents ? applied : {...applied, incidents};
	const described = describedBy(next, event);
	if (described.length === 0) return next;
	const lines = described.map(({mark: _, ...line}) => line);
	const marks = described.flatMap(({at, mark}) => (mark ? [{at, text: mark}] : []));
	return {
		...next,
		events: [...next.events, ...lines].slice(-keptEvents),
		marks: [...next.marks, ...marks].slice(-keptMarks),
	};
}

function apply(state: State, event: Event): State {
	switch (event.type) {
		case 'run-started':
			return {...state, ...(event.socket ? {socket: event.socket} : {})};
		case 'phase-changed':
			return {...state, phase: event.phase, ...(event.phase === 'running' ? {runningAt: event.at} : {})};
		case 'process-changed':
			return changePart(state, event.part, () => ({process: event.status, detail: event.detail}));
		case 'spawned':
			return changePart(state, event.part, part => ({
				nextStartAt: undefined,
				pid: event.pid,
				commandLine: event.commandLine,
				startedAt: event.at,
				restarts: part.startedAt === undefined ? 0 : part.restarts + 1,
			}));
		case 'exited':
			return exited(state, event);
		case 'backing-off':
			return changePart(state, event.part, () => ({nextStartAt: event.at + event.delayMs}));
		case 'part-said':
			return heard(state, event);
		case 'commanded':
			return {...state, echo: {at: event.at, text: event.echo, refused: false}};
		case 'refused':
			return {...state, echo: {at: event.at, text: event.reason, refused: true}};
		case 'rate-changed':
			return {...state, clients: {...state.clients, rate: event.rate, rateSetAt: event.at}};
		case 'server-added': {
			const {part, server} = event;
			const added = {...serverState(part, server), administration: null};
			const plan = {...state.plan, servers: [...state.plan.servers, server]};
			return {...state, plan, servers: [...state.servers, added]};
		}
		case 'moved':
			return moved(state, event);
		case 'fault-began': {
			const {type: _, ...fault} = event;
			return {...state, faults: [...state.faults, fault]};
		}
		case 'fault-ended':
			return {...state, faults: state.faults.filter(({id}) => id !== event.id)};
		case 'checks-judged':
			return {...state, checks: event.results};
		case 'scenario-told':
			return {...state, scenario: event.progress};
		case 'second-passed':
			return secondPassed(state, event.at);
		case 'log-read':
			return {
				...state,
				log: {
					...state.log,
					lines: [...state.log.lines, ...event.lines].slice(-keptLogLines),
					total: state.log.total + event.lines.length,
					bytes: state.log.bytes + event.bytes,
					skippedBytes: state.log.skippedBytes + event.skippedBytes,
				},
			};
		case 'errors-read':
			return changePart(state, event.part, ({stderr}) => ({
				stderr: {
					lines: [...stderr.lines, ...event.lines].slice(-keptErrorLines),
					total: stderr.total + event.lines.length + event.passedOver,
				},
			}));
		case 'files-counted':
			return withOpenFiles(state, event.openFiles);
		case 'noted':
		case 'screen-said':
			return state;
	}
}

function withOpenFiles(state: State, counts: Record<PartId, number | null>): State {
	const ids = partsOf(state).map(({id}) => id);
	return ids.reduce((next, id) => changePart(next, id, () => ({openFiles: counts[id] ?? null})), state);
}

function exited(state: State, {part, exit, planned, at, by}: Extract<Event, {type: 'exited'}>): State {
	const isWhole = state.log.written.isWhole && (exit.code === 0 || !writesLog(state, part));
	const log = {...state.log, written: {...state.log.written, isWhole}};
	const gone = changePart({...state, log, lives: lifeEnded(state.lives, `log/${part}`)}, part, ({exits}) => ({
		pid: undefined,
		lastExit: {...exit, at, planned, by},
		exits: [{...exit, at, planned, by}, ...exits].slice(0, keptExits),
		cpuPercent: null,
		rssBytes: null,
		openFiles: null,
	}));
	// Its next life reads the run from the beginning again; until then nobody knows.
	if (part === auditId && !gone.ledger.tick?.isWhole) return {...gone, ledger: {}};
	if (part !== clientsId) return {...gone, lives: lifeEnded(gone.lives, part)};
	// Nobody waits any more for what the client manager had in flight, and nobody will send what was due: these messages
	// have failed, those are dropped, and it is counted so.
	const {clients} = gone;
	const current = gone.lives[clientsId]?.current ?? {};
	const given = {
		...current,
		...{failed: (current.failed ?? 0) + (current.inFlight ?? 0), inFlight: 0},
		dropped: (current.dropped ?? 0) + clients.backlog,
	};
	const lives = lifeEnded(
		{...gone.lives, [clientsId]: {before: gone.lives[clientsId]?.before ?? {}, current: given}},
		part,
	);
	const {failed, inFlight, dropped, backlog} = clients;
	return {
		...gone,
		lives,
		clients: {
			...clients,
			...{failed: failed + inFlight, inFlight: 0, dropped: dropped + backlog, backlog: 0},
			...{connectedNow: 0, backingOff: 0},
		},
	};
}

/** Other people's servers and balancers know nothing of the log. */
function writesLog(state: State, part: PartId): boolean {
	if (part === balancerId) return state.plan.balancer.engine === 'embedded';
	const {kind = 'own'} = runParts(state).find(({id}) => id === part) ?? {};
	return kind === 'own';
}

function moved(state: State, {part, to}: Extract<Event, {type: 'moved'}>): State {
	if (part === balancerId) return {...state, balancer: {...state.balancer, port: to}};
	return {...state, servers: state.servers.map(server => (server.id === part ? {...server, port: to} : server))};
}

/** The state with one part changed; an unknown part changes nothing. */
function changePart(state: State, id: PartId, change: (part: PartState) => Partial<PartState>): State {
	if (id === balancerId) return {...state, balancer: {...state.balancer, ...change(state.balancer)}};
	if (id === clientsId) return {...state, clients: {...state.clients, ...change(state.clients)}};
	return {...state, servers: state.servers.map(server => (server.id === id ? {...server, ...change(server)} : server))};
}
