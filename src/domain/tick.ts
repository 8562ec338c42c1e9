/**
 * What a busy part counts and sends ten times a second, instead of an event per message. Counters are totals since
 * the part started, so a lost tick loses nothing; gauges are as they stand; histograms are what came since the last.
 */

import type {AlgorithmName} from './algorithm.ts';
import type {Route} from './status.ts';

/** Latencies counted by value: pairs of [microseconds, count], as an HDR histogram with 3 significant digits holds them. */
export type LatencyCounts = [microseconds: number, count: number][];

/** Why an attempt got no ACK. */
export type RetryCause = (typeof retryCauses)[number];
export const retryCauses = ['timeout', 'refused', 'reset', 'nak', 'closed'] as const;

/** No attempt came to nothing yet. */
export function noRetries(): Record<RetryCause, number> {
	return {timeout: 0, refused: 0, reset: 0, nak: 0, closed: 0};
}

/** A server, of itself. `executed` leaves out messages answered again from the window of known IDs. */
export type ServerTick = {
	type: 'server-tick';
	received: number;
	acked: number;
	nak: number;
	executed: number;
	repeated: number;
	connections: number;
	accepted: number;
	inFlight: number;
	maxInFlight: number;
	/** CPU used since start, ms; resident memory, bytes. */
	cpuMs: number;
	rssBytes: number;
};

/** One server as the balancer sees it; connection mode counts connections where message mode counts messages. */
export type BackendTick = {
	name: string;
	forwarded: number;
	answered: number;
	inFlight: number;
	connections: number;
	/** Connections that were refused, reset or timed out. */
	errors: number;
	/** Messages taken from this server, when its connection broke, and sent to another. */
	redelivered: number;
	/** Messages it was given and did not answer: its connection broke, or their time was over. */
	unanswered: number;
	/** As people set it, and what algorithms go by: less while the server starts slowly. */
	userWeight: number;
	weight: number;
	/** null: not checked yet. */
	check: LastCheck | null;
	/** Checks that failed while it was up, and times it went down: HAProxy's `chkfail` and `chkdown`. */
	checkFailures: number;
	downs: number;
	/** Times it was ejected as an outlier. */
	ejections: number;
	/** Milliseconds down or in maintenance, in all. */
	downMs: number;
	/** Monotonic ms: since when its route is what it is. */
	changedAt: number;
};

/**
 * What a check found, in HAProxy's words: `L4` is the connection, `L7` what was said over it; `CON` refused, `TOUT` timed
 * out, `RSP` answered otherwise; `SOCKERR`: it could not be made for want of something on our side; `HANA`: no check, but
 * errors in use.
 */
export type CheckStatus = (typeof checkStatuses)[number];
export const checkStatuses = ['L4OK', 'L4CON', 'L4TOUT', 'L7OK', 'L7TOUT', 'L7RSP', 'SOCKERR', 'HANA'] as const;

/** `text`: in a few words, for people. */
export type LastCheck = {status: CheckStatus; ms: number; text: string};

/** The balancer's limits and time-outs, by the options that set them; `memory` is the process's own. */
export type LimitName = (typeof limitNames)[number];
export const limitNames = [
	'maxconn',
	'source-maxconn',
	'maxqueue',
	'queue-timeout',
	'breaker',
	'retry-budget',
	'memory',
	'connect-timeout',
	'first-byte-timeout',
	'idle-timeout',
	'stall-timeout',
	'answer-timeout',
	'try-timeout',
	'client-timeout',
	'server-timeout',
	'half-close-timeout',
	'accept-proxy',
	'proxy-timeout',
	'tls-cert',
	'handshake-timeout',
] as const;

/** No limit has struck yet. */
export function noStrikes(): Record<LimitName, number> {
	return Object.fromEntries(limitNames.map(name => [name, 0])) as Record<LimitName, number>;
}

