/**
 * What a server does with a message: works on it for its service time, as many at once as it may, and acknowledges it.
 * A message whose ID is known, by this server or by a store that all share, is acknowledged again and not executed again.
 */

import type {Now} from '../domain/clock.ts';
import {type Distribution, drawMs} from '../domain/distribution.ts';
import {escapeText} from '../domain/escape.ts';
import {formatAck, formatNak, type NakReason, trunkMark} from '../domain/message.ts';
import type {Random} from '../domain/random.ts';
import type {ServerTick} from '../domain/tick.ts';
import {escapeLogText, formatValues} from '../log/log-line.ts';
import type {LogManager} from '../log/log-manager.ts';
import {createCommits} from './commits.ts';
import type {ExecutedIds} from './executed-ids.ts';
import {createKnownIds, type KnownIds} from './known-ids.ts';
import {createSchedule} from './schedule.ts';

/** How many IDs a server remembers at most; never fewer than half of them. */
const knownIdsWindow = 65_536;

/** Messages in work at once where no concurrency limits them: a bound for our memory, not a figure of the lab. */
const unlimited = 262_144;

/** `concurrency`: messages in work at once, 0 for no limit; `queueLimit`: further ones that may wait. `by` as in log.txt. */
export type WorkSettings = {
	name: string;
	by: string;
	serviceTime: Distribution;
	concurrency: number;
	queueLimit: number;
	/** Whether this server remembers by itself what it has executed. */
	remembers: boolean;
};

/** A message in work. Whoever waits for its reply adds to `waiters`; they are called once, in the turn it is done. */
export type Job = {
	id: string;
	arrivedAt: number;
	waiters: ((reply: string) => void)[];
	special: Special | undefined;
};

/** What faults do to a message's work: time it takes more, and their names for the log (`''`: none to tell). */
type Special = {extraMs: number; faults: string};

type WorkCounts = Pick<ServerTick, 'received' | 'acked' | 'nak' | 'executed' | 'repeated' | 'inFlight' | 'maxInFlight'>;

/** Replies are whole lines as bytes: strings in which each character is one byte ('latin1'). `id` is '' for none. */
export type Work = {
	/** A message has come: its reply, or the job that will bring it. */
	take(id: string, special?: Special): string | Job;
	/** The reply to a PING, which is no message. */
	pong(id: string): string;
	/** A message that is refused unread. */
	refuse(id: string, reason: NakReason, detail?: string): string;
	counts(): WorkCounts;
	close(): void;
};

