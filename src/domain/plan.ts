/** A whole run as plain data: what is started, how it is loaded, where it is written. Checked once, at the door. */

import type {AlgorithmName} from './algorithm.ts';
import type {Distribution} from './distribution.ts';
import type {EngineName} from './engine.ts';
import type {Rate} from './rate.ts';

/** What is balanced: each message, or each client's connection as a whole, whatever its bytes mean. */
export type Mode = 'message' | 'connection';
/** A connection for each message, or one that a client keeps. */
export type Connect = 'per-message' | 'persistent';
/** How messages lie on the load: evenly, by chance, or one when the last was answered. */
export type Arrivals = 'constant' | 'poisson' | 'closed';
/** Whose messages are written down: of all parts, of the clients alone, of nobody. */
export type LogDetail = 'all' | 'clients' | 'off';

/** What becomes of a server's connections when it is found to be DOWN: they end by themselves, or are shut down. */
export type OnMarkedDown = 'none' | 'shutdown-sessions';

/** The PROXY protocol as text or in bytes. */
export type ProxyVersion = 'v1' | 'v2';

/**
 * How a server that does not speak the trunk is spoken to: by IDs, in order, one message at a time on each of many
 * connections, or by IDs as soon as it has shown that it echoes them.
 */
export type PlainServer = 'auto' | 'id' | 'ordered' | 'single';

/**
 * One server of the run. `own`: lbtop's own server; `command`: the user's program, `{port}` in it is replaced;
 * `external`: runs elsewhere, never started or signalled by us.
 */
export type ServerPlan = {
	name: string;
	kind: 'own' | 'command' | 'external';
	host: string;
	port: number;
	weight: number;
	/** Messages (connections in connection mode) it may have at once; absent: as the balancer's settings say. */
	maxconn?: number;
	command?: string;
};

/**
 * How lbtop's own servers work: time per message (ms), messages worked on at once (0 = no limit). Here and below,
 * `settings` are further ones as the part's command line takes them: lbtop itself has no use for them.
 */
type ServicePlan = {time: Distribution; concurrency: number; settings: string[]};

/** `statsSocket`: the path where it answers HAProxy's runtime API. */
type BalancerPlan = {
	engine: EngineName;
	host: string;
	port: number;
	mode: Mode;
	algorithm: AlgorithmName;
	statsSocket?: string;
	settings: string[];
};

/** The client manager and its load. */
export type ClientsPlan = {
	count: number;
	rate: Rate;
	arrivals: Arrivals;
	connect: Connect;
	/** Messages that a client may have in flight at once; 1 where each has its own connection. */
	depth: number;
	/** Texts to send in turn; empty means the built-in mix of kinds. */
	messages: string[];
	ackTimeoutMs: number;
	/** Attempts after the first. */
	retries: number;
	settings: string[];
};

/** Where it is written, and how it is rotated: `keep` files beside the one that grows. */
export type LogPlan = {file: string; detail: LogDetail; maxSizeBytes: number; keep: number};

/** `forMs` absent: until someone ends it. `seed` makes every draw of chance repeatable. */
export type Plan = {
	servers: ServerPlan[];
	service: ServicePlan;
	balancer: BalancerPlan;
	clients: ClientsPlan;
	log: LogPlan;
	seed: number;
	forMs?: number;
	warmupMs: number;
	/** Names this run among all: message IDs are the same in each. */
	run: string;
	checks: string[];
};

/** The name of a part within a run: `server-1`, `balancer`, `clients`. Identity everywhere, never a row number. */
export type PartId = string;

export const balancerId: PartId = 'balancer';
export const clientsId: PartId = 'clients';

export const auditId: PartId = 'log-audit';

/** Each server is a row of the screen, and often a process. */
export const mostServers = 64;

/** The part that is the nth server (from 0). */
export function serverId(index: number): PartId {
	return `server-${index + 1}`;
}
