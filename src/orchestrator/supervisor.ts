/**
 * The life of one part: started, watched, restarted after a crash with backoff, stopped for good by hand. A person's
 * word wins over the supervisor's own rules: what was stopped or killed by command stays down until it is started.
 */

import {backoffMs} from '../domain/backoff.ts';
import type {Actor, PartCommand} from '../domain/command.ts';
import type {Event, Exit, StampedPartEvent} from '../domain/event.ts';
import type {Random} from '../domain/random.ts';
import {isAlive, type ProcessStatus} from '../domain/status.ts';
import {errorSentence} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import {type Child, startChild} from './child.ts';
import {gatherLines} from './gather-lines.ts';
import {commandLineOf, type Program, unreadyWords} from './program.ts';
import {whenAccepting} from './readiness.ts';

/** An event without its time; the orchestrator stamps it. */
export type Unstamped = Event extends infer E ? (E extends Event ? Omit<E, 'at'> : never) : never;

type Surroundings = {
	emit(event: Unstamped): void;
	onPartEvents(part: string, events: StampedPartEvent[]): void;
	random: Random;
	reaper: {watch(pid: number): void; forget(pid: number): void};
};

/**
 * What a start came to: ready, or the reason in a sentence (`code` as of errno, or the exit; `NOT-READY`: it may still
 * become so; `STOPPED`: somebody ended it by command before it was ready).
 */
export type StartResult = {ok: true} | {ok: false; code: string; reason: string};

/** One part over all its lives. Whatever it does is told by events. */
export type Supervisor = {
	readonly program: Program;
	readonly status: ProcessStatus;
	readonly pid: number | undefined;
	/** It is to end by somebody's word, and its process is not gone yet. */
	readonly isEnding: boolean;
	/** How often it was to end by somebody's word. */
	readonly ends: number;
	/** Settles when the process that there is, if any, is gone. */
	readonly gone: Promise<void>;
	/** Settles when the part is ready or its first process has failed; a crash later is the supervisor's to mend. */
	start(by: Actor): Promise<StartResult>;
	/** Its gentle signal, then SIGKILL after the program's grace. Settles when the process is gone. */
	stop(by: Actor): Promise<void>;
	kill(by: Actor): Promise<void>;
	/** SIGKILL as if from nowhere: what follows is what follows a crash. */
	crash(): void;
	pause(by: Actor): void;
	resume(by: Actor): void;
	send(command: PartCommand): void;
	/** Another program in its place from the next start on (another port). */
	replace(program: Program): void;
};

const restartBackoff = {baseMs: 250, capMs: 10_000};
/** After this long without a crash, the count of attempts begins anew. */
const healthyMs = 10_000;
/** How long a part has to become ready before NOT-READY is said; it may still become so later. */
const readyWithinMs = 5000;

