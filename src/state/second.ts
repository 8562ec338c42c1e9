/** Once a second: totals become rates, and the second becomes one sample of the charts. */

import {quantileOf} from '../domain/latency.ts';
import {binsOf} from '../domain/latency-bins.ts';
import {noRetries, retryCauses, saturatedLagMs} from '../domain/tick.ts';
import {totalOf} from './counting.ts';
import {withRecentLatency} from './latencies.ts';
import {type GeneratorState, keptSeconds, partsOf, type Sample, type ServerState, type State} from './state.ts';

/** The state with the second that has just ended measured. */
export function secondPassed(state: State, at: number): State {
	const {lastSecond, clients, recent} = state;
	// Nobody has looked since: that is no second without work.
	if (state.watched && state.countedAt === lastSecond.countedAt) return state;
	const seconds = Math.max(0.001, (at - lastSecond.at) / 1000);
	const retries = clients.attempts - clients.sent;
	// Over all lives, so that a restart never looks like negative work.
	const cpuMs = Object.fromEntries(partsOf(state).map(({id}) => [id, totalOf(state.lives, id, 'cpuMs')]));
	const answered = Object.fromEntries(state.servers.map(({name, acked}) => [name, acked ?? 0]));
	// Counts are as old as the tick that brought them: time stood still between two ticks, not between two looks.
	// No load was there before all parts ran.
	const countedFrom = Math.max(lastSecond.countedAt, state.runningAt ?? lastSecond.countedAt);
	const countedSeconds = Math.max(0, state.countedAt - countedFrom) / 1000;
	const rate = (count: number) => (countedSeconds > 0 ? count / countedSeconds : 0);
	const servers = state.servers.map(server => measured(server, state, rate));
	const sample: Sample = {
		at,
		seconds: countedSeconds,
		acked: rate(clients.acked - lastSecond.acked),
		failed: clients.failed - lastSecond.failed,
		retries: retries - lastSecond.retries,
		byCause: since(clients.retriesByCause, lastSecond.byCause),
		...state.peaks,
		p50: quantileOf(recent.all, 0.5),
		p90: quantileOf(recent.all, 0.9),
		p99: quantileOf(recent.all, 0.99),
		bins: binsOf(recent.all),
		byServer: Object.fromEntries(servers.map(({name, perSecond}) => [name, perSecond ?? 0])),
	};
	const cpu = (id: string) => percent(cpuMs[id]!, lastSecond.cpuMs[id], seconds);
	return {
		...withRecentLatency(state, at),
		servers: servers.map(server => ({...server, cpuPercent: server.pid === undefined ? null : cpu(server.id)})),
		balancer: {...state.balancer, cpuPercent: state.balancer.pid === undefined ? null : cpu(state.balancer.id)},
		clients: {
			...clients,
			cpuPercent: clients.pid === undefined ? null : cpu(clients.id),
			generator: judged(clients.generator, at),
		},
		samples: [...state.samples, sample].slice(-keptSeconds),
		peaks: {inFlight: clients.inFlight, waiting: state.balancer.waiting, backlog: clients.backlog},
		recent: {all: [], byServer: {}},
		lastSecond: {
			at,
			countedAt: state.countedAt,
			acked: clients.acked,
			failed: clients.failed,
			retries,
			byCause: clients.retriesByCause,
			answered,
			cpuMs,
		},
	};
}

/** How much each count has grown. */
function since(now: Sample['byCause'], then: Sample['byCause']): Sample['byCause'] {
	const grown = noRetries();
	for (const cause of retryCauses) grown[cause] = now[cause] - then[cause];
	return grown;
}

/** A lag makes its second a saturated one. */
function judged({lagMs, ...generator}: GeneratorState, at: number): GeneratorState {
	if (lagMs <= saturatedLagMs) return {...generator, lagMs: 0};
	return {...generator, lagMs: 0, saturatedSeconds: generator.saturatedSeconds + 1, saturatedAt: at};
}

function measured(server: ServerState, {lastSecond, recent}: State, rate: (count: number) => number): ServerState {
	const {name, acked} = server;
	const perSecond = acked === null ? null : rate(acked - (lastSecond.answered[name] ?? 0));
	const counts = recent.byServer[name] ?? [];
	return {
		...server,
		perSecond,
		p50: quantileOf(counts, 0.5),
		p99: quantileOf(counts, 0.99),
		history: [...server.history, perSecond ?? 0].slice(-keptSeconds),
	};
}

/** Null: the part does not say. */
function percent(total: number, before: number | undefined, seconds: number): number | null {
	return before === undefined || total === 0 ? null : ((total - before) / (seconds * 1000)) * 100;
}
