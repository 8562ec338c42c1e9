/** The summary of a run: one plain object, the same for `--json`, `--check`, `ctl status` and the closing words. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {CheckResult} from '../domain/check.ts';
import type {EngineName} from '../domain/engine.ts';
import type {Phase} from '../domain/event.ts';
import type {LatencySummary} from '../domain/latency.ts';
import type {Plan} from '../domain/plan.ts';
import {type ScenarioProgress, scenarioOk} from '../domain/scenario.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {type Administration, formatRoute, type ProcessStatus} from '../domain/status.ts';
import type {ClientCounts, LimitName} from '../domain/tick.ts';
import {version} from '../domain/version.ts';
import {ledgerOf} from '../state/ledger.ts';
import {recentMs, type State, wallOf} from '../state/state.ts';
import {type IncidentSummary, type Spreads, spreadsOf, summarizeIncidents} from './incident-summary.ts';

/**
 * PASS: nothing was lost and every check held. FAIL: a message was lost, or a check did not hold. UNKNOWN: neither can be
 * said, because the ledger is not exact or a check's value is not known.
 */
type Verdict = 'PASS' | 'FAIL' | 'UNKNOWN';

/** Unknown values are null. `lost` and `duplicates` are what the ledger says; `ledgerReasons` why it is unknown. */
export type Summary = ClientCounts & {
	version: string;
	plan: Plan;
	phase: Phase;
	startedAt: string;
	durationMs: number;
	lost: number | null;
	duplicates: number | null;
	ledger: 'exact' | 'unknown';
	ledgerReasons: string[];
	executed: number | null;
	gaveUp: number | null;
	gaveUpExecuted: number | null;
	ackedPerSecond: number;
	latencyMs: LatencySummary;
	uncorrectedLatencyMs: LatencySummary;
	last10s: {ackedPerSecond: number; latencyMs: LatencySummary};
	/** How well the client manager kept up: seconds in which its own loop came over 10 ms late, and the worst of it. */
	generator: {saturatedSeconds: number; worstLagMs: number};
	servers: ServerSummary[];
	balancer: BalancerSummary;
	/** The last ones, oldest first, and how their figures are spread over them. */
	incidents: IncidentSummary[];
	incidentSpreads: Spreads;
	/** What was written; `isWhole` false: at least so much, for a part was killed before it could say all. */
	log: {file: string; lines: number; bytes: number; dropped: number; isWhole: boolean};
	/** What the scenario came to, where one was played. */
	scenario?: ScenarioProgress;
	checks: CheckResult[];
	verdict: Verdict;
};

/** `amplification`: attempts ÷ messages, of what the balancer gave to servers; null before the first. */
type BalancerSummary = {
	address: string;
	engine: EngineName;
	algorithm: AlgorithmName;
	process: ProcessStatus;
	/** The unix socket where it answers HAProxy's runtime API. */
	statsSocket: string | null;
	restarts: number;
	accepted: number;
	nak: number;
	messages: number;
	attempts: number;
	amplification: number | null;
	hedged: number;
	/** null: it does not say. */
	struck: Record<LimitName, number> | null;
	/** `fast` or `public`; null: it has not said. */
	transport: string | null;
};

/** A server over the whole run; what only the server itself can say is null for one that is not ours. */
export type ServerSummary = {
	id: string;
	name: string;
	address: string;
	process: ProcessStatus;
	pid: number | null;
	route: string | null;
	weight: number;
	/** What people want of it: ready, drain or maint; null: it is not among the balancer's servers. */
	administration: Administration | null;
	acked: number | null;
	share: number | null;
	latencyMs: LatencySummary;
	forwarded: number;
	received: number | null;
	executed: number | null;
	connections: number;
	errors: number;
	redelivered: number;
	restarts: number;
	maxInFlight: number | null;
};

