/** What a part's own words change in the state. */

import type {BalancedServer} from '../domain/balanced-server.ts';
import type {PartEvent} from '../domain/event.ts';
import {balancerId, clientsId, type PartId} from '../domain/plan.ts';
import {
	type BalancerTick,
	type ClientsTick,
	type ForeignBalancerTick,
	type LogTick,
	limitNames,
	retryCauses,
	type ServerTick,
} from '../domain/tick.ts';
import {withAcks} from './acks.ts';
import {type Counters, counted, totalOf} from './counting.ts';
import {withLatency} from './latencies.ts';
import type {State} from './state.ts';
import {heardWatched} from './watched.ts';

/** The state after a part has said something; `at` is when it said it. */
export function heard(state: State, {part, event, at}: {part: PartId; event: PartEvent; at: number}): State {
	switch (event.type) {
		case 'server-tick':
			return heardServer(state, part, event);
		case 'balancer-tick':
			return heardBalancer(state, event);
		case 'clients-tick':
			return {...heardClients(state, event, at), countedAt: at};
		case 'watched-tick':
			return heardWatched(state, event, at);
		case 'ledger-tick':
			return {...state, ledger: {tick: event, at}};
		case 'log-tick':
			return heardLog(state, part, event);
		case 'route-changed':
			return {
				...state,
				servers: state.servers.map(server =>
					server.name === event.server && server.administration !== null
						? {...server, route: event.to, routeCause: event.cause, routeChangedAt: at}
						: server,
				),
			};
		case 'algorithm-changed':
			return {...state, balancer: {...state.balancer, algorithm: event.algorithm}};
		case 'servers-changed':
			return {...state, servers: heardServers(state, event.servers)};
		case 'listening': {
			if (part !== balancerId) return state;
			const {transport = null, checkBoundMs = null} = event;
			return {...state, balancer: {...state.balancer, transport, checkBoundMs}};
		}
		case 'fault-began':
		case 'fault-ended':
		case 'started':
		case 'could-not-start':
		case 'noted':
			return state;
	}
}

/** One that the balancer has no more stays while it is a process of the run. */
function heardServers({servers}: State, balanced: BalancedServer[]): State['servers'] {
	return servers.flatMap((server): State['servers'] => {
		const one = balanced.find(({name}) => name === server.name);
		if (one) return [{...server, maxconn: undefined, ...one}];
		if (server.process === 'EXTERNAL' && server.administration !== null) return [];
		return [{...server, administration: null, route: null, routeCause: ''}];
	});
}

function heardServer(state: State, part: PartId, tick: ServerTick): State {
	const {lives, total} = counted(state.lives, part, {
		received: tick.received,
		executed: tick.executed,
		cpuMs: tick.cpuMs,
	});
	const servers = state.servers.map(server =>
		server.id === part
			? {
					...server,
					received: total.received!,
					executed: total.executed!,
					maxInFlight: Math.max(server.maxInFlight ?? 0, tick.maxInFlight),
					rssBytes: tick.rssBytes,
				}
			: server,
	);
	return {...state, lives, servers};
}

