/** Kinds of incidents: what a person asks of a process, its exit, and faults. */

/** What is known of a kind beforehand. */
type Kind = {
	/** By what: a broken connection with the first message, silence and a closed door by checks. Absent: nobody looks for it. */
	noticed?: 'at-once' | 'by-checks';
	/** It takes the process away, so it is over when one runs again. */
	takesProcess?: true;
	/** Exits of the process are part of it. */
	hasExits?: true;
	/** The server is drained for it; with any other kind a drain is somebody's word, and tells nothing of how soon it was noticed. */
	drains?: true;
};

const kinds: Record<string, Kind> = {
	kill: {noticed: 'at-once', takesProcess: true},
	stop: {noticed: 'at-once', takesProcess: true},
	restart: {noticed: 'at-once', takesProcess: true, drains: true},
	pause: {noticed: 'by-checks', takesProcess: true},
	exit: {noticed: 'at-once', takesProcess: true, hasExits: true},
	'exit-at-start': {noticed: 'at-once', takesProcess: true, hasExits: true},
	'restart-loop': {noticed: 'at-once', takesProcess: true, hasExits: true},
	crash: {hasExits: true},
	down: {noticed: 'at-once'},
	'never-read': {noticed: 'by-checks'},
	refuse: {noticed: 'by-checks'},
	timeout: {noticed: 'by-checks'},
};

/** The row of a kind; of other faults nothing is known. */
export function incidentKind(kind: string): Kind {
	return kinds[kind] ?? {};
}
