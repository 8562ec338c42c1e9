import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';
import {type Prompt, promptKind} from './prompts.ts';

/** All that ASCII can write; what the prompt does not take, it leaves out. */
const characters = Array.from({length: 94}, (_, index) => String.fromCharCode(33 + index));

/** The keys of an open prompt: while it is open, no other key means anything but those with Ctrl. */
export const promptKeys: KeyRow[] = [
	{
		keys: [...characters, 'space'],
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
		keys: ['backspace'],
		shown: 'Backspace',
		where: ['prompt'],
		help: 'take the last character back',
		act: ({view}) => viewAct({type: 'write', text: openPrompt(view).text.slice(0, -1)}),
	},
	{keys: ['enter'], shown: 'Enter', where: ['prompt'], help: 'do it', hint: {label: 'do it', rank: 11}, act: submit},
	{
		keys: ['escape'],
		shown: 'Esc',
		where: ['prompt'],
		help: 'leave it as it was',
		hint: {label: 'leave it', rank: 10},
		act: () => viewAct({type: 'answered'}),
	},
];

/** A wrong answer stays, with the reason. */
function submit({view, live}: KeyContext): Act[] {
	const prompt = openPrompt(view);
	const answer = promptKind(prompt).answer(prompt);
	if (typeof answer === 'string') return viewAct({type: 'notice', text: answer, echoAt: live.echo?.at});
	return [...viewAct({type: 'answered'}), ...viewAct({type: 'pick'}), ...answer];
}

function openPrompt({prompt}: KeyContext['view']): Prompt {
	if (!prompt) throw new Error('a key of the prompt was pressed without one');
	return prompt;
}
