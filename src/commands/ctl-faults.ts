/** What `lbtop ctl` can ask about faults. */

import {UsageError} from '../cli/option.ts';
import {faultKinds, faultTable, faultUsage, formatFault, readFault} from '../domain/fault.ts';
import type {State} from '../state/state.ts';
import type {Verb} from './ctl-servers.ts';

export const faultVerbs: Record<string, Verb> = {
	fault: {wants: 'PART FAULT', request: argument => ({type: 'fault', ...split(argument)})},
	faults: {wants: '', request: () => ({type: 'faults'})},
	undo: {wants: '[PART]', request: part => (part === '' ? {type: 'undo'} : {type: 'undo', part: withoutWire(part)})},
};

/** What `ctl faults` prints: those in force, then every kind as it is written, with what it does. */
export function faultLines(state: State): string[] {
	const {faults, now} = state;
	const active = faults.map(({part, fault, at, forMs, by}) => {
		const left = forMs === undefined ? 'until undone' : `${Math.max(0, (at + forMs - now) / 1000).toFixed(1)} s left`;
		return `${part.padEnd(10)} ${formatFault(fault)}  (${left}, by ${by})`;
	});
	const kinds = faultKinds.flatMap(kind => [`  ${faultUsage(kind)}`, `      ${faultTable[kind].line}`]);
	return [active.length === 0 ? 'no fault is in force' : 'in force:', ...active, '', 'faults:', ...kinds];
}

/** A part's name may have spaces: the fault begins with the first word that is a kind. `wire:` before it may be left out. */
function split(argument: string) {
	const words = argument.split(' ');
	const at = words.findIndex((word, index) => index > 0 && faultKinds.some(kind => kind === word));
	const first = at < 0 ? 1 : at;
	const fault = readFault(words.slice(first).join(' '));
	if (fault.kind === undefined) throw new UsageError(`ctl fault: ${fault.reason}`);
	return {part: withoutWire(words.slice(0, first).join(' ')), fault};
}

function withoutWire(part: string): string {
	return part.replace(/^wire:/, '');
}
