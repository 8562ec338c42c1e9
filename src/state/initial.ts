import {createLatency} from '../domain/latency.ts';
import {noBins} from '../domain/latency-bins.ts';
import {balancerId, clientsId, type PartId, type Plan, serverId} from '../domain/plan.ts';
import {noRetries, noStrikes} from '../domain/tick.ts';
import type {PartState, ServerState, State} from './state.ts';

/** The state of a run that has a plan and nothing else yet. */
export function initialState(plan: Plan, {at, wallMs, pid}: {at: number; wallMs: number; pid: number}): State {
	return {
		plan,
		phase: 'starting',
		pid,
		startedAt: at,
		startedWallMs: wallMs,
		now: at,
		servers: plan.servers.map((server, index) => serverState(serverId(index), server)),
		balancer: {
			...partState(balancerId, 'Load balancer'),
			port: plan.balancer.port,
			algorithm: plan.balancer.algorithm,
			clientConnections: 0,
			transport: null,
			checkBoundMs: null,
			accepted: 0,
			nak: 0,
			messages: 0,
			attempts: 0,
			hedged: 0,
			waiting: 0,
			struck: noStrikes(),
		},
		clients: {
			...partState(clientsId, 'Client manager'),
			rate: plan.clients.rate,
			sent: 0,
			attempts: 0,
			acked: 0,
			failed: 0,
			inFlight: 0,
			retried: 0,
			nak: 0,
			late: 0,
			dropped: 0,
			generator: {worstLagMs: 0, saturatedSeconds: 0, lagMs: 0},
			backlog: 0,
			connectionsMade: 0,
			connectedNow: 0,
			backingOff: 0,
			retriesByCause: noRetries(),
		},
		latency: noLatency,
		uncorrectedLatency: noLatency,
		recentLatency: noLatency,
		samples: [],
		marks: [],
		faults: [],
		events: [],
		log: {
			file: plan.log.file,
			lines: [],
			total: 0,
			bytes: 0,
			skippedBytes: 0,
			written: {lines: 0, bytes: 0, dropped: 0, isWhole: true},
		},
		checks: plan.checks.map(expr => ({expr, ok: null, value: null})),
		ledger: {},
		incidents: {list: [], changed: []},
		lives: {},
		histograms: {all: createLatency(), uncorrected: createLatency(), recent: createLatency(), byServer: {}},
		peaks: {inFlight: 0, waiting: 0, backlog: 0},
		recent: {all: [], byServer: {}},
		recentCounts: [],
		countedAt: at,
		lastSecond: {at, countedAt: at, acked: 0, failed: 0, retries: 0, byCause: noRetries(), answered: {}, cpuMs: {}},
	};
}

const noLatency = createLatency().summary();

/** A server that nothing has been heard of yet. */
export function serverState(id: PartId, server: Plan['servers'][number]): ServerState {
	const isOurs = server.kind === 'own';
	return {
		...partState(id, server.name),
		process: server.kind === 'external' ? 'EXTERNAL' : 'NEW',
		host: server.host,
		port: server.port,
		weight: server.weight,
		maxconn: server.maxconn,
		administration: 'ready',
		route: null,
		routeCause: '',
		health: null,
		forwarded: 0,
		acked: 0,
		inFlight: 0,
		maxInFlight: isOurs ? 0 : null,
		connections: 0,
		errors: 0,
		redelivered: 0,
		received: isOurs ? 0 : null,
		executed: isOurs ? 0 : null,
		perSecond: 0,
		share: null,
		latency: noLatency,
		bins: noBins,
		p50: null,
		p99: null,
		history: [],
	};
}

function partState(id: PartId, name: string): PartState {
	const nothing = {cpuPercent: null, rssBytes: null, openFiles: null};
	return {id, name, process: 'NEW', restarts: 0, exits: [], stderr: {lines: [], total: 0}, ...nothing};
}
