import {type Fault, faultTable} from '../domain/fault.ts';
import type {PartId} from '../domain/plan.ts';
import type {ProcessStatus} from '../domain/status.ts';
import {partOf, type State} from '../state/state.ts';
import {phrase} from '../words/words.ts';

/** Why a part of the run, which could have this fault, cannot have it now, in a sentence. */
export function unfitness(state: State, id: PartId, fault: Fault): string | undefined {
	if (state.phase === 'stopping' || state.phase === 'ended') return phrase('the run is ending');
	const {name, process: status} = partOf(state, id)!;
	return faultTable[fault.kind].target === 'behaviour' && !canListen.has(status)
		? phrase('{name} is not running ({status})', {name, status})
		: undefined;
}

const canListen = new Set<ProcessStatus>(['STARTING', 'READY', 'NOT-READY', 'PAUSED']);
