/** What is true of a run, as plain bounded data: the screen draws it, the summary is taken from it, tests give it. */

import type {CheckResult} from '../domain/check.ts';
import type {ActiveFault, Phase, Tone} from '../domain/event.ts';
import type {Latency, LatencySummary} from '../domain/latency.ts';
import type {LatencyBins} from '../domain/latency-bins.ts';
import type {PartId, Plan} from '../domain/plan.ts';
import type {Rate} from '../domain/rate.ts';
import type {ScenarioProgress} from '../domain/scenario.ts';
import type {Administration, Route} from '../domain/status.ts';
import type {BackendTick, BalancerTick, ClientCounts, LatencyCounts, LedgerTick, RetryCause} from '../domain/tick.ts';
import type {WatchedTick} from '../domain/watched.ts';
import type {Counters, Lives} from './counting.ts';
import type {Incidents} from './incident.ts';
import type {PartState} from './part-state.ts';

export type {PartState} from './part-state.ts';

/** Bounds of the lists below. */
export const keptSeconds = 600;
export const keptEvents = 500;
export const keptMarks = 100;
export const keptLogLines = 2000;

/** What "the last 10 s" is, in the summary and on the screen. */
export const recentMs = 10_000;

/** What an incident's p99 is measured against: the minute before it. */
export const baselineMs = 60_000;

/** A server: its process, its route, and what it carried over all its lives. Counts are messages (connections in connection mode). */
export type ServerState = PartState & {
	host: string;
	port: number;
	weight: number;
	maxconn?: number | undefined;
	/** What people want of it; null: it is not among the balancer's servers. */
	administration: Administration | null;
	/** null: the balancer has not said. */
	route: Route | null;
	routeCause: string;
	/** When the balancer last changed its route, monotonic ms; absent: not yet. */
	routeChangedAt?: number;
	/** What the balancer's checks say; null: the balancer has not said. */
	health: ServerHealth | null;
	forwarded: number;
	/** ACKs as the clients saw them, by the name in the ACK; null: no ACK bears its name, and whose the others are is not known. */
	acked: number | null;
	inFlight: number;
	maxInFlight: number | null;
	connections: number;
	/** Refused, reset or timed-out connections. */
	errors: number;
	redelivered: number;
	/** As the server itself says; null for one that is not ours. */
	received: number | null;
	executed: number | null;
	/** Answered messages in the last whole second; null: as `acked`. */
	perSecond: number | null;
	/** Part of all ACKs, 0–1; null before the first. */
	share: number | null;
	/** Latency of its ACKs in the whole run, from the planned time of sending. */
	latency: LatencySummary;
	/** The same, counted in bins. */
	bins: LatencyBins;
	/** The same in the last whole second. */
	p50: number | null;
	p99: number | null;
	/** perSecond of the last seconds, oldest first, at most {@link keptSeconds}. */
	history: number[];
};

/** The counts are over all of the balancer's lives; `weight` is the one in force: less than the server's own in a slow start. */
export type ServerHealth = Pick<BackendTick, 'check' | 'checkFailures' | 'downs' | 'downMs' | 'ejections' | 'weight'>;

/** The client manager: its process, and what it counts over all its lives. */
export type ClientsState = PartState &
	ClientCounts & {
		rate: Rate;
		/** When that rate was set; absent: with the start of load. */
		rateSetAt?: number;
		/** How well the client manager itself keeps up. */
		generator: GeneratorState;
		backlog: number;
		connectionsMade: number;
		connectedNow: number;
		backingOff: number;
	};

/** Times in ms. A second is saturated when the client manager's own loop came over 10 ms late in it. */
export type GeneratorState = {
	worstLagMs: number;
	saturatedSeconds: number;
	/** The worst lag in the second under way. */
	lagMs: number;
	/** The end of the last saturated second. */
	saturatedAt?: number;
};

/** What the balancer says of itself, its counts over all its lives; before it does, `algorithm` is as planned. */
type BalancerState = PartState &
	Pick<
		BalancerTick,
		('algorithm' | 'clientConnections' | 'accepted' | 'nak') | ('messages' | 'attempts' | 'hedged' | 'waiting')
	> & {
		port: number;
		/** null: it does not say. */
		struck: BalancerTick['struck'] | null;
		/** How it reaches TCP, `fast` or `public`; null: it has not said. */
		transport: string | null;
		/** By when its checks find a silent server, ms; null: it has not said. */
		checkBoundMs: number | null;
	};