/** The summary of a state, with no check judged yet. */
export function summarize(state: State): Summary {
	const {clients, balancer, plan} = state;
	const ledger = ledgerOf(state);
	const incidents = summarizeIncidents(state);
	// What is under way at the end is waited for, and that is no time of the load's.
	const until = state.phase === 'running' ? state.now : state.countedAt;
	const runningMs = until - (state.runningAt ?? until);
	return {
		version,
		plan,
		phase: state.phase,
		startedAt: new Date(wallOf(state, state.startedAt)).toISOString(),
		durationMs: Math.round(state.now - state.startedAt),
		sent: clients.sent,
		attempts: clients.attempts,
		acked: clients.acked,
		failed: clients.failed,
		inFlight: clients.inFlight,
		retried: clients.retried,
		nak: clients.nak,
		late: clients.late,
		dropped: clients.dropped,
		lost: ledger.lost,
		duplicates: ledger.duplicates,
		ledger: ledger.status,
		ledgerReasons: ledger.reasons,
		executed: ledger.executed,
		gaveUp: ledger.gaveUp,
		gaveUpExecuted: ledger.gaveUpExecuted,
		ackedPerSecond: runningMs > 0 ? rounded((clients.acked * 1000) / runningMs) : 0,
		latencyMs: state.latency,
		uncorrectedLatencyMs: state.uncorrectedLatency,
		last10s: {ackedPerSecond: recentPerSecond(state), latencyMs: state.recentLatency},
		generator: {
			saturatedSeconds: clients.generator.saturatedSeconds,
			worstLagMs: clients.generator.worstLagMs,
		},
		servers: state.servers.map(server => ({
			id: server.id,
			name: server.name,
			address: formatAddress(server),
			process: server.process,
			pid: server.pid ?? null,
			route: server.route ? formatRoute(server.route) : null,
			weight: server.weight,
			administration: server.administration,
			acked: server.acked,
			share: server.share === null ? null : Math.round(server.share * 1e4) / 1e4,
			latencyMs: server.latency,
			forwarded: server.forwarded,
			...workOf(server, state),
			connections: server.connections,
			errors: server.errors,
			redelivered: server.redelivered,
			restarts: server.restarts,
			maxInFlight: server.maxInFlight,
		})),
		balancer: {
			address: formatAddress({host: plan.balancer.host, port: balancer.port}),
			engine: plan.balancer.engine,
			algorithm: balancer.algorithm,
			process: balancer.process,
			statsSocket: plan.balancer.statsSocket ?? null,
			restarts: balancer.restarts,
			accepted: balancer.accepted,
			nak: balancer.nak,
			messages: balancer.messages,
			attempts: balancer.attempts,
			amplification: balancer.messages === 0 ? null : Math.round((balancer.attempts / balancer.messages) * 1e4) / 1e4,
			hedged: balancer.hedged,
			struck: balancer.struck,
			transport: balancer.transport,
		},
		retriesByCause: clients.retriesByCause,
		incidents,
		incidentSpreads: spreadsOf(incidents),
		log: {
			file: plan.log.file,
			lines: state.log.written.lines,
			bytes: state.log.written.bytes,
			dropped: state.log.written.dropped,
			isWhole: state.log.written.isWhole,
		},
		...(state.scenario ? {scenario: state.scenario} : {}),
		checks: [],
		verdict: 'UNKNOWN',
	};
}

/** What a killed server did since its last tick is in no tick, but each execution is in the log. */
function workOf({name, received, executed}: State['servers'][number], {ledger}: State) {
	if (received === null || executed === null) return {received, executed};
	const untold = Math.max(0, (ledger.tick?.executedBy?.[name] ?? 0) - executed);
	return {received: received + untold, executed: executed + untold};
}

/** The summary with its checks judged. */
export function judge(summary: Summary, checks: CheckResult[]): Summary {
	return {...summary, checks, verdict: verdictOf(summary, checks)};
}

function verdictOf({lost, scenario}: Summary, checks: CheckResult[]): Verdict {
	const held = [...checks.map(({ok}) => ok), scenario ? scenarioOk(scenario) : true];
	if ((lost ?? 0) > 0 || held.includes(false)) return 'FAIL';
	return lost === null || held.includes(null) ? 'UNKNOWN' : 'PASS';
}

/** Clients count ten times a second. While the run goes on, one that says nothing for so long has no ACKs. */
const longestSilenceMs = 1000;

function recentPerSecond({samples, phase, now, countedAt}: State): number {
	const since = (samples.at(-1)?.at ?? 0) - recentMs + 500;
	const silentMs = phase === 'running' && now - countedAt > longestSilenceMs ? now - countedAt : 0;
	const recent = samples.filter(({at}) => at > since);
	const seconds = recent.reduce((sum, sample) => sum + sample.seconds, silentMs / 1000);
	return seconds === 0 ? 0 : rounded(recent.reduce((sum, sample) => sum + sample.acked * sample.seconds, 0) / seconds);
}

function rounded(value: number): number {
	return Math.round(value * 10) / 10;
}
