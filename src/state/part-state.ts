/** What is known of one part's process. */

import type {Actor} from '../domain/command.ts';
import type {Exit} from '../domain/event.ts';
import type {PartId} from '../domain/plan.ts';
import type {ProcessStatus} from '../domain/status.ts';

/** Lines of its stderr, and ends of its processes. */
export const keptErrorLines = 40;
export const keptExits = 5;

/** `by` says who asked for it, where it was `planned`. */
export type PartExit = Exit & {at: number; planned: boolean; by: Actor};

/** A part's process. Times are monotonic ms. `detail` is a few words: why it is so. */
export type PartState = {
	id: PartId;
	name: string;
	process: ProcessStatus;
	detail?: string | undefined;
	pid?: number | undefined;
	commandLine?: string;
	startedAt?: number;
	restarts: number;
	/** When a backoff ends. */
	nextStartAt?: number | undefined;
	lastExit?: PartExit;
	/** The last {@link keptExits}, the newest first. */
	exits: PartExit[];
	/** The last {@link keptErrorLines} of its stderr over all its lives, oldest first; `total` counts all there ever were. */
	stderr: {lines: string[]; total: number};
	/** Files and sockets; null: unknown. */
	openFiles: number | null;
	/** Percent of one core over the last second; null: unknown. */
	cpuPercent: number | null;
	rssBytes: number | null;
};
