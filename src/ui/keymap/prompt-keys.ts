import type {Prompt} from '../dialog/prompt.ts';
import type {Key} from '../terminal/keys.ts';
import {graphemesOf} from '../text/cells.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';
import {promptKind} from './prompts.ts';

/** All that ASCII can write, for who asks what is bound; a row that writes takes every other character too. */
export const writingKeys: Key[] = [...Array.from({length: 94}, (_, index) => String.fromCharCode(33 + index)), 'space'];

/** The keys of an open prompt: while it is open, no other key means anything but those with Ctrl and F1. */
export const promptKeys: KeyRow[] = [
	{
		name: 'write-answer',
		keys: writingKeys,
		writes: true,
		isFixed: true,
		shown: 'a-z 0-9 =',
		where: ['prompt'],
		help: 'write',
		act: ({view}, key) => {
			const prompt = openPrompt(view);
			const text = prompt.text + (key === 'space' ? ' ' : key);
			return promptKind(prompt).takes.test(text) ? viewAct({type: 'write', text}) : [];
		},
	},
	{
		name: 'erase-answer',
		keys: ['backspace'],
		isFixed: true,
		where: ['prompt'],
		help: 'take the last character back',
		act: ({view}) => viewAct({type: 'write', text: withoutLast(openPrompt(view).text)}),
	},
	{
		name: 'give-answer',
		keys: ['enter'],
		isFixed: true,
		where: ['prompt'],
		help: 'do it',
		hint: {label: 'do it', rank: 11},
		act: submit,
	},
	{
		name: 'leave-prompt',
		keys: ['escape'],
		isFixed: true,
		where: ['prompt'],
		help: 'leave it as it was',
		hint: {label: 'leave it', rank: 10},
		act: () => viewAct({type: 'answered'}),
	},
];

/** A wrong answer stays, with the reason beside it. */
function submit({view}: KeyContext): Act[] {
	const prompt = openPrompt(view);
	const answer = promptKind(prompt).answer(prompt);
	if (typeof answer === 'string') return viewAct({type: 'wrong', reason: answer});
	return [...viewAct({type: 'answered'}), ...viewAct({type: 'pick'}), ...answer];
}

/** The text without its last character, as a reader counts them. */
export function withoutLast(text: string): string {
	return graphemesOf(text).slice(0, -1).join('');
}

function openPrompt({prompt}: KeyContext['view']): Prompt {
	if (!prompt) throw new Error('a key of the prompt was pressed without one');
	return prompt;
}
