/**
 * How each command is written in one line: `kill PART`, `weight SERVER N`, `servers add SPEC`. One table, for `lbtop ctl`,
 * scenarios and the screen's palette alike.
 */

import {t} from '../words/words.ts';
import {algorithmNames} from './algorithm.ts';
import {maxWeight, serverNamePattern} from './balanced-server.ts';
import type {Command} from './command.ts';
import {parseDuration} from './duration.ts';
import {faultKinds} from './fault.ts';
import {parseRate, rateNotation} from './rate.ts';
import {parseAddress, parseServerFields} from './server-spec.ts';
import {unquoted} from './shell-word.ts';

export type CommandType = Command['type'];
export type ParameterKind = keyof typeof parameterKinds;

/** Fields of a command, or a sentence on why a text is none. */
type Fields = Record<string, unknown> | string;

type Kind = {
	/** As the usage names it. */
	usage: string;
	/** How many words stand before it, where that is not for its own first word to say; a name may have spaces. */
	begins?: (words: string[]) => number;
	fields(text: string): Fields;
};

const lastWord = (words: string[]) => words.length - 1;

/** What can follow a command's name. */
const parameterKinds = {
	part: {usage: 'PART', fields: part => ({part: withoutWire(part)})},
	server: {usage: 'SERVER', fields: part => ({part})},
	weight: {usage: 'N', begins: lastWord, fields: readWeight},
	// `HOST PORT` in two words is how earlier scenarios have it.
	address: {
		usage: 'HOST:PORT',
		begins: words => (/^\d+$/.test(words.at(-1) ?? '') && words.length > 2 ? words.length - 2 : lastWord(words)),
		fields: text => attempt(() => parseAddress(text.replace(/\s+/, ':'))),
	},
	spec: {
		usage: 'SPEC',
		fields: text => (serverNamePattern.test(text) ? {name: text} : attempt(() => parseServerFields(unquoted(text)))),
	},
	rate: {
		usage: 'R',
		fields: text => {
			const rate = parseRate(text);
			return rate === undefined ? t("rate '{text}': it is {notation}", {text, notation: t(rateNotation)}) : {rate};
		},
	},
	algorithm: {
		usage: 'NAME',
		fields: algorithm =>
			algorithmNames.some(name => name === algorithm)
				? {algorithm}
				: t("algorithm '{algorithm}': it is one of {names}", {algorithm, names: algorithmNames.join(', ')}),
	},
	fault: {
		usage: 'FAULT',
		begins: words => {
			const at = words.findIndex((word, index) => index > 0 && faultKinds.some(kind => kind === word));
			return at < 0 ? 1 : at;
		},
		fields: readFaultWords,
	},
	now: {
		usage: 'now',
		fields: text => {
			const isNow = text === 'now' || text === 'true';
			return isNow || text === 'false' ? {now: isNow} : t("quit takes no '{text}', only now", {text});
		},
	},
} satisfies Record<string, Kind>;

/** `name`: how people say it, of one word or two. The last parameter takes all that is left of the line. */
export type CommandForm = {name: string; parameters: ParameterKind[]; isOptional?: true};

/** Each command as it is written. */
export const commandForms: Record<CommandType, CommandForm> = {
	start: {name: 'start', parameters: ['part']},
	stop: {name: 'stop', parameters: ['part']},
	kill: {name: 'kill', parameters: ['part']},
	restart: {name: 'restart', parameters: ['part']},
	'kill-restart': {name: 'kill-restart', parameters: ['part']},
	pause: {name: 'pause', parameters: ['part']},
	resume: {name: 'resume', parameters: ['part']},
	rate: {name: 'rate', parameters: ['rate']},
	algorithm: {name: 'algorithm', parameters: ['algorithm']},
	drain: {name: 'drain', parameters: ['server']},
	maint: {name: 'maint', parameters: ['server']},
	ready: {name: 'ready', parameters: ['server']},
	weight: {name: 'weight', parameters: ['server', 'weight']},
	'add-server': {name: 'servers add', parameters: ['spec'], isOptional: true},
	'remove-server': {name: 'servers remove', parameters: ['server']},
	address: {name: 'servers address', parameters: ['server', 'address']},
	fault: {name: 'fault', parameters: ['part', 'fault']},
	undo: {name: 'undo', parameters: ['part'], isOptional: true},
	quit: {name: 'quit', parameters: ['now'], isOptional: true},
};

/** All commands, in the order in which they are offered. */
export const commandTypes = Object.keys(commandForms) as CommandType[];

/** How a command is written: `weight SERVER N`, `undo [PART]`. */
export function commandUsage(type: CommandType): string {
	const {name, parameters, isOptional} = commandForms[type];
	const words = parameters.map(kind => parameterKinds[kind].usage).join(' ');
	return `${name} ${isOptional ? `[${words}]` : words}`;
}

/** The texts of a form's parameters in the words after its name; fewer where the words do not reach. */
export function splitParameters({parameters}: CommandForm, words: string[]): string[] {
	const [first, second] = parameters;
	if (words.length === 0) return [];
	if (first === undefined || second === undefined || words.length === 1) return [words.join(' ')];
	const kind: Kind = parameterKinds[second];
	const at = Math.max(1, kind.begins?.(words) ?? 1);
	return [words.slice(0, at).join(' '), words.slice(at).join(' ')];
}

/** The fields that a text gives for a parameter of this kind, or why it gives none. */
export function fieldsOf(kind: ParameterKind, text: string): Fields {
	return parameterKinds[kind].fields(text);
}

/** `wire:` before a server's name may be left out: what a fault takes hold of is said by its kind. */
function withoutWire(part: string): string {
	return part.replace(/^wire:/, '');
}

function readWeight(text: string): Fields {
	return /^\d+$/.test(text) && Number(text) <= maxWeight
		? {weight: Number(text)}
		: t('a weight is a whole number from 0 to {most}', {most: maxWeight});
}

/** `slow 200ms share=0.3 for=10s`; `--for 10s` is the same, as `lbtop ctl` has it. */
function readFaultWords(text: string): Fields {
	const match = /^(.*?)\s+(?:--for[ =]|for=)(\S+)$/.exec(text);
	if (!match) return {fault: text};
	const forMs = parseDuration(match[2]!);
	return forMs === undefined || forMs <= 0
		? t("'{text}' is no time such as for=10s", {text: `for=${match[2]}`})
		: {fault: match[1], forMs};
}

function attempt(read: () => Record<string, unknown>): Fields {
	try {
		return read();
	} catch (error) {
		return (error as Error).message;
	}
}
