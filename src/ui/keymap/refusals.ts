import type {ProcessCommandType} from '../../domain/command.ts';
import type {Phase} from '../../domain/event.ts';
import {isAlive} from '../../domain/status.ts';
import type {PartState} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {keyOf} from './key-names.ts';
import type {KeyRow} from './key-row.ts';

/** Why nothing can be asked of the lab any more, in a sentence; undefined when it can. */
export function endingRefusal(phase: Phase): string | undefined {
	if (phase === 'ended') return t('the run is over');
	return phase === 'stopping' ? t('the lab is stopping') : undefined;
}

type Asked = Exclude<ProcessCommandType, 'resume'>;

type Circumstances = {phase: Phase; keymap: KeyRow[]};

/**
 * Why a key cannot act on a part's process as things stand, in a sentence; undefined when it can. `pause` also stands
 * for resuming: one key does both.
 */
export function refusalOf(asked: Asked, part: PartState, {phase, keymap}: Circumstances): string | undefined {
	const ending = endingRefusal(phase);
	if (ending !== undefined) return ending;
	const {name, process} = part;
	if (process === 'EXTERNAL') return t('{name} runs elsewhere: lbtop did not start it and does not signal it', {name});
	const is = {name, process};
	const key = (row: ProcessCommandType) => keyOf(row, keymap);
	switch (asked) {
		case 'start':
			if (process === 'PAUSED') return t('{name} is paused: {key} resumes it', {name, key: key('pause')});
			return isAlive(process) ? t('{name} already runs ({process})', is) : undefined;
		case 'stop':
			if (process === 'STOPPING') return t('{name} is stopping already: {key} kills it', {name, key: key('kill')});
			return isAlive(process) || process === 'BACKOFF' ? undefined : t('{name} is {process}: nothing to stop', is);
		case 'kill':
			if (process === 'BACKOFF')
				return t('{name} is {process}: no process to kill; {stop} gives up restarting, {start} starts it now', {
					...is,
					...{stop: key('stop'), start: key('start')},
				});
			return isAlive(process) ? undefined : t('{name} is {process}: no process to kill', is);
		case 'restart':
			if (process !== 'STOPPING') return undefined;
			return t('{name} is {process}: {kill} kills it, {start} starts it again', {
				...is,
				...{kill: key('kill'), start: key('start')},
			});
		case 'kill-restart':
			return undefined;
		case 'pause':
			if (process === 'PAUSED' || process === 'READY' || process === 'NOT-READY' || process === 'STARTING')
				return undefined;
			return t('{name} is {process}: nothing to pause', is);
	}
}
