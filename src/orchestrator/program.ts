/** What the orchestrator knows of a part: a program to run and how to see that it is ready. Never its insides. */

import type {PartCommand} from '../domain/command.ts';
import type {Exit, StampedPartEvent} from '../domain/event.ts';
import type {PartId} from '../domain/plan.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {shellWord} from '../domain/shell-word.ts';
import {phrase} from '../words/words.ts';

/**
 * Who speaks for a program that has no channel, while one process of it lives. `beforeEnd` comes before its gentle signal,
 * and is soon done; `ended` may tell why it did not start.
 */
type Attendant = {send(command: PartCommand): void; beforeEnd(): Promise<void>; ended(exit: Exit): void};

/** Begins with a process; `tell` takes events as a channel would bring them. */
export type Attend = (process: {pid: number; tell(events: StampedPartEvent[]): void}) => Attendant;

/**
 * One program of the run. One of ours has a channel and is run as it is; a user's command is run by the shell and has none;
 * a foreign one is run as it is and has none. `args` may differ from life to life (0 is the first), as a client manager's
 * numbers must.
 */
export type Program = {
	id: PartId;
	name: string;
	run:
		| {type: 'ours'; file: string; args: (life: number) => string[]}
		| {type: 'shell'; command: string; port: number}
		| {type: 'foreign'; file: string; args: string[]};
	/** Makes ready what it reads, before each start. Throws what hinders. */
	prepare?: () => void;
	attend?: Attend;
	/** The signal that ends it gently; SIGTERM where it is not said. */
	endsBy?: NodeJS.Signals;
	/** How long that has before SIGKILL follows, milliseconds. */
	graceMs: number;
	/** What it is told as soon as its process is there, before anything else. */
	greeting?: (life: number) => PartCommand[];
	/** It says `started` over its channel, or by who speaks for it, or a TCP address accepts. */
	ready: {type: 'says-started'} | {type: 'accepts'; host: string; port: number};
};

/** The grace of a part that has nothing long to finish. */
export const usualGraceMs = 3000;

/** How one would start it by hand. */
export function commandLineOf(program: Program, life: number): string {
	const {run} = program;
	if (run.type === 'shell') return run.command;
	if (run.type === 'foreign') return [run.file, ...run.args].map(shellWord).join(' ');
	const name = /([^/\\]+)\.js$/.exec(run.file)?.[1] ?? run.file;
	return ['lbtop', name, ...run.args(life).map(shellWord)].join(' ');
}

/** Why a program is not ready, in a sentence. */
export function unreadyWords(ready: Program['ready'], seconds: number): string {
	if (ready.type === 'says-started') return phrase('not ready after {seconds} s', {seconds});
	return phrase('nothing listens on {address} after {seconds} s', {address: formatAddress(ready), seconds});
}

/** The gentle signal as `kill` takes it: `TERM`. */
export function gentleSignal({endsBy = 'SIGTERM'}: Program): string {
	return endsBy.slice('SIG'.length);
}
