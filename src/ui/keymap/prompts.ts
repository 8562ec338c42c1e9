/** What the screen can ask for in its last lines but one, and the command that an answer makes. */

import {maxWeight} from '../../domain/balanced-server.ts';
import type {Command} from '../../domain/command.ts';
import type {FaultKind} from '../../domain/fault.ts';
import type {PartId} from '../../domain/plan.ts';
import {readAnswer} from '../faults/fault-answer.ts';

/** An open prompt: what it asks about, and what has been written so far. */
export type Prompt = {part: PartId; name: string; text: string} & (
	| {kind: 'weight'}
	| {kind: 'fault'; fault: FaultKind}
);

type PromptOf<K extends Prompt['kind']> = Extract<Prompt, {kind: K}>;

/** `takes`: the text, as long as it may still become an answer. */
type Kind<K extends Prompt['kind']> = {
	takes: RegExp;
	question(prompt: PromptOf<K>): string;
	/** The command, or why the answer is none. */
	command(prompt: PromptOf<K>): Command | string;
};

const prompts: {[K in Prompt['kind']]: Kind<K>} = {
	weight: {
		takes: /^\d{0,8}$/,
		question: ({name}) => `weight of ${name}, 0 to ${maxWeight}:`,
		command: ({part, text}) => {
			const weight = Number(text);
			return text === '' || weight > maxWeight
				? `a weight is a whole number from 0 to ${maxWeight}`
				: {type: 'weight', part, weight};
		},
	},
	fault: {
		takes: /^[ -~]{0,120}$/,
		question: ({name, fault}) => `${fault} on ${name}, for=10s ends it:`,
		command: ({part, fault: kind, text}) => {
			const answer = readAnswer(kind, text.trim());
			return typeof answer === 'string' ? answer : {type: 'fault', part, ...answer};
		},
	},
};

/** The row of an open prompt. */
export function promptKind<K extends Prompt['kind']>({kind}: PromptOf<K>): Kind<K> {
	return prompts[kind as K];
}
