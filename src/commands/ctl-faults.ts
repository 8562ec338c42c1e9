/** What `lbtop ctl faults` prints. */

import {faultKinds, faultTable, faultUsage, formatFault} from '../domain/fault.ts';
import type {State} from '../state/state.ts';

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
