/** What `lbtop ctl faults` prints. */

import {faultKinds, faultTable, faultUsage, formatFault} from '../domain/fault.ts';
import type {State} from '../state/state.ts';
import {phrase, told} from '../words/words.ts';

/** What the lab answers to `ctl faults`: those in force, then every kind as it is written, with what it does. */
export function faultLines({faults, now}: State): string[] {
	const active = faults.map(({part, fault, at, forMs, by}) => {
		const written = `${part.padEnd(10)} ${formatFault(fault)}`;
		if (forMs === undefined) return phrase('{fault}  (until undone, by {who})', {fault: written, who: by});
		const left = `${Math.max(0, (at + forMs - now) / 1000).toFixed(1)} s`;
		return phrase('{fault}  ({time} left, by {who})', {fault: written, time: left, who: by});
	});
	const kinds = faultKinds.flatMap(kind => [`  ${faultUsage(kind)}`, `      ${faultTable[kind].line}`]);
	const head = active.length === 0 ? phrase('no fault is in force') : phrase('in force:');
	return [head, ...active, '', phrase('faults:'), ...kinds];
}

/** A line of a lab's answer as a person is told it: what it is set in by stays. */
export function toldLine(line: string): string {
	const text = line.trimStart();
	return `${line.slice(0, line.length - text.length)}${told(text)}`;
}
