import {longestFaultMs} from '../../domain/command.ts';
import {parseDuration} from '../../domain/duration.ts';
import {type Fault, type FaultKind, faultTable, readFault} from '../../domain/fault.ts';
import {t, told} from '../../words/words.ts';

/** What is written in the prompt at first: the main parameter as the table has it. */
export function proposedAnswer(kind: FaultKind): string {
	const {main, parameters} = faultTable[kind];
	const parameter = main === undefined ? undefined : parameters[main];
	return parameter ? parameter.format(parameter.fallback) : '';
}

/** Reads `200ms share=0.5 for=10s`: the parameters of a fault and how long it lasts; or why it cannot. */
export function readAnswer(kind: FaultKind, text: string): {fault: Fault; forMs?: number} | string {
	const words = text.split(/\s+/);
	const isTime = (word: string) => word.startsWith('for=');
	const time = words.find(isTime);
	const fault = readFault([kind, ...words.filter(word => !isTime(word))].join(' '));
	if (fault.kind === undefined) return told(fault.reason);
	if (time === undefined) return {fault};
	const forMs = parseDuration(time.slice('for='.length)) ?? 0;
	if (forMs <= 0 || forMs > longestFaultMs) return t("'{text}' is no time such as for=10s", {text: time});
	return {fault, forMs};
}