export function createWork(settings: WorkSettings, {log, now, random, store, onExecuted}: WorkTools): Work {
	const {name, by, serviceTime, queueLimit} = settings;
	const isTimeless = serviceTime.type === 'constant' && serviceTime.ms === 0;
	const isInstant = isTimeless && !store;
	const limit = settings.concurrency || unlimited;
	const ackLine = `${asBytes(formatAck(name))}\n`;
	const ackLogText = escapeLogText(formatAck(name));
	const pongText = asBytes(`PONG from ${name} ${trunkMark}`);
	const byLog = formatValues({by});
	const isLogged = log.detail === 'all';
	const known = settings.remembers && !store ? createKnownIds(knownIdsWindow) : nothingKnown;
	const joins = settings.remembers || store !== undefined;
	const inWork = new Map<string, Job>();
	const queue: Job[] = [];
	let working = 0;
	let received = 0;
	let acked = 0;
	let nak = 0;
	let executed = 0;
	let repeated = 0;
	let maxInFlight = 0;

	const take = (id: string, special?: Special): string | Job => {
		received++;
		if (!isInstant || special) return takeIntoWork(id, special);
		if (maxInFlight === 0) maxInFlight = 1;
		const isRepeat = id !== '' && !known.add(id);
		if (!isRepeat) execute(id);
		return acknowledge(id, isRepeat);
	};

	const execute = (id: string) => {
		executed++;
		onExecuted?.(id);
	};

	const takeIntoWork = (id: string, special?: Special): string | Job => {
		if (id === '' || !joins) return begin(id, special);
		if (known.has(id)) return acknowledge(id, true, '', special);
		return inWork.get(id) ?? begin(id, special);
	};

	/** `executedBefore`: by whom, where a shared store says so. The line is written also where a fault keeps the ACK back: it tells of the execution. */
	const acknowledge = (id: string, isRepeat: boolean, executedBefore = '', special?: Special): string => {
		acked++;
		if (isRepeat) repeated++;
		if (isLogged) {
			const values = id === '' ? byLog : `${byLog} id=${id}`;
			const more = isRepeat ? `${values} ${repeatValues(executedBefore)}` : values;
			log.writeReady('ACK Sent', ackLogText, special?.faults ? `${more} fault=${special.faults}` : more);
		}
		return id === '' ? ackLine : `#${id} ${ackLine}`;
	};

	const begin = (id: string, special: Special | undefined): string | Job => {
		if (working >= limit && queue.length >= queueLimit) return nakLine(id, 'busy');
		const job: Job = {id, arrivedAt: now(), waiters: [], special};
		if (id !== '' && joins) inWork.set(id, job);
		if (store && isTimeless && !special?.extraMs) settle(job);
		else if (working < limit) work(job, job.arrivedAt);
		else queue.push(job);
		maxInFlight = Math.max(maxInFlight, working + queue.length);
		return job;
	};

	const work = (job: Job, from: number) => {
		working++;
		schedule.add(from + drawMs(serviceTime, random) + (job.special?.extraMs ?? 0), job);
	};

	/** The next job begins when this one was due, not when the timer rang: coarse timers then cost no throughput. */
	const finish = (job: Job, dueAt: number) => {
		working--;
		settle(job);
		const next = queue.shift();
		if (next) work(next, Math.max(dueAt, next.arrivedAt));
	};

	const schedule = createSchedule(now, finish);

	/** Its work is done: it counts as executed at once, or when the shared store has taken it. */
	const settle = (job: Job) => {
		if (commits && job.id !== '') return commits.add(job);
		if (job.id !== '') known.add(job.id);
		complete(job, '');
	};

	const complete = (job: Job, executedBefore: string) => {
		inWork.delete(job.id);
		if (executedBefore === '') execute(job.id);
		for (const [index, waiter] of job.waiters.entries())
			waiter(acknowledge(job.id, index > 0 || executedBefore !== '', executedBefore, job.special));
	};

	/** Whether it was executed is not known now; who asks again will be told. */
	const refuseUnknown = (job: Job, why: string) => {
		inWork.delete(job.id);
		for (const waiter of job.waiters) waiter(nakLine(job.id, 'unavailable', `shared store: ${escapeText(why)}`));
	};

	const commits = store && createCommits<Job>(store, {committed: complete, failed: refuseUnknown});

	const nakLine = (id: string, reason: NakReason, detail?: string): string => {
		nak++;
		return `${asBytes(formatNak(name, reason, id === '' ? undefined : id, detail))}\n`;
	};

	return {
		take,
		pong: id => (id === '' ? `${pongText}\n` : `#${id} ${pongText}\n`),
		refuse: (id, reason, detail) => {
			received++;
			return nakLine(id, reason, detail);
		},
		counts: () => {
			const inFlight = working + queue.length + (commits?.waiting ?? 0);
			return {received, acked, nak, executed, repeated, inFlight, maxInFlight};
		},
		close: schedule.close,
	};
}

/** `store`: what all servers share. `onExecuted` hears each execution, before it is logged. */
type WorkTools = {
	log: LogManager;
	now: Now;
	random: Random;
	store?: ExecutedIds | undefined;
	onExecuted?: ((id: string) => void) | undefined;
};

/** For a server that does not remember, and for one whose store does. */
const nothingKnown: KnownIds = {has: () => false, add: () => true};

function repeatValues(executedBefore: string): string {
	return executedBefore === '' ? 'repeat=1' : `repeat=1 ${formatValues({'executed-by': executedBefore})}`;
}

/** A text's UTF-8 bytes, one character each, so that its length is its length on the wire. */
function asBytes(text: string): string {
	return Buffer.from(text).toString('latin1');
}