/** The balancer, of itself and of each server. */
export type BalancerTick = {
	type: 'balancer-tick';
	/** In use now. */
	algorithm: AlgorithmName;
	backends: BackendTick[];
	clientConnections: number;
	accepted: number;
	nak: number;
	/** Messages (connections in connection mode) given to a server, and how often: more when some were given again. */
	messages: number;
	attempts: number;
	/** Attempts that asked a second server while the first might still answer. */
	hedged: number;
	/** What waits for a server that has room. */
	waiting: number;
	/** How often each limit struck. */
	struck: Record<LimitName, number>;
	/** When answers came to messages that were sent again (monotonic ms, see moments.ts); absent: there were none. */
	redeliveredAt?: number[];
	cpuMs: number;
	rssBytes: number;
};

/** What a balancer of another make says of itself: what it does not say is null. */
export type ForeignBalancerTick = Omit<BalancerTick, 'backends' | 'struck' | 'cpuMs' | 'rssBytes'> & {
	backends: ForeignBackendTick[];
	struck: null;
	cpuMs: number | null;
	rssBytes: number | null;
};

/** It knows connections: whether there were answers in them it does not. */
export type ForeignBackendTick = Omit<BackendTick, 'answered' | 'unanswered'> & {answered: null; unanswered: null};

/** What becomes of the clients' messages. Law: `sent = acked + failed + inFlight`. */
export type ClientCounts = {
	sent: number;
	attempts: number;
	acked: number;
	failed: number;
	inFlight: number;
	/** Messages that needed more than one attempt. */
	retried: number;
	/** NAKs received. */
	nak: number;
	retriesByCause: Record<RetryCause, number>;
	/** Messages first sent later than {@link lateMs} after they were due. */
	late: number;
	/** Messages that were due and never sent: too many waited already, or they still waited at the end. */
	dropped: number;
};

/** A message sent so much later than planned is `late`: no timer of a healthy client manager errs by that. */
export const lateMs = 10;

/** A client manager whose own loop comes so much late is saturated: what it measures then is itself. */
export const saturatedLagMs = 10;

/** The client manager. */
export type ClientsTick = ClientCounts & {
	type: 'clients-tick';
	connectionsMade: number;
	connectedNow: number;
	backingOff: number;
	/** ACKs by the server that the ACK names. */
	ackedBy: Record<string, number>;
	/** From the planned time of sending; per server under `byServer`; from the real time under `uncorrected`. */
	latency?: {all: LatencyCounts; uncorrected: LatencyCounts; byServer: Record<string, LatencyCounts>};
	/** Sends that were due and not yet made. */
	backlog: number;
	/** When attempts came to nothing, and when ACKs came to messages that had been tried before; absent: there were none. */
	errorsAt?: number[];
	retriedAcksAt?: number[];
	/** The most that the client manager's own loop came late since the last tick, ms. */
	loopLagMs: number;
	cpuMs: number;
	rssBytes: number;
};

/**
 * How the account of the run stands, by the log; messages, as totals over all lives. What is not in `unknown` (reasons,
 * in sentences) is exact; `isWhole`: nothing more will come. `lagMs`: everything older was read.
 */
export type LedgerTick = {
	type: 'ledger-tick';
	sent: number;
	acked: number;
	executed: number;
	lost: number;
	doubles: number;
	gaveUp: number;
	gaveUpExecuted: number;
	/** Executions by the name of their server. */
	executedBy?: Record<string, number>;
	unknown: string[];
	lagMs: number;
	isWhole: boolean;
	cpuMs: number;
	rssBytes: number;
};

/** What a writer of log.txt could not write. Totals since it started. */
export type LogTick = {type: 'log-tick'; lines: number; bytes: number; dropped: number; error?: string};

/** What a log that is not open yet has to say. */
export const noLogTick: LogTick = {type: 'log-tick', lines: 0, bytes: 0, dropped: 0};

/** What busy parts and the writers of log.txt count. */
export type Tick = ServerTick | BalancerTick | ForeignBalancerTick | ClientsTick | LedgerTick | LogTick;

/** A change of a server's standing with the balancer, with its cause and what the last check found, if there was one. */
export type RouteChanged = {
	type: 'route-changed';
	server: string;
	from: Route;
	to: Route;
	cause: string;
	check?: LastCheck;
};
