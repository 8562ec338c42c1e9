/** What the orchestrator knows of a part: a program to run and how to see that it is ready. Never its insides. */

import type {PartCommand} from '../domain/command.ts';
import type {PartId} from '../domain/plan.ts';
import {shellWord} from '../domain/shell-word.ts';

/**
 * One program of the run. One of ours has a channel and is run as it is; a user's command is run by the shell and has none.
 * `args` may differ from life to life (0 is the first), as a client manager's numbers must.
 */
export type Program = {
	id: PartId;
	name: string;
	run: {type: 'ours'; file: string; args: (life: number) => string[]} | {type: 'shell'; command: string; port: number};
	/** How long SIGTERM has before SIGKILL follows, milliseconds. */
	graceMs: number;
	/** What it is told as soon as its process is there, before anything else. */
	greeting?: (life: number) => PartCommand[];
	/** It says `started` over its channel, or a TCP address accepts. */
	ready: {type: 'says-started'} | {type: 'accepts'; host: string; port: number};
};

/** The grace of a part that has nothing long to finish. */
export const usualGraceMs = 3000;

/** How one would start it by hand. */
export function commandLineOf(program: Program, life: number): string {
	if (program.run.type === 'shell') return program.run.command;
	const {file} = program.run;
	const name = /([^/\\]+)\.js$/.exec(file)?.[1] ?? file;
	return ['lbtop', name, ...program.run.args(life).map(shellWord)].join(' ');
}
