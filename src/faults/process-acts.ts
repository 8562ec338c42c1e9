/** How faults of a process are brought about and undone: by what a person could have asked, or by crashes. */

import type {ProcessCommandType} from '../domain/command.ts';
import type {FaultEndCause} from '../domain/event.ts';
import type {Fault} from '../domain/fault.ts';
import type {processFaults} from '../domain/faults/process-faults.ts';
import type {ProcessStatus} from '../domain/status.ts';

/**
 * `begin`: what is asked of the process; `crashes`: when it is made to crash, from now on. `undo` is asked where the
 * process is one of `undoneFrom`. `endsAt`: what the process becomes when the fault is over, whoever brought it about.
 * `outlives`: what it did stays when the run ends.
 */
type ProcessAct = {
	begin?: ProcessCommandType;
	crashes?: 'at-start' | 'when-ready';
	undo: ProcessCommandType;
	undoneFrom: ProcessStatus[];
	endsAt: Partial<Record<ProcessStatus, FaultEndCause>>;
	outlives?: true;
};

const down: ProcessStatus[] = ['STOPPING', 'STOPPED', 'EXITED', 'CRASHED', 'BACKOFF', 'FAILED'];

const processActs: Record<keyof typeof processFaults, ProcessAct> = {
	stop: {begin: 'stop', undo: 'start', undoneFrom: down, endsAt: {STARTING: 'asked'}, outlives: true},
	kill: {begin: 'kill', undo: 'start', undoneFrom: down, endsAt: {STARTING: 'asked'}, outlives: true},
	pause: {
		begin: 'pause',
		undo: 'resume',
		undoneFrom: ['PAUSED'],
		endsAt: {READY: 'asked', STOPPED: 'part-ended', CRASHED: 'part-ended'},
	},
	// What a person has stopped meanwhile stays stopped.
	'exit-at-start': {crashes: 'at-start', undo: 'start', undoneFrom: ['BACKOFF'], endsAt: {}, outlives: true},
	'restart-loop': {crashes: 'when-ready', undo: 'start', undoneFrom: ['BACKOFF'], endsAt: {}, outlives: true},
};

/** The act of a fault of a process; undefined for the other faults. */
export function actOf({kind}: Fault): ProcessAct | undefined {
	return (processActs as Partial<Record<Fault['kind'], ProcessAct>>)[kind];
}