/** Not started yet. */
export function createSupervisor(initial: Program, {emit, onPartEvents, random, reaper}: Surroundings): Supervisor {
	let program = initial;
	let status: ProcessStatus = 'NEW';
	let child: Child | undefined;
	let wanted: {state: 'up' | 'down'; by: Actor} = {state: 'down', by: 'lbtop'};
	let attempt = 0;
	let life = -1;
	let ends = 0;
	let restartTimer: NodeJS.Timeout | undefined;
	let healthyTimer: NodeJS.Timeout | undefined;
	let gone: Promise<void> = Promise.resolve();

	const become = (next: ProcessStatus, by: Actor, detail?: string) => {
		status = next;
		emit({type: 'process-changed', part: program.id, status: next, by, ...(detail ? {detail} : {})});
	};

	const errors = gatherLines((lines, passedOver) => emit({type: 'errors-read', part: program.id, lines, passedOver}));

	const launch = (by: Actor): Promise<StartResult> => {
		clearTimeout(restartTimer);
		become('STARTING', by);
		life += 1;
		return new Promise(settle => {
			const started = readiness(settle);
			let refusal: {code: string; message: string} | undefined;
			try {
				child = startChild(program, life, {
					onEvents: events => {
						for (const {event} of events) {
							if (event.type === 'started' && program.ready.type === 'says-started') started.ready();
							if (event.type === 'could-not-start') refusal = event;
						}
						onPartEvents(program.id, events);
					},
					onErrorLine: errors.hear,
				});
			} catch (error) {
				const reason = errorSentence(error);
				become('FAILED', 'lbtop', reason);
				started.failed('ENOENT', reason);
				return;
			}
			for (const command of program.greeting?.(life) ?? []) child.send(command);
			const {pid, exited} = child;
			reaper.watch(pid);
			emit({type: 'spawned', part: program.id, pid, commandLine: commandLineOf(program, life)});
			gone = exited.then(exit => {
				reaper.forget(pid);
				const isAsked = wanted.state === 'down';
				onExit(exit);
				// Only now: whoever starts it elsewhere must not meet this process, or its restart, again.
				const reason = exit.lastError || phrase('it ended with {how}', {how: describeExit(exit)});
				if (isAsked) started.failed('STOPPED', reason);
				else started.failed(refusal?.code ?? exitCode(exit), refusal?.message ?? reason);
			});
		});
	};

	const readiness = (settle: (result: StartResult) => void) => {
		let over = false;
		const ended = new AbortController();
		const late = setTimeout(() => {
			if (over || status !== 'STARTING') return;
			const reason = unreadyWords(program.ready, readyWithinMs / 1000);
			become('NOT-READY', 'lbtop', reason);
			settle({ok: false, code: 'NOT-READY', reason});
		}, readyWithinMs);
		const finish = (result: StartResult) => {
			if (over) return false;
			over = true;
			clearTimeout(late);
			ended.abort();
			settle(result);
			return true;
		};
		const ready = () => {
			if (!finish({ok: true})) return;
			healthyTimer = setTimeout(() => {
				attempt = 0;
			}, healthyMs);
			if (status === 'STARTING' || status === 'NOT-READY') become('READY', 'lbtop');
		};
		if (program.ready.type === 'accepts') void whenAccepting(program.ready, ended.signal).then(yes => yes && ready());
		return {ready, failed: (code: string, reason: string) => finish({ok: false, code, reason})};
	};

	const onExit = (exit: Exit) => {
		child = undefined;
		clearTimeout(healthyTimer);
		errors.flush();
		const planned = wanted.state === 'down';
		emit({type: 'exited', part: program.id, exit, planned, by: planned ? wanted.by : 'lbtop'});
		if (planned) return become('STOPPED', wanted.by, describeExit(exit));
		become(exit.code === 0 ? 'EXITED' : 'CRASHED', 'lbtop', describeExit(exit));
		const delayMs = backoffMs(restartBackoff, attempt, random);
		attempt += 1;
		emit({type: 'backing-off', part: program.id, delayMs, attempt});
		become('BACKOFF', 'lbtop', describeExit(exit));
		restartTimer = setTimeout(() => void launch('lbtop'), delayMs);
	};

	const end = async (by: Actor, act: (child: Child) => void) => {
		wanted = {state: 'down', by};
		ends += 1;
		clearTimeout(restartTimer);
		if (!child) {
			if (status === 'BACKOFF') become('STOPPED', by, phrase('not started again'));
			return;
		}
		act(child);
		await gone;
	};

	return {
		get program() {
			return program;
		},
		get status() {
			return status;
		},
		get pid() {
			return child?.pid;
		},
		get isEnding() {
			return child !== undefined && wanted.state === 'down';
		},
		get ends() {
			return ends;
		},
		get gone() {
			return gone;
		},
		start: by => {
			wanted = {state: 'up', by};
			attempt = 0;
			return launch(by);
		},
		stop: by =>
			end(by, ending => {
				become('STOPPING', by);
				ending.end();
				ending.signal('SIGCONT'); // a paused process takes its signal only when it goes on
				const killer = setTimeout(() => ending.signal('SIGKILL'), program.graceMs);
				void ending.exited.then(() => clearTimeout(killer));
			}),
		kill: by => end(by, ending => ending.signal('SIGKILL')),
		crash: () => child?.signal('SIGKILL'),
		pause: by => {
			child?.signal('SIGSTOP');
			become('PAUSED', by);
		},
		resume: by => {
			child?.signal('SIGCONT');
			become('READY', by);
		},
		send: command => child?.send(command),
		replace: next => {
			program = next;
		},
	};
}

/** `code 1`, `signal SIGKILL`. */
function describeExit({code, signal}: Exit): string {
	return signal ? phrase('signal {name}', {name: signal}) : phrase('code {code}', {code: code ?? 'unknown'});
}

function exitCode({code, signal}: Exit): string {
	return signal ?? `exit ${code}`;
}

/** True when the part's process is there to be signalled. */
export function hasProcess(supervisor: Supervisor): boolean {
	return isAlive(supervisor.status) && supervisor.pid !== undefined;
}

/**
 * Whether a lab cannot do with what a start came to. Of a part of our own it can with a person's word and a slow machine;
 * a foreign server that crashes is the lab's daily bread, but one whose program does not exist never comes.
 */
export function isHopeless(code: string, kind: string): boolean {
	return kind === 'own' ? !['STOPPED', 'NOT-READY'].includes(code) : ['exit 127', 'exit 126', 'ENOENT'].includes(code);
}
