/**
 * One client: connects, sends messages, waits for their ACKs, tries each again under its own ID after full-jitter
 * backoff, and gives it up after so many attempts. On a kept connection several messages may be under way.
 */

import {backoffMs} from '../domain/backoff.ts';
import {type Connection, type ConnectionListener, openConnection} from './connection.ts';
import type {Delivery, Message, Setback} from './delivery.ts';
import type {Client, Desk} from './desk.ts';
import {createLineBatch} from './line-batch.ts';
import {firstWord, isFinal, type Reply, readReply, sequenceOf, sequenceOfAck, serverOfAck} from './reply.ts';
import {createUnderWay} from './under-way.ts';

/** Waits between attempts: at most 200 ms, 400 ms, … 2 s. */
const retryBackoff = {baseMs: 200, capMs: 2000};
/** A connection that has said so many lines of nonsense is closed. */
const mostGarbage = 100;
/** A kept connection that owes answers and gives none is replaced after so many ACK time-outs. */
const longestSilence = 1.5;

const noMessage: Message = {text: '', logText: '', encoding: 'latin1'};
const orphaned: Setback = {cause: 'closed', detail: 'by-client'};

/** `number` names it (`client-7`, `c7-1`); its timers' owners are `firstOwner` and the `depth - 1` after it. */
export function createClient(number: number, firstOwner: number, desk: Desk): Client {
	const {settings, events, timer} = desk;
	const keepsConnection = settings.connect === 'persistent';
	const name = `c${number}-`;
	const idPrefix = `#${name}`;
	const by = `client-${number}`;
	const all: Delivery[] = [];
	const idle: Delivery[] = [];
	const underWay = createUnderWay(settings.depth);
	let ready: Delivery[] = [];
	const batch = createLineBatch();
	let sequence = 0;
	let backingOff = 0;
	let connection: Connection | undefined;
	let connectStartedAt = 0;

	const newDelivery = (): Delivery => {
		const owner = firstOwner + all.length;
		const times = {plannedAt: 0, startedAt: 0};
		const delivery: Delivery = {
			by,
			owner,
			place: -1,
			state: 'idle',
			sequence: 0,
			id: '',
			message: noMessage,
			...times,
			attempt: 0,
		};
		all.push(delivery);
		return delivery;
	};

	const begin = (delivery: Delivery, at: number) => {
		delivery.attempt++;
		timer.set(delivery.owner, at + settings.ackTimeoutMs);
		events.began(delivery);
		if (connection?.isOpen) return getReady(delivery);
		delivery.state = 'connecting';
		if (connection) return;
		connectStartedAt = at;
		connection = openConnection(settings.to, listener);
	};

	const getReady = (delivery: Delivery) => {
		delivery.state = 'ready';
		if (ready.push(delivery) === 1) desk.onReady(client);
	};

	const listener: ConnectionListener = {
		onOpen: () => {
			events.connected(by, desk.now() - connectStartedAt);
			for (const delivery of underWay) if (delivery.state === 'connecting') getReady(delivery);
			desk.onOpen();
		},
		onLine: (from, bytes) => {
			const acked = sequenceOfAck(bytes, idPrefix);
			if (acked < 0) return onOtherLine(from, bytes);
			hear(from);
			from.places.forget();
			const delivery = underWay.find(acked);
			if (delivery && isAwaiting(delivery)) onAck(delivery, serverOfAck(bytes));
		},
		onReadEnd: desk.onReadEnd,
		onLost: (from, setback) => {
			if (from === connection) lose(setback);
		},
	};

	const isAwaiting = ({state}: Delivery) => state === 'waiting' || state === 'backing-off';

	/** It has answered: whatever else it owes, it owes from now. */
	const hear = (from: Connection) => {
		if (underWay.size > 0) from.silentSince = desk.readAt();
	};

	const onOtherLine = (from: Connection, bytes: string) => {
		const reply = readReply(bytes);
		if (reply.type === 'garbage') return onGarbage(from, bytes);
		hear(from);
		if (reply.id === undefined) return onPlainReply(from, reply);
		from.places.forget();
		onReply(sequenceOf(reply.id, name), reply);
	};

	const onGarbage = (from: Connection, bytes: string) => {
		desk.onGarbage(bytes);
		if (++from.garbage < mostGarbage) return;
		lose({cause: 'closed', detail: 'garbage'});
	};

	const onPlainReply = (from: Connection, reply: Reply) => {
		const place = from.places.take();
		if (place.type === 'nobody') return;
		if (place.type === 'unknown') return lose({cause: 'closed', detail: 'no-ids'});
		onReply(place.sequence, reply);
		if (place.isLast && from === connection) lose(orphaned);
	};

	/** To a message that is not under way any more it is nothing: a late answer, or a second one. */
	const onReply = (answered: number, reply: Reply) => {
		const delivery = underWay.find(answered);
		if (!delivery || !isAwaiting(delivery)) return;
		if (reply.type === 'ack') onAck(delivery, reply.serverBytes);
		else if (reply.type === 'nak') onNak(delivery, firstWord(reply.reason));
	};

	const onAck = (delivery: Delivery, serverBytes: string) => {
		events.acked(delivery, desk.servers.named(serverBytes), desk.readAt());
		if (!keepsConnection) hangUp();
		finish(delivery);
	};

	const onNak = (delivery: Delivery, reason: string) => {
		events.nakReceived(delivery);
		const setback: Setback = {cause: 'nak', detail: reason};
		if (isFinal(reason)) giveUp(delivery, setback);
		else if (delivery.state === 'waiting') tryAgain(delivery, setback);
	};

	/** The others on a connection are left alone, unless it says nothing at all or only places told its answers apart. */
	const onOverdue = (delivery: Delivery, at: number) => {
		const old = connection;
		const isConnecting = delivery.state === 'connecting';
		const isSilent = old?.silentSince !== undefined && at - old.silentSince >= longestSilence * settings.ackTimeoutMs;
		old?.places.doubt();
		tryAgain(delivery, {cause: 'timeout', detail: ''});
		if (!old || old !== connection) return;
		if (isConnecting) lose({cause: 'timeout', detail: 'connect'});
		else if (isSilent || old.places.isInUse) lose(orphaned);
	};

	const tryAgain = (delivery: Delivery, setback: Setback) => {
		if (delivery.attempt > settings.retries) return giveUp(delivery, setback);
		if (!keepsConnection) hangUp();
		const waitMs = backoffMs(retryBackoff, delivery.attempt - 1, desk.random);
		if (delivery.state !== 'backing-off') backingOff++;
		delivery.state = 'backing-off';
		timer.set(delivery.owner, desk.now() + waitMs);
		events.retrying(delivery, setback, waitMs);
	};

	const giveUp = (delivery: Delivery, setback: Setback) => {
		events.failed(delivery, setback);
		// A connection that failed its only message is not trusted with another.
		if (underWay.size === 1) hangUp();
		finish(delivery);
	};

	const finish = (delivery: Delivery) => {
		timer.clear(delivery.owner);
		if (delivery.state === 'backing-off') backingOff--;
		delivery.state = 'idle';
		underWay.delete(delivery);
		idle.push(delivery);
		if (underWay.size === 0 && connection) connection.silentSince = undefined;
		desk.onIdle(client);
	};

	/** The connection is no more, and with it every attempt on it. */
	const lose = (setback: Setback) => {
		hangUp();
		for (const delivery of underWay) if (delivery.state !== 'backing-off') tryAgain(delivery, setback);
	};

	/** Who counts open connections has not heard of one that never opened. */
	const hangUp = () => {
		const old = connection;
		if (!old) return;
		connection = undefined;
		ready = [];
		if (old.hasOpened) events.disconnected(by);
		old.close();
	};

	const client: Client = {
		get busy() {
			return underWay.size;
		},
		get backingOff() {
			return backingOff;
		},
		get isConnected() {
			return connection !== undefined;
		},
		send: (message, plannedAt, at) => {
			const delivery = idle.pop() ?? newDelivery();
			delivery.sequence = ++sequence;
			delivery.id = name + sequence;
			delivery.message = message;
			delivery.plannedAt = plannedAt;
			delivery.startedAt = at;
			delivery.attempt = 0;
			underWay.add(delivery);
			begin(delivery, at);
		},
		announce: () => {
			const leaving = ready;
			ready = [];
			for (const delivery of leaving) {
				delivery.state = 'waiting';
				events.sent(delivery);
				connection!.places.sent(delivery.sequence);
				batch.add(delivery.id, delivery.message);
			}
		},
		write: () => {
			const taken = batch.take();
			if (!taken || !connection) return;
			connection.silentSince ??= desk.now();
			connection.write(taken.lines, taken.encoding);
		},
		onTimer: (owner, at) => {
			const delivery = all[owner - firstOwner]!;
			if (delivery.state !== 'backing-off') return onOverdue(delivery, at);
			backingOff--;
			begin(delivery, at);
		},
		close: () => {
			for (const delivery of underWay) giveUp(delivery, {cause: 'closed', detail: ''});
			hangUp();
		},
	};
	return client;
}
