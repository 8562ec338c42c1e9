/** A scenario as plain data: how a run is made, what is done to it and when, and what must come of it. Words: Chaos Toolkit's. */

import type {Command} from '../domain/command.ts';

/** An expression as checks have it, with the line of the file where it stands. */
type Expression = {expr: string; line: number};

/**
 * One step. It is due `atMs` after the scenario began, or `afterMs` after the step before it was done; then it waits for
 * `when`, for at most `withinMs`. `everyMs`: again and again, until `untilMs` has passed or `untilExpr` holds.
 */
export type Step = {
	line: number;
	/** As a person reads it; `isQuote`: the words of the file's author and nothing else. */
	text: string;
	isQuote?: true;
	atMs?: number;
	afterMs: number;
	everyMs?: number;
	untilMs?: number;
	untilExpr?: string;
	when?: string;
	withinMs: number;
	say?: string;
	commands: Command[];
};

/** `plan`: keys of a plan as the file has them, values unread; `planLines`: where each stands. Each of `undo` is done at the end, however it ends. */
export type Scenario = {
	name: string;
	file: string;
	title: string;
	watchFor: string;
	learn: string;
	plan: Record<string, unknown>;
	planLines: Record<string, number>;
	steadyState: {checks: Expression[]; withinMs: number; line: number};
	steps: Step[];
	checks: Expression[];
	undo: {command: Command; text: string; line: number}[];
	/** How often the steps are played. */
	repeat: number;
};
