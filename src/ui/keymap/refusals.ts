import type {ProcessCommandType} from '../../domain/command.ts';
import type {Phase} from '../../domain/event.ts';
import {isAlive} from '../../domain/status.ts';
import type {PartState} from '../../state/state.ts';
import {t} from '../../words/words.ts';

type Asked = Exclude<ProcessCommandType, 'resume'>;

/**
 * Why a key cannot act on a part's process as things stand, in a sentence; undefined when it can. `pause` also stands
 * for resuming: one key does both.
 */
export function refusalOf(asked: Asked, part: PartState, phase: Phase): string | undefined {
	if (phase === 'stopping' || phase === 'ended') return t('the lab is stopping');
	const {name, process} = part;
	if (process === 'EXTERNAL') return t('{name} runs elsewhere: lbtop did not start it and does not signal it', {name});
	const is = {name, process};
	switch (asked) {
		case 'start':
			if (process === 'PAUSED') return t('{name} is paused: p resumes it', {name});
			return isAlive(process) ? t('{name} already runs ({process})', is) : undefined;
		case 'stop':
			if (process === 'STOPPING') return t('{name} is stopping already: X kills it', {name});
			return isAlive(process) || process === 'BACKOFF' ? undefined : t('{name} is {process}: nothing to stop', is);
		case 'kill':
			if (process === 'BACKOFF')
				return t('{name} is {process}: no process to kill; x gives up restarting, s starts it now', is);
			return isAlive(process) ? undefined : t('{name} is {process}: no process to kill', is);
		case 'restart':
			return process === 'STOPPING' ? t('{name} is {process}: X kills it, s starts it again', is) : undefined;
		case 'kill-restart':
			return undefined;
		case 'pause':
			if (process === 'PAUSED' || process === 'READY' || process === 'NOT-READY' || process === 'STARTING')
				return undefined;
			return t('{name} is {process}: nothing to pause', is);
	}
}
