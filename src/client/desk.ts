/** What a client is to its manager, and what the manager is to all its clients. */

import type {Now} from '../domain/clock.ts';
import type {Connect} from '../domain/plan.ts';
import type {Random} from '../domain/random.ts';
import type {Address} from './connection.ts';
import type {ClientEvents, Message} from './delivery.ts';
import type {KnownServers} from './known-servers.ts';

export type Client = {
	/** Messages under way, at most `depth`; those of them between two attempts. */
	readonly busy: number;
	readonly backingOff: number;
	/** It has a connection, or will soon. */
	readonly isConnected: boolean;
	/** Begins a message; only while fewer than `depth` are under way. */
	send(message: Message, plannedAt: number, at: number): void;
	/** Tells which lines are about to leave. `write` must follow. */
	announce(): void;
	/** Writes all that was announced, at once. */
	write(): void;
	/** A message's timer has come: its ACK is overdue, or its backoff over. */
	onTimer(owner: number, at: number): void;
	/** Gives up what is under way (cause `closed`) and closes the connection. May be called twice. */
	close(): void;
};

/** `depth`: messages under way at once; 1 where each has its own connection. */
type ClientSettings = {to: Address; connect: Connect; depth: number; ackTimeoutMs: number; retries: number};

/** What all clients share: settings, time, chance, a timer for each message under way, and who hears of them. */
export type Desk = {
	settings: ClientSettings;
	now: Now;
	/** When what is being read came: looked up once a read, for it may hold hundreds of answers. */
	readAt: Now;
	random: Random;
	timer: {set(owner: number, at: number): void; clear(owner: number): void};
	servers: KnownServers;
	events: ClientEvents;
	/** The client has lines to write: it will be asked to announce, then to write. Said once for all of them. */
	onReady(client: Client): void;
	/** One more message may be begun. */
	onIdle(client: Client): void;
	/** Its connection is open: what waited for it can leave. */
	onOpen(): void;
	/** A line came that is neither ACK nor NAK. */
	onGarbage(bytes: string): void;
	/** What came has been read to its end: who became idle by it may begin anew. */
	onReadEnd(): void;
};
