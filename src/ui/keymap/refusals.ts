import type {ProcessCommandType} from '../../domain/command.ts';
import type {Phase} from '../../domain/event.ts';
import {isAlive} from '../../domain/status.ts';
import type {PartState} from '../../state/state.ts';

type Asked = Exclude<ProcessCommandType, 'resume'>;

/**
 * Why a key cannot act on a part's process as things stand, in a sentence; undefined when it can. `pause` also stands
 * for resuming: one key does both.
 */
export function refusalOf(asked: Asked, part: PartState, phase: Phase): string | undefined {
	if (phase === 'stopping' || phase === 'ended') return 'the lab is stopping';
	const {name, process} = part;
	if (process === 'EXTERNAL') return `${name} runs elsewhere: lbtop did not start it and does not signal it`;
	const is = `${name} is ${process}`;
	switch (asked) {
		case 'start':
			if (process === 'PAUSED') return `${name} is paused: p resumes it`;
			return isAlive(process) ? `${name} already runs (${process})` : undefined;
		case 'stop':
			if (process === 'STOPPING') return `${name} is stopping already: X kills it`;
			return isAlive(process) || process === 'BACKOFF' ? undefined : `${is}: nothing to stop`;
		case 'kill':
			if (process === 'BACKOFF') return `${is}: no process to kill; x gives up restarting, s starts it now`;
			return isAlive(process) ? undefined : `${is}: no process to kill`;
		case 'restart':
			return process === 'STOPPING' ? `${is}: X kills it, s starts it again` : undefined;
		case 'kill-restart':
			return undefined;
		case 'pause':
			if (process === 'PAUSED' || process === 'READY' || process === 'NOT-READY' || process === 'STARTING')
				return undefined;
			return `${is}: nothing to pause`;
	}
}
