/** What a load balancer is told before it starts, and the bounds it keeps by itself. */

import type {AlgorithmName, HashKey} from '../domain/algorithm.ts';
import type {Mode, OnMarkedDown, PlainServer, ProxyVersion} from '../domain/plan.ts';
import type {HealthSettings} from './health-settings.ts';
import type {RetryBudgetSettings} from './retry-budget.ts';
import type {TransportName} from './transports.ts';

/** The balancer's name in NAKs of its own. */
export const ourName = 'Load Balancer';

/**
 * A server to balance over. `name` is what the log and the screen call it; names are unique. `maxconn`: how many messages
 * (connections in connection mode) it may have at once; absent: as many as the limits say for all.
 */
export type ServerAddress = {name: string; host: string; port: number; weight: number; maxconn?: number};

/** All that it is told. */
export type BalancerSettings = {
	host: string;
	/** 0 takes a free one. */
	port: number;
	mode: Mode;
	algorithm: AlgorithmName;
	hashKey: HashKey;
	servers: ServerAddress[];
	/** The longest line accepted from a client, in bytes, its end not counted. */
	maxLineBytes: number;
	seed: number;
	/** How it reaches TCP: see `transports.ts`. */
	transport: TransportName | 'auto';
	health: HealthSettings;
	limits: Limits;
	sessions: SessionSettings;
	front: FrontSettings;
};

/**
 * Connection mode. `onMarkedDown`: what becomes of a server's connections when it goes DOWN. `sendProxy`: servers are
 * told where each client comes from, by a header of this version before its first byte.
 */
export type SessionSettings = {onMarkedDown: OnMarkedDown; sendProxy?: ProxyVersion};

/** How clients reach the balancer: behind a PROXY header that names them, over TLS, or plainly. */
export type FrontSettings = {acceptProxy: boolean; tls?: TlsFiles};

/** PEM files: the certificate with those it was signed by, and its key. */
export type TlsFiles = {certificate: string; key: string};

/** Bounds of memory and time, each with a client or a server in mind that does not behave. 0 of a maximum: no bound. */
export type Limits = {
	/** Clients connected at once, and those from one address. */
	maxConnections: number;
	maxConnectionsPerSource: number;
	/** Messages (connections in connection mode) a server may have at once, unless its own `maxconn` says otherwise. */
	serverMaxconn: number;
	/** What may wait for a server that has room: so many, so long. Then `NAK … busy`. */
	maxQueue: number;
	queueMs: number;
	/** A client with this much unanswered is not read from until half of it is answered. */
	framesPerClient: number;
	messagesPerClient: number;
	requestBytesPerClient: number;
	/** The same over all clients together: what may wait for servers in this process. */
	requestBytes: number;
	/** Past so much, what comes is refused: `NAK … busy`. With little memory both are less. */
	refusedRequestBytes: number;
	/** A peer with this many bytes that it does not take gets no more until it takes them: their source is not read from. */
	unsentBytes: number;
	/** A client that takes nothing for so long is cut off. */
	stallMs: number;
	/** How long a connection to a server may take to be made. */
	connectMs: number;
	/** A client that has said nothing at all for so long is closed. */
	firstByteMs: number;
	/** A client that neither says nor is owed anything for so long is closed. */
	idleMs: number;
	/** A message a server has not answered after so long is given up: `NAK … unavailable`. */
	answerMs: number;
	/** After so long it is taken to another server instead, where there is one; 0: never. */
	tryMs: number;
	/** After so long another server is asked too, and the first answer counts; 0: never. */
	hedgeMs: number;
	/** How often a message is taken to another server before it is given up. */
	redeliveries: number;
	retryBudget: RetryBudgetSettings;
	breaker: BreakerSettings;
	plainServer: PlainServer;
	/** Connection mode: a client, or a server, that neither says nor takes anything for so long; 0: never. */
	clientMs: number;
	serverMs: number;
	/** The same for each of them, once the other has said its last. */
	halfCloseMs: number;
	/** How long a client may take to say its PROXY header, and for its TLS handshake. */
	proxyMs: number;
	handshakeMs: number;
	/** How long a stop waits for what is under way. */
	stopMs: number;
};

/**
 * When a server gets no more, in Envoy's words (`circuit_breakers`), for each server. `connections` and `pending` are of
 * servers that take one message at a time; `requests` are unanswered messages, `retries` those of them sent again.
 */
export type BreakerSettings = {connections: number; pending: number; requests: number; retries: number};

/** Milliseconds between two looks at what has waited too long: short times are to be kept as truly as long ones. */
export function sweepEvery({stallMs, firstByteMs, idleMs, answerMs}: Limits): number {
	return Math.min(1000, Math.max(20, Math.min(stallMs, firstByteMs, idleMs, answerMs) / 20));
}
