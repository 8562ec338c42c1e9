import type {ProcessCommandType} from '../../domain/command.ts';
import {partOf} from '../../state/state.ts';
import {type PlainText, t} from '../../words/words.ts';
import {type Act, type KeyContext, type KeyRow, selectedPart} from './key-row.ts';
import {refusalOf} from './refusals.ts';

/** The keys that act on the selected part's process. They act on the part by its name, never on a row. */
export const processKeys: KeyRow[] = [
	processKey({key: 'x', type: 'stop', label: 'stop', rank: 8, help: 'stop: SIGTERM, it finishes what it has'}),
	processKey({key: 'X', type: 'kill', label: () => 'kill -9', rank: 9, help: 'kill: SIGKILL, at once'}),
	processKey({key: 's', type: 'start', label: 'start', rank: 9, help: 'start, also before its backoff ends'}),
	processKey({
		key: 'r',
		type: 'restart',
		label: 'restart',
		rank: 7,
		help: 'restart: drain, stop, start, wait until ready',
	}),
	processKey({key: 'R', type: 'kill-restart', label: 'kill+start', rank: 6, help: 'kill and start'}),
	{
		...processKey({
			key: 'p',
			type: 'pause',
			label: 'pause',
			rank: 7,
			help: 'pause (SIGSTOP), or resume (SIGCONT)',
		}),
		hint: {label: context => (isPaused(context) ? t('resume') : t('pause')), rank: 7},
		act: context => send(context, isPaused(context) ? 'resume' : 'pause'),
	},
];

type ProcessKey = {
	key: string;
	type: Exclude<ProcessCommandType, 'resume'>;
	label: PlainText | (() => string);
	rank: number;
	help: PlainText;
};

function processKey({key, type, label, rank, help}: ProcessKey): KeyRow {
	return {
		name: type,
		keys: [key],
		where: ['servers'],
		help,
		hint: {label, rank},
		refusal: context => refusalOf(type, livePart(context), {phase: context.live.phase, keymap: context.keymap}),
		act: context => send(context, type),
	};
}

function send(context: KeyContext, type: ProcessCommandType): Act[] {
	return [{type: 'send', command: {type, part: selectedPart(context).id}}];
}

/** The selected part as it is now, whatever a frozen display shows. */
function livePart(context: KeyContext) {
	const selected = selectedPart(context);
	return partOf(context.live, selected.id) ?? selected;
}

function isPaused(context: KeyContext): boolean {
	return livePart(context).process === 'PAUSED';
}
