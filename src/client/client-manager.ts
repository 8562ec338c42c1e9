/**
 * Keeps N clients as busy as the load asks: takes what is due, gives it to the client that has been idle longest, and
 * lets all lines of a turn leave together, written down in the log before they are on the wire.
 */

import type {Now} from '../domain/clock.ts';
import type {ClientsPlan} from '../domain/plan.ts';
import {seededRandom} from '../domain/random.ts';
import type {WrittenRate} from '../domain/rate.ts';
import type {ClientsTick} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';
import {type Counts, createAccounts} from './accounts.ts';
import {createClient} from './client.ts';
import {createClientLog} from './client-log.ts';
import {createTicker} from './clients-tick.ts';
import type {Address} from './connection.ts';
import {type ClientEvents, tellAll} from './delivery.ts';
import {createDemand} from './demand.ts';
import type {Client, Desk} from './desk.ts';
import {createKnownServers} from './known-servers.ts';
import {createLoopLag} from './loop-lag.ts';
import {createMessages} from './messages.ts';
import {createPacer} from './pacer.ts';
import {createRing} from './ring.ts';
import {createSaturationWatch} from './saturation.ts';
import {createStrangeAnswerWatch} from './strange-answers.ts';
import {createTimerWheel} from './timer-wheel.ts';

/**
 * `limit`: end after so many messages. `warmupMs`: from the start, left out of the latencies. `loadAgeMs`: the load began
 * so long ago, in an earlier life. `recordedMs`: the times of a recorded load.
 */
export type ClientManagerSettings = Omit<ClientsPlan, 'settings'> & {
	to: Address;
	firstClient: number;
	seed: number;
	warmupMs: number;
	loadAgeMs?: number;
	recordedMs?: readonly number[];
	limit?: number;
};

/** `listener` hears what happens to each message, before the log and beside it; `note` takes a sentence for people. */
type ClientManagerSurroundings = {log: LogManager; now: Now; listener?: ClientEvents; note?(text: string): void};

/** N clients at work. */
export type ClientManager = {
	/** Counts as they stand. */
	readonly counts: Readonly<Counts> & {readonly dropped: number};
	tick(): ClientsTick;
	/** Changes the load while it runs. */
	setRate(rate: WrittenRate): void;
	/** Nothing new; what is under way ends by itself or, after a time, by failing. May be called twice. */
	stop(): Promise<void>;
	/** Settles when the last message of `limit` has ended, and when the manager was stopped. */
	readonly done: Promise<void>;
};

/**
 * What a turn may cost, and the next turn comes within a millisecond: between two, answers are read. A message on an open
 * connection costs 1; one that must connect first takes many times as long.
 */
const costPerTurn = 1024;
const costOfConnecting = 16;
/** In its first second a program still compiles itself: that its loop lags then is no sign of too much load. */
const ownWarmupMs = 1000;
/** How much longer than a time-out what is under way may take at the end, and the longest that may be. */
const stopGraceMs = 1500;
const longestStopMs = 10_000;

/** Makes the clients and begins at once. */
export function createClientManager(
	settings: ClientManagerSettings,
	{log, now, listener, note}: ClientManagerSurroundings,
): ClientManager {
	const {seed, ackTimeoutMs, count, depth} = settings;
	const nextMessage = createMessages(settings.messages, seededRandom(seed));
	const startAt = now();
	const accounts = createAccounts(startAt + settings.warmupMs, now);
	const servers = createKnownServers();
	const timers = createTimerWheel(count * depth);
	const demand = createDemand({
		...settings,
		random: seededRandom(seed + 1),
		startAt,
		limit: settings.limit ?? Number.POSITIVE_INFINITY,
	});
	/** A client is in it as often as it can begin a message. */
	const idle = createRing<Client>(count * depth);
	let ready: Client[] = [];
	let readAt: number | undefined;
	let spent = 0;
	let stopping: Promise<void> | undefined;
	let isStopped = false;
	let settleDone = () => {};
	const done = new Promise<void>(resolve => {
		settleDone = resolve;
	});

	const turn = (at: number): number => {
		spent = 0;
		timers.sweep(at, owner => clients[Math.floor(owner / depth)]!.onTimer(owner, at));
		beginDue(at);
		return Math.min(demand.nextAt, timers.size > 0 ? at + 1 : Number.POSITIVE_INFINITY);
	};

	const beginDue = (at: number) => {
		demand.advance(at);
		while (spent < costPerTurn && idle.size > 0) {
			const plannedAt = demand.take(at);
			if (plannedAt === undefined) break;
			const client = idle.shift()!;
			spent += client.isConnected ? 1 : costOfConnecting;
			client.send(nextMessage(), plannedAt, at);
		}
		writeReady();
	};

	/** All lines are in the log's queue before the first of them is on the wire. */
	const writeReady = () => {
		if (ready.length === 0) return;
		const writing = ready;
		ready = [];
		for (const client of writing) client.announce();
		log.settle();
		for (const client of writing) client.write();
	};

	const pacer = createPacer(now, turn);
	const settleWhenOver = () => {
		if (demand.isOver && idle.size === count * depth) settleDone();
	};
	const desk: Desk = {
		settings,
		now,
		readAt: () => {
			readAt ??= now();
			return readAt;
		},
		random: seededRandom(seed + 2),
		onGarbage: createStrangeAnswerWatch(note ?? (() => {})),
		servers,
		events: tellAll([...(listener ? [listener] : []), accounts.events, createClientLog(log)]),
		timer: {
			set: (owner, at) => {
				timers.set(owner, at);
				pacer.request();
			},
			clear: timers.clear,
		},
		onReady: client => {
			ready.push(client);
			pacer.request();
		},
		onIdle: client => {
			idle.push(client);
			pacer.request();
			settleWhenOver();
		},
		onOpen: writeReady,
		// Not in the next turn: the balancer works on this message while the next answer is read.
		onReadEnd: () => {
			readAt = undefined;
			if (idle.size > 0) beginDue(now());
		},
	};
	const clients = Array.from({length: count}, (_, index) =>
		createClient(settings.firstClient + index, index * depth, desk),
	);
	for (let place = 0; place < depth; place++) for (const client of clients) idle.push(client);
	const loopLag = createLoopLag(now, startAt + Math.max(settings.warmupMs, ownWarmupMs));
	const saturation = createSaturationWatch(text => {
		log.write('Lab', text);
		note?.(text);
	});
	const nextTick = createTicker({accounts, servers, clients, demand, log, now});
	pacer.request();

	const end = async () => {
		demand.end();
		settleWhenOver();
		let timer: NodeJS.Timeout | undefined;
		const enough = new Promise<void>(resolve => {
			timer = setTimeout(resolve, Math.min(longestStopMs, ackTimeoutMs + stopGraceMs));
		});
		await Promise.race([done, enough]);
		clearTimeout(timer);
		for (const client of clients) client.close();
		pacer.stop();
		loopLag.stop();
		isStopped = true;
	};

	return {
		get counts() {
			return {...accounts.counts, dropped: demand.dropped};
		},
		tick: () => {
			const loopLagMs = loopLag.drain();
			saturation(loopLagMs);
			return nextTick({isLast: isStopped, loopLagMs});
		},
		setRate: rate => {
			demand.setRate(rate, now());
			pacer.request();
		},
		stop: () => {
			stopping ??= end();
			return stopping;
		},
		done,
	};
}
