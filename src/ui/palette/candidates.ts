/** What can be said next, by the kind of parameter: names of parts, algorithms, faults and what they take. */

import {algorithmNames} from '../../domain/algorithm.ts';
import {type CommandType, commandForms, type ParameterKind} from '../../domain/command-forms.ts';
import {type FaultKind, faultTable, faultUsage} from '../../domain/fault.ts';
import {type PartState, partsOf, type State} from '../../state/state.ts';
import {t, told} from '../../words/words.ts';
import {offeredFaults} from '../faults/offered.ts';
import {type KeyContext, selectedPart} from '../keymap/key-row.ts';
import type {Candidate} from './entry.ts';
import {fuzzyFind} from './fuzzy.ts';

/** Every server at once. */
export const allServers = 'all';

/** What may stand in a command's argument where it ends now. */
export function commandCandidates(type: CommandType, argument: string, context: KeyContext): Candidate[] {
	const {parameters} = commandForms[type];
	const [first, second] = parameters;
	if (first === undefined) return [];
	const {part, rest} = leadingPart(argument, context.live);
	if (part === undefined || second === undefined)
		return found(argument, candidatesOf(first, {context, type}), second === undefined ? '' : ' ');
	const head = argument.slice(0, argument.length - rest.length);
	const behind =
		second === 'fault'
			? faultCandidates(rest, part, context.live)
			: found(rest, candidatesOf(second, {context, type}), '');
	return behind.map(each => ({...each, argument: head + each.argument}));
}

/** The part that an argument begins with, and what follows it. */
function leadingPart(
	argument: string,
	state: State,
): {part: PartState; rest: string} | {part?: undefined; rest: string} {
	for (const part of partsOf(state))
		for (const name of [part.id, part.name])
			if (argument.toLowerCase().startsWith(`${name.toLowerCase()} `))
				return {part, rest: argument.slice(name.length + 1)};
	return {rest: argument};
}

type Word = {text: string; help: string; also?: string};

function found(letters: string, words: Word[], end: string): Candidate[] {
	return fuzzyFind(letters.trim(), words, ({text, also}) => (also === undefined ? text : `${text} ${also}`)).map(
		({text, help}) => ({argument: `${text}${end}`, label: text, help}),
	);
}

function candidatesOf(kind: ParameterKind, {context, type}: {context: KeyContext; type: CommandType}): Word[] {
	switch (kind) {
		case 'part':
		case 'server':
			return partWords(kind, type, context);
		case 'algorithm':
			return algorithmNames.map(text => ({
				text,
				help: text === context.live.balancer.algorithm ? t('in use now') : '',
			}));
		case 'rate':
			return ['10', '100', '1000', '10000', 'max'].map(text => ({
				text,
				help: text === 'max' ? t('as fast as it goes') : t('messages a second'),
			}));
		case 'now':
			return [{text: 'now', help: t('at once, nothing is finished')}];
		default:
			return [];
	}
}

function partWords(kind: 'part' | 'server', type: CommandType, context: KeyContext): Word[] {
	const {live} = context;
	const selected = selectedPart(context).id;
	const parts = kind === 'server' ? live.servers : partsOf(live);
	const words = parts
		.toSorted((a, b) => Number(b.id === selected) - Number(a.id === selected))
		.map(({id, name, process}) => ({text: id, also: name, help: `${name} ${process}`}));
	return takesAll(type) && live.servers.length > 1
		? [...words, {text: allServers, help: t('every server, one after the other')}]
		: words;
}

/** What can be said of every server at once. */
export function takesAll(type: CommandType): boolean {
	const {parameters} = commandForms[type];
	return (
		parameters.length === 1 &&
		(parameters[0] === 'server' || (parameters[0] === 'part' && type !== 'undo')) &&
		type !== 'remove-server'
	);
}

/** Kinds of faults that the part can have; behind a kind, what it takes and has not got. */
function faultCandidates(rest: string, part: PartState, state: State): Candidate[] {
	const offered = offeredFaults(state, part.id);
	const kind = offered.find(each => rest.startsWith(`${each} `));
	if (kind === undefined)
		return found(
			rest,
			offered.map(each => ({text: each, help: told(faultTable[each].line)})),
			' ',
		);
	const words = rest.split(' ');
	const last = words.at(-1)!;
	const head = words.slice(0, -1).join(' ');
	return found(last, parameterWords(kind, words), '').map(each => ({...each, argument: `${head} ${each.argument}`}));
}

function parameterWords(kind: FaultKind, words: string[]): Word[] {
	const {main, parameters} = faultTable[kind];
	const isGiven = (name: string) => words.slice(0, -1).some(word => word.startsWith(`${name}=`));
	const help = faultUsage(kind);
	const own = Object.entries(parameters).flatMap(([key, {name, fallback, format}]) => {
		if (key === main) return words.length === 2 ? [{text: format(fallback), help}] : [];
		return isGiven(name) ? [] : [{text: `${name}=${format(fallback)}`, help}];
	});
	return isGiven('for') ? own : [...own, {text: 'for=10s', help: t('it ends by itself after so long')}];
}