/** One whole second of traffic. */
export type Sample = {
	at: number;
	/** Its rates are over so much time: that for which clients have counted. */
	seconds: number;
	acked: number;
	failed: number;
	retries: number;
	/** Attempts that came to nothing. */
	byCause: Record<RetryCause, number>;
	/** The most at once: messages in flight, those of them that waited in the balancer, and those due but not sent yet. */
	inFlight: number;
	waiting: number;
	backlog: number;
	p50: number | null;
	p90: number | null;
	p99: number | null;
	/** All latencies of the second. */
	bins: LatencyBins;
	byServer: Record<string, number>;
};

/** Something to mark on the charts' time line. */
type Mark = {at: number; text: string};

/** One line of the events pane. */
export type EventLine = {at: number; actor: string; text: string; tone: Tone};

/** What is known of log.txt. */
export type LogState = {
	file: string;
	/** The last lines read back from the file, oldest first. `total` counts those ever read (kept or not). */
	lines: string[];
	total: number;
	bytes: number;
	/** Bytes passed over because the file grew faster than anyone could read. */
	skippedBytes: number;
	/** As the writers say; `isWhole`: none of them was killed, with what it had written since it last said so. */
	written: {lines: number; bytes: number; dropped: number; isWhole: boolean; error?: string};
};

/** What is known of the ledger: the auditor's last word, said `at` (monotonic ms); absent before its first. */
type LedgerState = {tick?: LedgerTick; at?: number};

/** All that is true of a run. */
export type State = {
	plan: Plan;
	phase: Phase;
	pid: number;
	socket?: string;
	/** Monotonic ms, and the wall clock at that moment. */
	startedAt: number;
	startedWallMs: number;
	/** When all parts were ready and load began. */
	runningAt?: number;
	/** The latest event's time. */
	now: number;
	servers: ServerState[];
	balancer: BalancerState;
	clients: ClientsState;
	/** Whole run; latency from the planned time of sending, and from the real one. */
	latency: LatencySummary;
	uncorrectedLatency: LatencySummary;
	/** Latency of the last {@link recentMs}. */
	recentLatency: LatencySummary;
	samples: Sample[];
	marks: Mark[];
	/** In force now, the oldest first; `at` is when each began. */
	faults: (ActiveFault & {at: number})[];
	events: EventLine[];
	/** The last command as one could type it, or why it was refused. */
	echo?: {at: number; text: string; refused: boolean};
	log: LogState;
	/** The checks as they stand. */
	checks: CheckResult[];
	/** How far the scenario is, where one is played. */
	scenario?: ScenarioProgress;
	ledger: LedgerState;
	/** The last look at a balancer that runs elsewhere; absent: the run is a lab. */
	watched?: WatchedTick;
	incidents: Incidents;
	/** Counters of each part over its lives; the totals above are made of them. */
	lives: Lives;
	/** The whole run's latencies. The one thing in here that grows in place: bounded histograms, copied nowhere. */
	histograms: {all: Latency; uncorrected: Latency; recent: Latency; byServer: Record<string, Latency>};
	/** The most at once since the last whole second. */
	peaks: Pick<Sample, 'inFlight' | 'waiting' | 'backlog'>;
	/** Latencies by server since the last whole second. */
	recent: {all: LatencyCounts; byServer: Record<string, LatencyCounts>};
	/** What was counted in the last {@link baselineMs}, oldest first. */
	recentCounts: {at: number; counts: LatencyCounts}[];
	/** When the client manager counted what is known of it. */
	countedAt: number;
	/** Totals at the last whole second, for rates; `countedAt` is what it was then. */
	lastSecond: {
		at: number;
		countedAt: number;
		acked: number;
		failed: number;
		retries: number;
		byCause: Record<RetryCause, number>;
		answered: Counters;
		cpuMs: Counters;
	};
};

/** Every part of the run, servers first. The clients of a balancer that runs elsewhere are nobody's part. */
export function partsOf(state: State): PartState[] {
	return state.watched ? [...state.servers, state.balancer] : [...state.servers, state.balancer, state.clients];
}

/** The part with this id, or undefined. */
export function partOf(state: State, id: PartId): PartState | undefined {
	return partsOf(state).find(part => part.id === id);
}

/** The wall-clock moment of a monotonic one, as of the run's start. */
export function wallOf(state: State, at: number): number {
	return state.startedWallMs + (at - state.startedAt);
}