function heardBalancer(state: State, tick: BalancerTick | ForeignBalancerTick): State {
	const {struck} = tick;
	const current = known([
		['cpuMs', tick.cpuMs],
		...balancerCounters.map((key): Figure => [key, tick[key]]),
		...limitNames.map((name): Figure => [`struck/${name}`, struck?.[name] ?? null]),
		...tick.backends.flatMap(backend => backendCounters.map((key): Figure => [`${backend.name}/${key}`, backend[key]])),
	]);
	const {lives, total} = counted(state.lives, balancerId, current);
	const servers = state.servers.map(server => {
		const backend = tick.backends.find(({name}) => name === server.name);
		if (!backend) return server;
		const counts = totalsUnder(`${server.name}/`, backendCounters, total);
		const {forwarded, errors, redelivered, checkFailures, downs, downMs, ejections} = counts;
		const {check, weight, userWeight} = backend;
		return {
			...server,
			weight: userWeight,
			forwarded,
			errors,
			redelivered,
			health: {check, weight, checkFailures, downs, downMs, ejections},
			inFlight: backend.inFlight,
			connections: backend.connections,
		};
	});
	const balancer = {
		...state.balancer,
		...totalsUnder('', balancerCounters, total),
		struck: struck && totalsUnder('struck/', limitNames, total),
		algorithm: tick.algorithm,
		waiting: tick.waiting,
		clientConnections: tick.clientConnections,
		rssBytes: tick.rssBytes,
	};
	const peaks = {...state.peaks, waiting: Math.max(state.peaks.waiting, tick.waiting)};
	return withAcks({...state, lives, servers, balancer, peaks});
}

type Figure = [key: string, value: number | null];

/** Those that the part says: what it does not say is not counted as 0. */
function known(figures: Figure[]): Counters {
	return Object.fromEntries(figures.filter((figure): figure is [string, number] => figure[1] !== null));
}

const balancerCounters = ['accepted', 'nak', 'messages', 'attempts', 'hedged'] as const;

const backendCounters = [
	...(['forwarded', 'answered', 'errors', 'redelivered', 'unanswered'] as const),
	...(['checkFailures', 'downs', 'downMs', 'ejections'] as const),
] as const;

const clientCounters = [
	'sent',
	'attempts',
	'acked',
	'failed',
	'inFlight',
	'retried',
	'nak',
	'late',
	'dropped',
	'connectionsMade',
] as const;

function heardClients(state: State, tick: ClientsTick, at: number): State {
	const current: Counters = {cpuMs: tick.cpuMs};
	for (const key of clientCounters) current[key] = tick[key];
	for (const cause of retryCauses) current[`cause/${cause}`] = tick.retriesByCause[cause];
	for (const [name, acked] of Object.entries(tick.ackedBy)) current[`acked/${name}`] = acked;
	const {lives, total} = counted(state.lives, clientsId, current);
	const clients = {
		...state.clients,
		...totalsUnder('', clientCounters, total),
		retriesByCause: totalsUnder('cause/', retryCauses, total),
		connectedNow: tick.connectedNow,
		backingOff: tick.backingOff,
		backlog: tick.backlog,
		generator: {
			...state.clients.generator,
			lagMs: Math.max(state.clients.generator.lagMs, tick.loopLagMs),
			worstLagMs: Math.max(state.clients.generator.worstLagMs, tick.loopLagMs),
		},
		rssBytes: tick.rssBytes,
	};
	const peaks = {
		...state.peaks,
		inFlight: Math.max(state.peaks.inFlight, clients.inFlight),
		backlog: Math.max(state.peaks.backlog, tick.backlog),
	};
	const next = withAcks({...state, lives, clients, peaks});
	return tick.latency ? withLatency(next, tick.latency, at) : next;
}

/** The totals whose names are a prefix and one of these. */
function totalsUnder<K extends string>(prefix: string, names: readonly K[], total: Counters): Record<K, number> {
	return Object.fromEntries(names.map(name => [name, total[prefix + name]!])) as Record<K, number>;
}

function heardLog(state: State, part: PartId, tick: LogTick): State {
	const id = `log/${part}`;
	const {lives} = counted(state.lives, id, {lines: tick.lines, bytes: tick.bytes, dropped: tick.dropped});
	const {isWhole} = state.log.written;
	const written: State['log']['written'] = {lines: 0, bytes: 0, dropped: 0, isWhole};
	for (const writer of Object.keys(lives).filter(key => key.startsWith('log/')))
		for (const count of ['lines', 'bytes', 'dropped'] as const) written[count] += totalOf(lives, writer, count);
	if (tick.error) written.error = tick.error;
	return {...state, lives, log: {...state.log, written}};
}
