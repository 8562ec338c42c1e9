import type {ProcessCommandType} from '../../domain/command.ts';
import {partsOf} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {type Act, type KeyContext, type KeyRow, selectedPart} from './key-row.ts';
import {refusalOf} from './refusals.ts';

/** The keys that act on the selected part's process. They act on the part by its name, never on a row. */
export const processKeys: KeyRow[] = [
	processKey({key: 'x', type: 'stop', label: t('stop'), rank: 8, help: t('stop: SIGTERM, it finishes what it has')}),
	processKey({key: 'X', type: 'kill', label: 'kill -9', rank: 9, help: t('kill: SIGKILL, at once')}),
	processKey({key: 's', type: 'start', label: t('start'), rank: 9, help: t('start, also before its backoff ends')}),
	processKey({
		key: 'r',
		type: 'restart',
		label: t('restart'),
		rank: 7,
		help: t('restart: drain, stop, start, wait until ready'),
	}),
	processKey({key: 'R', type: 'kill-restart', label: t('kill+start'), rank: 6, help: t('kill and start')}),
	{
		...processKey({
			key: 'p',
			type: 'pause',
			label: t('pause'),
			rank: 7,
			help: t('pause (SIGSTOP), or resume (SIGCONT)'),
		}),
		hint: {label: context => (isPaused(context) ? t('resume') : t('pause')), rank: 7},
		act: context => send(context, isPaused(context) ? 'resume' : 'pause'),
	},
];

type ProcessKey = {
	key: string;
	type: Exclude<ProcessCommandType, 'resume'>;
	label: string;
	rank: number;
	help: string;
};

function processKey({key, type, label, rank, help}: ProcessKey): KeyRow {
	return {
		name: type,
		keys: [key],
		where: ['servers'],
		help,
		hint: {label, rank},
		refusal: context => refusalOf(type, livePart(context), context.live.phase),
		act: context => send(context, type),
	};
}

function send(context: KeyContext, type: ProcessCommandType): Act[] {
	return [{type: 'send', command: {type, part: selectedPart(context).id}}];
}

/** The selected part as it is now, whatever a frozen display shows. */
function livePart(context: KeyContext) {
	const selected = selectedPart(context);
	return partsOf(context.live).find(({id}) => id === selected.id) ?? selected;
}

function isPaused(context: KeyContext): boolean {
	return livePart(context).process === 'PAUSED';
}
