/** A made-up run that changes with time and commands, for looking at the screen without a lab. */

import type {Command, CommandResult} from '../../src/domain/command.ts';
import {binsOf} from '../../src/domain/latency-bins.ts';
import {perSecondAt} from '../../src/domain/rate.ts';
import {isAlive} from '../../src/domain/status.ts';
import {noRetries} from '../../src/domain/tick.ts';
import type {EventLine, PartState, ServerState, State} from '../../src/state/state.ts';
import {logLines} from './state-fixture.ts';

const signals: Partial<Record<Command['type'], string>> = {
	stop: 'TERM',
	kill: 'KILL',
	'kill-restart': 'KILL',
	restart: 'TERM',
	pause: 'STOP',
	resume: 'CONT',
};

let pid = 5000;

function begin(state: State, rate: number): State {
	const servers = state.servers.map(server => ({
		...started({...server, restarts: 0}, state.startedAt),
		lastExit: undefined as never,
		acked: 0,
		errors: 0,
		forwarded: 0,
		history: [] as number[],
	}));
	for (const server of servers) delete (server as Partial<ServerState>).lastExit;
	const {echo: _, ...rest} = state;
	return {
		...rest,
		servers,
		marks: [],
		events: [],
		samples: [],
		clients: {...state.clients, rate, sent: 0, attempts: 0, acked: 0},
	};
}

/** A tenth of a second later. */
function beat(state: State): State {
	const now = state.now + 100;
	const rate = perSecondAt(state.clients.rate, 0) ?? 40_000;
	const up = state.servers.filter(({process}) => process === 'READY');
	const each = up.length === 0 ? 0 : rate / 10 / up.length;
	const isSecond = Math.floor(now / 1000) !== Math.floor(state.now / 1000);
	const wave = 1 + Math.sin(now / 7000) * 0.15;
	const servers = state.servers.map((server, index) => {
		const part = up.includes(server) ? each * wave * (1 + ((index * 7 + Math.floor(now / 1000) * 3) % 10) / 60) : 0;
		const acked = (server.acked ?? 0) + part;
		const perSecond = isSecond ? Math.round(part * 10) : (server.perSecond ?? 0);
		return {
			...server,
			acked,
			perSecond,
			forwarded: acked,
			executed: acked,
			inFlight: server.process === 'PAUSED' ? 3 : Math.round(part / 4),
			connections: Math.round(part / 3),
			p50: part > 0 ? 1.5 + (now % 700) / 1000 : null,
			p99: part > 0 ? 8 + (now % 5000) / 1000 : null,
			history: isSecond ? [...server.history, perSecond].slice(-600) : server.history,
		};
	});
	const all = servers.reduce((sum, {acked}) => sum + acked, 0);
	const fresh = all - state.servers.reduce((sum, {acked}) => sum + (acked ?? 0), 0);
	const troubled = state.servers.some(({lastExit}) => lastExit && now - lastExit.at < 1500);
	const retries = troubled ? rate / 40 : 0;
	const clients = {
		...state.clients,
		sent: Math.round(all) + state.clients.inFlight,
		acked: Math.round(all),
		attempts: state.clients.attempts + fresh + retries,
		retried: state.clients.retried + retries,
	};
	const sample = {
		at: now,
		seconds: 1,
		acked: servers.reduce((sum, {perSecond}) => sum + perSecond, 0),
		failed: 0,
		retries: Math.round(retries * 10),
		byCause: {...noRetries(), reset: Math.round(retries * 10)},
		...{inFlight: 9, waiting: 0, backlog: 0},
		bins: binsOf([[1500, Math.round(rate)]]),
		p90: 3,
		p50: 1.5 + Math.sin(now / 9000) * 0.4,
		p99: troubled ? 640 : 8 + Math.cos(now / 3000) * 3,
		byServer: Object.fromEntries(servers.map(({name, perSecond}) => [name, perSecond])),
	};
	const text = 'HAI IDO — 你好, 🙂 world';
	const lines = logLines(Math.min(200, Math.ceil(rate / 10)), text);
	return {
		...state,
		now,
		servers: servers.map(server => ({...server, share: all === 0 ? null : server.acked / all})),
		clients,
		samples: isSecond ? [...state.samples, sample].slice(-600) : state.samples,
		log: {
			...state.log,
			lines: [...state.log.lines, ...lines].slice(-2000),
			total: state.log.total + lines.length,
			bytes: state.log.bytes + lines.length * 90,
		},
	};
}

function command(state: State, asked: Command): {next: State; result: CommandResult} {
	if (asked.type === 'rate')
		return {next: {...state, clients: {...state.clients, rate: asked.rate}}, result: {ok: true}};
	if (asked.type === 'algorithm')
		return {next: {...state, balancer: {...state.balancer, algorithm: asked.algorithm}}, result: {ok: true}};
	if (asked.type === 'quit' || asked.type === 'add-server') return {next: state, result: {ok: true}};
	const server = state.servers.find(({id}) => id === asked.part);
	if (!server) return {next: state, result: {ok: false, reason: `the fake run has no ${asked.part} to ${asked.type}`}};
	const signal = signals[asked.type];
	const text = signal ? `kill -${signal} ${server.pid ?? 0}` : `lbtop ctl ${asked.type} ${asked.part}`;
	const changed = {...server, ...effect(server, asked.type, state.now)};
	const next = note({...state, echo: {at: state.now, text, refused: false}}, 'you', `$ ${text}`, 'plain');
	const mark = {at: state.now, text: `${server.name} ${changed.process.toLowerCase()}`};
	return {
		next: {
			...next,
			marks: [...next.marks, mark],
			servers: next.servers.map(one => (one.id === server.id ? changed : one)),
		},
		result: {ok: true, echo: text},
	};
}

function effect(server: ServerState, type: Command['type'], now: number): Partial<ServerState> {
	const down = {route: {state: 'DOWN' as const}, pid: undefined};
	switch (type) {
		case 'kill':
			return {
				...down,
				process: 'BACKOFF',
				nextStartAt: now + 4000,
				lastExit: {code: null, signal: 'SIGKILL', lastError: '', at: now, planned: true, by: 'you'},
			};
		case 'stop':
			return {
				...down,
				process: 'STOPPED',
				lastExit: {code: 0, signal: null, lastError: '', at: now, planned: true, by: 'you'},
			};
		case 'pause':
			return {process: 'PAUSED', route: {state: 'UP', progress: {done: 1, of: 3}}};
		case 'drain':
			return {route: {state: 'DRAIN'}, administration: 'drain'};
		case 'maint':
			return {route: {state: 'MAINT'}, administration: 'maint'};
		case 'ready':
			return {route: {state: 'UP'}, administration: 'ready'};
		case 'resume':
			return {process: 'READY', route: {state: 'UP'}};
		default:
			return started(server, now);
	}
}

function started<T extends PartState>(server: T, now: number): T {
	const route = {state: 'UP' as const};
	const restarts = isAlive(server.process) && server.process !== 'PAUSED' ? server.restarts : server.restarts + 1;
	return {...server, process: 'READY', pid: pid++, startedAt: now, restarts, nextStartAt: undefined, route};
}

function note(state: State, actor: string, text: string, tone: EventLine['tone']): State {
	return {...state, events: [...state.events, {at: state.now, actor, text, tone}].slice(-500)};
}

export const pulse = {begin, beat, command, started, note};
