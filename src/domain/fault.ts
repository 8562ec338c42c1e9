/** What can be broken on purpose: one table of faults, each as plain data and as one would write it, both ways. */

import {type PlainPhrase, phrase} from '../words/words.ts';
import {escapeText} from './escape.ts';
import {behaviourFaults} from './faults/behaviour-faults.ts';
import type {Parameter, ValuesOf} from './faults/parameter.ts';
import {processFaults} from './faults/process-faults.ts';
import {wireFaults} from './faults/wire-faults.ts';

const rows = {...processFaults, ...behaviourFaults, ...wireFaults} as const;

export type FaultKind = keyof typeof rows;

/** `process` and `behaviour` take a server; `wire` the bytes to and from a server, or those of the clients. */
export type FaultTarget = 'process' | 'behaviour' | 'wire';

/** A fault of one kind with all its parameters. */
export type FaultOf<K extends FaultKind> = {
	[kind in K]: {kind: kind; parameters: ValuesOf<(typeof rows)[kind]['parameters']>};
}[K];

/** A fault as plain data, as `{kind: 'slow', parameters: {delayMs: {type: 'constant', ms: 200}, share: 1, …}}`. */
export type Fault = FaultOf<FaultKind>;

/** `line` says what TCP does then. `main`: the parameter that is written first and without its name. */
type FaultRow = {
	target: FaultTarget;
	main?: string;
	parameters: Record<string, Parameter<unknown>>;
	line: PlainPhrase;
};

/** The table of faults, in the order in which they are shown. */
export const faultTable = rows as unknown as Record<FaultKind, FaultRow>;

export const faultKinds = Object.keys(rows) as FaultKind[];

/** Why something is no fault, in a sentence. */
type NoFault = {kind: undefined; reason: string};

/** Reads `slow 200ms share=0.3`, or the same as data. What is not given is as the table says. */
export function readFault(given: unknown): Fault | NoFault {
	if (typeof given === 'string') return readText(given);
	const {kind, parameters, ...rest} = Object(given) as Record<string, unknown>;
	const [stray] = Object.keys(rest);
	if (stray !== undefined) return noFault(phrase("a fault has no '{key}', only kind and parameters", {key: stray}));
	return complete(kind, Object(parameters ?? {}) as Record<string, unknown>);
}

/** The shortest text that says it all and that {@link readFault} takes back: `slow 200ms share=0.3`. */
export function formatFault(fault: Fault): string {
	const {main, parameters} = faultTable[fault.kind];
	const given = fault.parameters as Record<string, unknown>;
	const words = Object.entries(parameters).flatMap(([key, {name, fallback, format}]) => {
		const text = format(given[key]);
		if (key === main) return [text];
		return text === format(fallback) ? [] : [`${name}=${text}`];
	});
	return [fault.kind, ...words].join(' ');
}

/** How a kind is written, with what it takes: `slow DELAY [share=1] [kind=any] [nth=1]`. */
export function faultUsage(kind: FaultKind): string {
	const {main, parameters} = faultTable[kind];
	const words = Object.entries(parameters).map(([key, {name, fallback, format}]) =>
		key === main ? `[${format(fallback)}]` : `[${name}=${format(fallback)}]`,
	);
	return [kind, ...words].join(' ');
}

function readText(text: string): Fault | NoFault {
	const [kind = '', ...words] = text.trim().split(/\s+/);
	if (!isKind(kind)) return complete(kind, {});
	const {main, parameters} = faultTable[kind];
	const values: Record<string, unknown> = {};
	for (const [index, word] of words.entries()) {
		const sign = word.indexOf('=');
		const name = word.slice(0, Math.max(0, sign));
		const key = sign < 0 ? main : Object.keys(parameters).find(each => parameters[each]!.name === name);
		if (key === undefined || (sign < 0 && index > 0))
			return noFault(phrase("{kind} takes no '{word}'; it is '{usage}'", {kind, word, usage: faultUsage(kind)}));
		if (key in values) return noFault(phrase('{kind}: {name} is given twice', {kind, name: parameters[key]!.name}));
		const value = parameters[key]!.parse(word.slice(sign + 1));
		if (value === undefined || !parameters[key]!.schema.safeParse(value).success)
			return notExpected(kind, parameters[key]!, word.slice(sign + 1));
		values[key] = value;
	}
	return complete(kind, values);
}

function complete(kind: unknown, given: Record<string, unknown>): Fault | NoFault {
	if (!isKind(kind))
		return noFault(
			phrase("there is no fault '{kind}'; there are {kinds}", {kind: String(kind), kinds: faultKinds.join(', ')}),
		);
	const {parameters} = faultTable[kind];
	const stray = Object.keys(given).find(key => !Object.hasOwn(parameters, key));
	if (stray !== undefined)
		return noFault(phrase("{kind} takes no '{word}'; it is '{usage}'", {kind, word: stray, usage: faultUsage(kind)}));
	const values: Record<string, unknown> = {};
	for (const [key, parameter] of Object.entries(parameters)) {
		const value = parameter.schema.safeParse(given[key] ?? parameter.fallback);
		if (!value.success) return notExpected(kind, parameter, JSON.stringify(given[key]));
		values[key] = value.data;
	}
	return {kind, parameters: values} as Fault;
}

function isKind(kind: unknown): kind is FaultKind {
	return typeof kind === 'string' && Object.hasOwn(rows, kind);
}

function notExpected(kind: string, {name, expected}: Parameter<unknown>, text: string): NoFault {
	return noFault(phrase("{kind}: {name} '{text}' is not {expected}", {kind, name, text, expected}));
}

function noFault(reason: string): NoFault {
	return {kind: undefined, reason: escapeText(reason.slice(0, 500))};
}
