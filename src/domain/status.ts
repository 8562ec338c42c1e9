/** The two axes of a server, side by side and never merged: what its process does, and where the balancer routes. */

/** What a part's process does. EXTERNAL: it is not ours to start or stop. */
export type ProcessStatus =
	| 'NEW'
	| 'STARTING'
	| 'READY'
	| 'NOT-READY'
	| 'PAUSED'
	| 'STOPPING'
	| 'STOPPED'
	| 'EXITED'
	| 'CRASHED'
	| 'BACKOFF'
	| 'FAILED'
	| 'EXTERNAL';

/** Where a server stands with the balancer, in HAProxy's words and numbers: going down the checks that are left, coming up those that went well. */
export type Route = {
	state: 'UP' | 'DOWN' | 'DRAIN' | 'MAINT' | 'NOLB' | 'SLOW' | 'EJECTED';
	progress?: {done: number; of: number};
};

/** `UP`, `UP 2/3` (going down: two of three failed checks are left), `DOWN`, `DOWN 1/2` (coming up: one good of two). */
export function formatRoute(route: Route): string {
	return route.progress ? `${route.state} ${route.progress.done}/${route.progress.of}` : route.state;
}

/** What people want of a server. `drain`: nothing new to it. `maint`: nor any checks. */
export type Administration = (typeof administrations)[number];
export const administrations = ['ready', 'drain', 'maint'] as const;

/** One glyph per status, so that no state is told by colour alone. `ascii` is for terminals without Unicode. */
export const processGlyph: Record<ProcessStatus, {unicode: string; ascii: string}> = {
	NEW: {unicode: '○', ascii: 'o'},
	STARTING: {unicode: '◔', ascii: '.'},
	READY: {unicode: '●', ascii: '*'},
	'NOT-READY': {unicode: '◐', ascii: '?'},
	PAUSED: {unicode: '‖', ascii: '='},
	STOPPING: {unicode: '◌', ascii: '-'},
	STOPPED: {unicode: '□', ascii: '_'},
	EXITED: {unicode: '□', ascii: '_'},
	CRASHED: {unicode: '✗', ascii: 'x'},
	BACKOFF: {unicode: '✗', ascii: 'x'},
	FAILED: {unicode: '✗', ascii: 'X'},
	EXTERNAL: {unicode: '~', ascii: '~'},
};

/** True while the process exists and could be signalled. */
export function isAlive(status: ProcessStatus): boolean {
	return alive.has(status);
}

/** True while what a process tells is news: it is there, or runs elsewhere, and is not paused. */
export function isTelling(status: ProcessStatus): boolean {
	return status === 'EXTERNAL' || (isAlive(status) && status !== 'PAUSED');
}

const alive = new Set<ProcessStatus>(['STARTING', 'READY', 'NOT-READY', 'PAUSED', 'STOPPING']);
