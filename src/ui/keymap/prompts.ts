/** What the screen can ask for in its last lines but one, and the command that an answer makes. */

import {maxWeight} from '../../domain/balanced-server.ts';
import type {Command} from '../../domain/command.ts';
import type {PartId} from '../../domain/plan.ts';

/** An open prompt: what it asks about, and what has been written so far. */
export type Prompt = {kind: keyof typeof prompts; part: PartId; name: string; text: string};

type Kind = {
	question(prompt: Prompt): string;
	/** The command, or why the answer is none. */
	command(prompt: Prompt): Command | string;
};

export const prompts = {
	weight: {
		question: ({name}) => `weight of ${name}, 0 to ${maxWeight}:`,
		command: ({part, text}) => {
			const weight = Number(text);
			return text === '' || weight > maxWeight
				? `a weight is a whole number from 0 to ${maxWeight}`
				: {type: 'weight', part, weight};
		},
	},
} satisfies Record<string, Kind>;
