/**
 * One client: connects, sends a message, waits for its ACK, tries again under the same ID after full-jitter backoff,
 * and gives up after so many attempts. One message at a time.
 */

import {backoffMs} from '../domain/backoff.ts';
import type {Now} from '../domain/clock.ts';
import {formatRequest} from '../domain/message.ts';
import type {Connect} from '../domain/plan.ts';
import type {Random} from '../domain/random.ts';
import {type Address, type Connection, type ConnectionListener, openConnection} from './connection.ts';
import type {ClientEvents, Delivery, Message, Setback} from './delivery.ts';
import type {KnownServer, KnownServers} from './known-servers.ts';
import {firstWord, isFinal, readReply, serverOfAck} from './reply.ts';

/**
 * `idle`: nothing under way. `ready`: connected, its line leaves now. `backing-off`: between two
 * attempts; on a connection that was kept a late ACK still counts.
 */
export type ClientState = 'idle' | 'connecting' | 'ready' | 'waiting' | 'backing-off';

export type Client = {
	readonly state: ClientState;
	/** Begins a message; only when idle. */
	send(message: Message, plannedAt: number, at: number): void;
	/** Tells that its line is about to leave; false when there is none to write any more. `write` must follow. */
	announce(): boolean;
	write(): void;
	/** Its timer has come: an ACK is overdue, or a backoff over. */
	onTimer(at: number): void;
	/** Gives up what is under way (cause `closed`) and closes the connection. May be called twice. */
	close(): void;
};

export type ClientSettings = {to: Address; connect: Connect; ackTimeoutMs: number; retries: number};

/** What all clients share: settings, time, chance, one timer each, and who hears of them. */
export type Desk = {
	settings: ClientSettings;
	now: Now;
	random: Random;
	timer: {set(owner: number, at: number): void; clear(owner: number): void};
	servers: KnownServers;
	events: ClientEvents;
	/** The client has a line to write: it will be asked to announce, then to write. */
	onReady(client: Client): void;
	/** The client is idle again. */
	onIdle(client: Client): void;
	/** What came has been read to its end: who became idle by it may begin anew. */
	onReadEnd(): void;
};

/** Waits between attempts: at most 200 ms, 400 ms, … 2 s. */
const retryBackoff = {baseMs: 200, capMs: 2000};
/** A connection that has said so many lines of nonsense is closed. */
const mostGarbage = 100;
/** On a kept connection: after so many lines without an answer, a new connection is tried. */
const mostUnanswered = 2;

const noMessage: Message = {text: '', logText: '', encoding: 'latin1'};

/** `number` names it (`client-7`, `c7-1`), `owner` is its timer's. */
export function createClient(number: number, owner: number, desk: Desk): Client {
	const {settings, events, timer} = desk;
	const keepsConnection = settings.connect === 'persistent';
	const delivery: Delivery = {
		by: `client-${number}`,
		id: '',
		message: noMessage,
		plannedAt: 0,
		startedAt: 0,
		attempt: 0,
	};
	let state: ClientState = 'idle';
	let sequence = 0;
	let connection: Connection | undefined;
	let connectStartedAt = 0;

	const begin = (at: number) => {
		delivery.attempt++;
		timer.set(owner, at + settings.ackTimeoutMs);
		events.began(delivery);
		if (connection) return getReady();
		state = 'connecting';
		connectStartedAt = at;
		connection = openConnection(settings.to, listener);
	};

	const getReady = () => {
		state = 'ready';
		desk.onReady(client);
	};

	const listener: ConnectionListener = {
		onOpen: () => {
			events.connected(delivery.by, desk.now() - connectStartedAt);
			getReady();
		},
		onLine: (from, bytes) => {
			const serverBytes = isAwaiting() ? serverOfAck(bytes, delivery.id) : undefined;
			if (serverBytes === undefined) return onOtherLine(from, bytes);
			answered(from);
			onAck(desk.servers.named(serverBytes));
		},
		onReadEnd: desk.onReadEnd,
		onLost: (from, setback) => {
			forget(from);
			if (state !== 'idle' && state !== 'backing-off') tryAgain(setback);
		},
	};

	const isAwaiting = () => state === 'waiting' || (state === 'backing-off' && connection !== undefined);

	const onOtherLine = (from: Connection, bytes: string) => {
		const reply = readReply(bytes, delivery.id);
		if (reply.type === 'garbage') {
			if (++from.garbage < mostGarbage) return;
			from.close();
			return listener.onLost(from, {cause: 'closed', detail: 'garbage'});
		}
		answered(from);
		if (reply.type === 'stray' || !isAwaiting()) return;
		from.isPlain ||= reply.isPlain;
		if (reply.type === 'ack') onAck(desk.servers.named(reply.serverBytes));
		else onNak(firstWord(reply.reason));
	};

	const onAck = (server: KnownServer) => {
		events.acked(delivery, server, desk.now());
		// Without IDs a late answer to this message would pass for the next one's.
		if (!keepsConnection || (connection!.isPlain && connection!.unanswered > 0)) hangUp();
		finish();
	};

	const onNak = (reason: string) => {
		events.nakReceived(delivery);
		const setback: Setback = {cause: 'nak', detail: reason};
		if (isFinal(reason)) giveUp(setback);
		else if (state === 'waiting') tryAgain(setback);
	};

	const onOverdue = () => {
		if (!keepsConnection || !connection!.isOpen || connection!.isPlain || connection!.unanswered >= mostUnanswered)
			hangUp();
		tryAgain({cause: 'timeout', detail: ''});
	};

	const tryAgain = (setback: Setback) => {
		if (delivery.attempt > settings.retries) return giveUp(setback);
		if (!keepsConnection) hangUp();
		const waitMs = backoffMs(retryBackoff, delivery.attempt - 1, desk.random);
		state = 'backing-off';
		timer.set(owner, desk.now() + waitMs);
		events.retrying(delivery, setback, waitMs);
	};

	const giveUp = (setback: Setback) => {
		events.failed(delivery, setback);
		hangUp();
		finish();
	};

	const finish = () => {
		timer.clear(owner);
		state = 'idle';
		desk.onIdle(client);
	};

	const hangUp = () => {
		if (!connection) return;
		connection.close();
		forget(connection);
	};

	/** While connecting it was not open yet: whoever counts open connections has not heard of it. */
	const forget = (old: Connection) => {
		if (connection !== old) return;
		connection = undefined;
		if (state !== 'connecting') events.disconnected(delivery.by);
	};

	const client: Client = {
		get state() {
			return state;
		},
		send: (message, plannedAt, at) => {
			delivery.id = `c${number}-${++sequence}`;
			delivery.message = message;
			delivery.plannedAt = plannedAt;
			delivery.startedAt = at;
			delivery.attempt = 0;
			begin(at);
		},
		announce: () => {
			if (state !== 'ready') return false;
			state = 'waiting';
			events.sent(delivery);
			return true;
		},
		write: () => {
			const {id, message} = delivery;
			connection!.write(`${formatRequest(id, message.text)}\n`, message.encoding);
		},
		onTimer: at => (state === 'backing-off' ? begin(at) : onOverdue()),
		close: () => {
			if (state !== 'idle') giveUp({cause: 'closed', detail: ''});
			hangUp();
		},
	};
	return client;
}

/** A server may also answer twice. */
function answered(connection: Connection) {
	if (connection.unanswered > 0) connection.unanswered--;
}
