/**
 * Keeps N clients as busy as the load asks: takes what is due, gives it to the client that has been idle longest, and
 * lets all lines of a turn leave together, written down in the log before they are on the wire.
 */

import type {Now} from '../domain/clock.ts';
import type {ClientsPlan, Rate} from '../domain/plan.ts';
import {seededRandom} from '../domain/random.ts';
import type {ClientsTick} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';
import {type Counts, createAccounts} from './accounts.ts';
import {type Client, createClient, type Desk} from './client.ts';
import {createClientLog} from './client-log.ts';
import {createTicker} from './clients-tick.ts';
import type {Address} from './connection.ts';
import {type ClientEvents, tellAll} from './delivery.ts';
import {createDemand} from './demand.ts';
import {createKnownServers} from './known-servers.ts';
import {createMessages} from './messages.ts';
import {createPacer} from './pacer.ts';
import {createRing} from './ring.ts';
import {createTimerWheel} from './timer-wheel.ts';

/** `limit`: end after so many messages. `warmupMs`: from the start, left out of the latencies. */
export type ClientManagerSettings = Omit<ClientsPlan, 'settings'> & {
	to: Address;
	firstClient: number;
	seed: number;
	warmupMs: number;
	limit?: number;
};

/** `listener` hears what happens to each message, before the log and beside it. */
export type ClientManagerSurroundings = {log: LogManager; now: Now; listener?: ClientEvents};

export type ClientManager = {
	/** Counts as they stand, and what was due and dropped because too much was waiting already. */
	readonly counts: Readonly<Counts> & {readonly dropped: number};
	tick(): ClientsTick;
	/** Changes the load while it runs. */
	setRate(rate: Rate): void;
	/** Nothing new; what is under way ends by itself or, after a time, by failing. May be called twice. */
	stop(): Promise<void>;
	/** Settles when the last message of `limit` has ended, and when the manager was stopped. */
	readonly done: Promise<void>;
};

/** So many messages are begun in one turn at most, and the next turn comes within a millisecond: between two, answers are read. */
const mostPerTurn = 256;
/** How much longer than a time-out what is under way may take at the end, and the longest that may be. */
const stopGraceMs = 1500;
const longestStopMs = 10_000;

export function createClientManager(
	settings: ClientManagerSettings,
	{log, now, listener}: ClientManagerSurroundings,
): ClientManager {
	const {seed, ackTimeoutMs} = settings;
	const nextMessage = createMessages(settings.messages, seededRandom(seed));
	const startAt = now();
	const accounts = createAccounts(startAt + settings.warmupMs);
	const servers = createKnownServers();
	const timers = createTimerWheel(settings.count);
	const demand = createDemand({
		...settings,
		random: seededRandom(seed + 1),
		startAt,
		limit: settings.limit ?? Number.POSITIVE_INFINITY,
	});
	const idle = createRing<Client>(settings.count);
	let stopping: Promise<void> | undefined;
	let isStopped = false;
	let settleDone = () => {};
	const done = new Promise<void>(resolve => {
		settleDone = resolve;
	});

	const turn = (at: number): number => {
		timers.sweep(at, owner => clients[owner]!.onTimer(at));
		beginDue(at);
		return Math.min(demand.nextAt, timers.size > 0 ? at + 1 : Number.POSITIVE_INFINITY);
	};

	const beginDue = (at: number) => {
		demand.advance(at);
		for (let begun = 0; begun < mostPerTurn && idle.size > 0; begun++) {
			const plannedAt = demand.take(at);
			if (plannedAt === undefined) return;
			idle.shift()!.send(nextMessage(), plannedAt, at);
		}
	};

	const pacer = createPacer(now, turn);
	const settleWhenOver = () => {
		if (demand.isOver && idle.size === clients.length) settleDone();
	};
	const desk: Desk = {
		settings,
		now,
		random: seededRandom(seed + 2),
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
			if (!client.announce()) return;
			log.settle();
			client.write();
		},
		onIdle: client => {
			idle.push(client);
			pacer.request();
			settleWhenOver();
		},
		// Not in the next turn: the balancer works on this message while the next answer is read.
		onReadEnd: () => {
			if (idle.size > 0) beginDue(now());
		},
	};
	const clients = Array.from({length: settings.count}, (_, owner) =>
		createClient(settings.firstClient + owner, owner, desk),
	);
	for (const client of clients) idle.push(client);
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
		isStopped = true;
	};

	return {
		get counts() {
			return {...accounts.counts, dropped: demand.dropped};
		},
		tick: () => nextTick({isLast: isStopped}),
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
