/** What a load balancer is told before it starts, and the bounds it keeps by itself. */

import type {Mode} from '../domain/plan.ts';

/** A server to balance over. `name` is what the log and the screen call it; names are unique. */
export type ServerAddress = {name: string; host: string; port: number; weight: number};

/**
 * When a server counts as well. A check is a connection, a `PING` and any line back within `timeoutMs`. `rise` checks
 * in a row that went well bring a server back, `fall` that did not take it out; `interMs` lies between two checks,
 * `fastInterMs` while the server is between two states or was just lost.
 */
export type HealthSettings = {interMs: number; fastInterMs: number; timeoutMs: number; rise: number; fall: number};

export type BalancerSettings = {
	host: string;
	/** 0 takes a free one. */
	port: number;
	mode: Mode;
	/** A row of `algorithms/index.ts`. */
	algorithm: string;
	servers: ServerAddress[];
	/** The longest line accepted from a client, in bytes, its end not counted. */
	maxLineBytes: number;
	seed: number;
	health: HealthSettings;
	limits: Limits;
};

/** Bounds of memory and time, each with a client or a server in mind that does not behave. */
export type Limits = {
	/** A client with this much unanswered is not read from until half of it is answered. */
	framesPerClient: number;
	messagesPerClient: number;
	requestBytesPerClient: number;
	/** The same over all clients together: what may wait for servers in this process. */
	requestBytes: number;
	/** A peer with this many bytes that it does not take gets no more until it takes them: their source is not read from. */
	unsentBytes: number;
	/** A client that takes nothing for so long is cut off. */
	stallMs: number;
	/** How long a connection to a server may take to be made. */
	connectMs: number;
	/** A client that neither says nor is owed anything for so long is closed. */
	idleMs: number;
	/** A message a server has not answered after so long is given up: `NAK … unavailable`. */
	answerMs: number;
	/** How often a message is taken to another server before it is given up. */
	redeliveries: number;
	/** How long a stop waits for what is under way. */
	stopMs: number;
};

export const defaultHealth: HealthSettings = {interMs: 500, fastInterMs: 200, timeoutMs: 500, rise: 2, fall: 3};

export const defaultLimits: Limits = {
	framesPerClient: 1024,
	messagesPerClient: 8192,
	requestBytesPerClient: 1024 * 1024,
	requestBytes: 64 * 1024 * 1024,
	unsentBytes: 256 * 1024,
	stallMs: 30_000,
	connectMs: 2000,
	idleMs: 3_600_000,
	answerMs: 60_000,
	redeliveries: 3,
	stopMs: 3000,
};
