/** What the screen can ask for in its last lines but one, and what an answer leads to. */

import {maxWeight} from '../../domain/balanced-server.ts';
import type {Command} from '../../domain/command.ts';
import {readFilter, readSearch} from '../../domain/log-query.ts';
import {t} from '../../words/words.ts';
import type {Prompt} from '../dialog/prompt.ts';
import {readAnswer} from '../faults/fault-answer.ts';
import type {LogAsk} from '../log/log-ask.ts';
import type {Act} from './key-row.ts';

type PromptOf<K extends Prompt['kind']> = Extract<Prompt, {kind: K}>;

/** `takes`: the text, as long as it may still become an answer. */
type Kind<K extends Prompt['kind']> = {
	takes: RegExp;
	question(prompt: PromptOf<K>): string;
	/** What the answer leads to, or why it is none. */
	answer(prompt: PromptOf<K>): Act[] | string;
};

const prompts: {[K in Prompt['kind']]: Kind<K>} = {
	weight: {
		takes: /^\d{0,8}$/,
		question: ({name}) => t('weight of {name}, 0 to {most}:', {name, most: maxWeight}),
		answer: ({part, text}) => {
			const weight = Number(text);
			return text === '' || weight > maxWeight
				? t('a weight is a whole number from 0 to {most}', {most: maxWeight})
				: send({type: 'weight', part, weight});
		},
	},
	fault: {
		takes: /^[ -~]{0,120}$/,
		question: ({name, fault}) => t('{fault} on {name}, for=10s ends it:', {fault, name}),
		answer: ({part, fault: kind, text}) => {
			const answer = readAnswer(kind, text.trim());
			return typeof answer === 'string' ? answer : send({type: 'fault', part, ...answer});
		},
	},
	'log-search': {
		takes: /^\P{Cc}{0,200}$/u,
		question: () => t('search, a text or /pattern/:'),
		answer: ({text}) => wrong(readSearch(text)) ?? log({type: 'search', text}),
	},
	'log-filter': {
		takes: /^\P{Cc}{0,200}$/u,
		question: () => t('only lines with (! without) a text, /pattern/, by:PART or label:LABEL:'),
		answer: ({text}) => (text === '' ? undefined : wrong(readFilter(text))) ?? log({type: 'filter', text}),
	},
};

const send = (command: Command): Act[] => [{type: 'send', command}];
const log = (ask: LogAsk): Act[] => [{type: 'log', ask}];

/** Why what was written cannot be read; undefined: it can. */
function wrong(read: unknown): string | undefined {
	return typeof read === 'string' ? read : undefined;
}

/** The row of an open prompt. */
export function promptKind<K extends Prompt['kind']>({kind}: PromptOf<K>): Kind<K> {
	return prompts[kind as K];
}
