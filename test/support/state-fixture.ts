/** A run in the middle of an afternoon, by hand: one server well, one that has just crashed, one paused. */

import {binsOf} from '../../src/domain/latency-bins.ts';
import {noRetries} from '../../src/domain/tick.ts';
import {initialState} from '../../src/state/initial.ts';
import type {Sample, State} from '../../src/state/state.ts';
import {testPlan} from './plan.ts';

const startedAt = 1_000_000;
const wallMs = new Date(2026, 8, 14, 14, 2, 31, 140).getTime();

/** A busy state: three servers named as given, a minute of samples, events, log lines. */
export function busyState(names: string[] = ['Server 1', 'Server 2', 'Server 3']): State {
	const now = startedAt + 192_000;
	const state = initialState(planOf(names), {at: startedAt, wallMs: wallMs - 192_000, pid: 4000});
	const lifes = [healthy, crashed, paused];
	return {
		...state,
		phase: 'running',
		runningAt: startedAt + 400,
		now,
		servers: state.servers.map((server, index) => ({
			...server,
			...lifes[index % 3]!(now),
			pid: index % 3 === 1 ? undefined : 4121 + index,
			history: Array.from({length: 90}, (_, second) =>
				index % 3 === 0 || second < 80 ? 130 + ((second * 7) % 40) : 0,
			),
		})),
		balancer: {
			...state.balancer,
			process: 'READY',
			pid: 4119,
			startedAt,
			clientConnections: 10,
			accepted: 71_540,
			cpuPercent: 11.4,
			rssBytes: 61_000_000,
		},
		clients: {
			...state.clients,
			process: 'READY',
			pid: 4122,
			startedAt,
			rate: 400,
			sent: 71_240,
			attempts: 71_552,
			acked: 71_231,
			inFlight: 9,
			retried: 298,
			connectionsMade: 71_540,
			connectedNow: 8,
			retriesByCause: {timeout: 0, refused: 14, reset: 298, nak: 0, closed: 0},
			cpuPercent: 14,
			rssBytes: 70_000_000,
		},
		latency: {mean: 2.4, p50: 1.9, p75: 2.2, p90: 3.9, p95: 4.8, p99: 22, p999: 240, max: 1204, count: 71_231},
		samples: samples(now, names),
		marks: [
			{at: now - 40_200, text: `${names[1]} crashed`},
			{at: now - 12_700, text: `${names[2]} paused`},
		],
		events: [
			{at: startedAt + 400, actor: 'lbtop', text: 'all parts are ready', tone: 'good'},
			{at: now - 40_200, actor: 'you', text: '$ kill -KILL 4388', tone: 'plain'},
			{at: now - 40_100, actor: names[1]!, text: 'CRASHED with code 1: EADDRINUSE 127.0.0.1:9002', tone: 'bad'},
			{at: now - 40_000, actor: 'balancer', text: `${names[1]} DOWN (refused)`, tone: 'bad'},
			{at: now - 12_700, actor: 'you', text: `${names[2]} PAUSED`, tone: 'warn'},
		],
		echo: {at: now - 12_700, text: 'kill -STOP 4123', refused: false},
		log: {...state.log, lines: logLines(120), total: 143_902, bytes: 12_345_678},
	};
}

function healthy(now: number) {
	return {
		process: 'READY' as const,
		startedAt,
		route: {state: 'UP' as const},
		routeCause: 'check passed',
		acked: 47_013,
		forwarded: 47_022,
		inFlight: 6,
		connections: 18,
		perSecond: 262,
		share: 0.66,
		p50: 1.7,
		p99: 9.1,
		executed: 47_013,
		maxInFlight: 22,
		cpuPercent: 12,
		rssBytes: 61_200_000,
		nextStartAt: undefined,
		lastExit: {code: null, signal: 'SIGKILL', lastError: '', at: now - 100_000, planned: true, by: 'you' as const},
	};
}

function crashed(now: number) {
	return {
		process: 'BACKOFF' as const,
		startedAt: now - 50_000,
		restarts: 3,
		nextStartAt: now + 2100,
		route: {state: 'DOWN' as const, progress: {done: 1, of: 2}},
		routeCause: 'refused',
		acked: 22_905,
		errors: 298,
		share: 0.32,
		connections: 3,
		lastExit: {
			code: 1,
			signal: null,
			lastError: 'EADDRINUSE 127.0.0.1:9002',
			at: now - 40_100,
			planned: false,
			by: 'lbtop' as const,
		},
	};
}

function paused() {
	return {
		process: 'PAUSED' as const,
		startedAt,
		route: {state: 'UP' as const, progress: {done: 2, of: 3}},
		acked: 1313,
		inFlight: 3,
		connections: 3,
		share: 0.02,
		cpuPercent: 0,
		rssBytes: 60_000_000,
	};
}

function samples(now: number, names: string[]): Sample[] {
	return Array.from({length: 150}, (_, index) => {
		const second = 150 - index;
		const isDisturbed = second < 40 && second > 36;
		const byServer = Object.fromEntries(
			names.map((name, place) => [name, place === 1 && second < 40 ? 0 : 130 + ((index * 7 + place * 13) % 40)]),
		);
		return {
			at: now - 400 - (second - 1) * 1000,
			seconds: 1,
			acked: Object.values(byServer).reduce((sum, value) => sum + value, 0),
			failed: 0,
			retries: isDisturbed ? 100 : 0,
			byCause: {...noRetries(), reset: isDisturbed ? 100 : 0},
			...{inFlight: 9 + (index % 4), waiting: isDisturbed ? 40 : 0, backlog: 0},
			bins: binsOf([
				[1500 + (index % 5) * 200, 350],
				[8000, 30],
				...(isDisturbed ? [[900_000, 9] as [number, number]] : []),
			]),
			p50: 1.5 + (index % 5) * 0.2,
			p90: 3 + (index % 5) * 0.4,
			p99: isDisturbed ? 900 : 6 + (index % 7),
			byServer,
		};
	});
}

/** A plain plan with servers of these names. */
function planOf(names: string[]) {
	const servers = names.map((name, index) => ({
		name,
		kind: 'own' as const,
		host: '127.0.0.1',
		port: 9001 + index,
		weight: 1,
	}));
	return testPlan({servers, seed: 42});
}

/** Lines as lbtop writes them, in turn. */
export function logLines(count: number, text = 'HAI IDO'): string[] {
	const second = (index: number) => `2026-09-14 14:02:${String(index % 60).padStart(2, '0')}`;
	const kinds = [
		(n: number) => `Message Sent: ${second(n)} - ${text} | at=14:02:31.140 by=client-7 id=c7-${n} try=1`,
		(n: number) => `Forwarded: ${second(n)} - Server 1 | at=14:02:31.141 by=balancer id=c7-${n} algorithm=round-robin`,
		(n: number) => `ACK Sent: ${second(n)} - ACK from Server 1 | at=14:02:31.141 by=server-1 id=c7-${n}`,
		(n: number) =>
			`Message Received: ${second(n)} - ACK from Server 1 | at=14:02:31.142 by=client-7 id=c7-${n} ms=1.52 try=1`,
		(n: number) => `Retry: ${second(n)} - reset, again after 48 ms | at=14:02:31.186 by=client-3 id=c3-${n} try=2`,
	];
	return Array.from({length: count}, (_, index) => kinds[index % kinds.length]!(1000 + index));
}
