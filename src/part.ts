/**
 * How a part is a program. A part (server, balancer, client, client manager) runs alone in a terminal, where it prints
 * what happens, or as a child of the lab, where it sends events over Node's IPC channel in batches and ends when the
 * channel does, so that a lab that is killed leaves nothing behind.
 */

import type {PartCommand} from './domain/command.ts';
import type {PartEvent, StampedPartEvent} from './domain/event.ts';
import {errorSentence} from './domain/system-error.ts';
import type {LogTick, Tick} from './domain/tick.ts';
import {leave, partingMs} from './output/leave.ts';
import {openLines} from './output/lines.ts';
import {t, told} from './words/words.ts';

/** Milliseconds between two ticks. */
const tickMs = 100;

/** A started part. `stop` ends it gently: nothing new, what is under way is finished. It may be called twice. */
type Running = {
	tick(): Tick;
	stop(): Promise<void>;
	/** Reads its settings again, at SIGHUP; absent: SIGHUP ends it. */
	reload?(): void;
	/** Settles when the part is done by itself (a client with `--count`); absent: it never is. */
	done?: Promise<number>;
};

type PartContext = {
	/** Tells the lab, or the terminal, that something happened. Rare things only: volume goes into the tick. */
	emit(event: PartEvent): void;
	/** Calls for each command, also for those that came before. */
	onCommand(listener: (command: PartCommand) => void): void;
	/** True when a lab started this process and listens on its channel. */
	hasLab: boolean;
};

type Part = {
	/** As in `by=`: `server-1`, `balancer`. Begins each line on stderr. */
	name: string;
	start(context: PartContext): Promise<Running>;
	/** What the part's log manager could write and what not; sent with the ticks. */
	logTick?(): LogTick;
	/** SIGTERM is an ordinary end for it (a server's drain): exit code 0, also in a terminal of its own. */
	drains?: true;
	/** Flushes and closes the log; called before the last `logTick`, and again before the process ends. */
	close?(): void;
	/** How an event reads in a terminal of its own, in the language spoken there; undefined: not shown. */
	describe?(event: PartEvent): string | undefined;
	/** After `done` or a stop, in a terminal of its own: the closing words. */
	farewell?(): string | undefined;
};

/** Monotonic milliseconds, the same clock in every process of this machine (CLOCK_MONOTONIC). */
export function now(): number {
	return Number(process.hrtime.bigint()) / 1e6;
}

/** CPU and memory of this process, for its tick. */
export function usage(): {cpuMs: number; rssBytes: number} {
	const {user, system} = process.cpuUsage();
	try {
		lastRssBytes = process.memoryUsage.rss();
	} catch {
		// Node opens a file to know it, and all files this process may open are in use: the last figure has to do.
	}
	return {cpuMs: (user + system) / 1000, rssBytes: lastRssBytes};
}

let lastRssBytes = 0;

/** Runs a part as this process, to its end. Resolves never; the process exits. */
export async function runPart(part: Part): Promise<void> {
	const hasLab = process.connected === true;
	const channel = hasLab ? openChannel() : openTerminal(part);
	let running: Running | undefined;
	let stopping = false;
	const end = (code: number) => {
		part.close?.();
		channel.close(() => void leave(code, {atMostMs: partingMs}));
	};
	const stop = async (code: number) => {
		if (stopping) return;
		stopping = true;
		await running?.stop();
		if (running) channel.emit(running.tick());
		part.close?.(); // before the last count of its lines: what the log could not take is lost now
		if (part.logTick) channel.emit(part.logTick());
		channel.farewell();
		end(code);
	};
	process.on('SIGTERM', () => void stop(hasLab || part.drains ? 0 : 143));
	process.on('SIGHUP', () => (running?.reload ? running.reload() : void stop(129)));
	// A lab's children share its terminal's foreground only by accident: there Ctrl-C is the lab's to answer.
	process.on('SIGINT', () => {
		if (hasLab) return;
		if (stopping) process.exit(130);
		void stop(130);
	});
	process.on('disconnect', () => {
		part.close?.();
		process.exit(0);
	});
	process.on('uncaughtException', error => die(part, error));
	process.on('unhandledRejection', error => die(part, error));

	const commands = takeCommands();
	try {
		running = await part.start({emit: channel.emit, onCommand: commands.listen, hasLab});
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
		const message = errorSentence(error);
		channel.emit({type: 'could-not-start', code, message});
		process.stderr.write(`lbtop: ${part.name}: ${told(message)}\n`);
		end(4);
		return;
	}
	if (stopping) return void running.stop().then(() => end(0));
	channel.emit({type: 'started'});
	const timer = setInterval(() => {
		if (!running) return;
		channel.emit(running.tick());
		if (part.logTick) channel.emit(part.logTick());
		channel.flush();
	}, tickMs);
	const code = await (running.done ?? new Promise<number>(() => {}));
	clearInterval(timer);
	await stop(code);
}

/** What the lab says over the channel; kept until someone listens. */
function takeCommands() {
	const early: PartCommand[] = [];
	let take: (command: PartCommand) => void = command => early.push(command);
	process.on('message', command => take(command as PartCommand));
	return {
		listen: (listener: (command: PartCommand) => void) => {
			take = listener;
			for (const command of early.splice(0)) listener(command);
		},
	};
}

type Channel = {
	emit(event: PartEvent): void;
	/** Sends what waits. */
	flush(): void;
	/** The part's closing words, where someone reads them. */
	farewell(): void;
	/** Calls when everything has left, also what was not flushed. */
	close(then: () => void): void;
};

/** Batches under way that a lab may leave unread (one suspended by Ctrl-Z reads nothing) before spare ticks are left out. */
const mostUnread = 20;
/** What else is kept for a lab that does not read: with one latency tick a second, a quarter of an hour. */
const mostKept = 1000;

/** Rare events leave at once, with whatever ticks wait; ticks leave with the next flush. */
function openChannel(): Channel {
	let batch: StampedPartEvent[] = [];
	let unread = 0;
	const flush = () => {
		if (batch.length === 0 || !process.connected) return;
		if (unread >= mostUnread) {
			batch = batch.filter(({event}) => !isSpare(event)).slice(-mostKept);
			return;
		}
		const sent = batch;
		batch = [];
		unread++;
		// A channel that has just closed is the end of the lab, and 'disconnect' is on its way: nothing to tell anyone.
		process.send?.(sent, undefined, undefined, () => {
			unread--;
		});
	};
	return {
		emit: event => {
			batch.push({at: now(), event});
			if (!isTick(event)) flush();
		},
		flush,
		farewell: () => {},
		close: then => {
			if (!process.connected) return then();
			// The last batch, maybe an empty one: its callback tells that everything before it has left.
			process.send?.(batch, undefined, undefined, then);
		},
	};
}

/** A tick of totals is spare: the next one says it again. Latencies are said once. */
function isSpare(event: PartEvent): boolean {
	return isTick(event) && !('latency' in event);
}

function isTick(event: PartEvent): boolean {
	return event.type.endsWith('-tick');
}

function openTerminal(part: Part): Channel {
	const lines = openLines(process.stdout);
	const say = (words: string | undefined) => words && lines.print(words);
	return {
		emit: event => say(part.describe?.(event)),
		flush: () => {},
		farewell: () => say(part.farewell?.()),
		close: then => void lines.taken({atMostMs: partingMs}).then(then),
	};
}

function die(part: Part, error: unknown): never {
	const message = told(errorSentence(error));
	process.stderr.write(`lbtop: ${t('{name} failed: {why}', {name: part.name, why: message})}\n`);
	if (process.env.LBTOP_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
	part.close?.();
	process.exit(1);
}
