import type {FaultKind} from '../../domain/fault.ts';
import {partOf} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {proposedAnswer} from '../faults/fault-answer.ts';
import {offeredFaults} from '../faults/offered.ts';
import {type Act, type KeyContext, type KeyRow, selectedPart, viewAct} from './key-row.ts';
import {endingRefusal} from './refusals.ts';

/** Breaking the selected part on purpose, and undoing it; then the keys of the list of faults. */
export const faultKeys: KeyRow[] = [
	{
		name: 'inject',
		keys: ['i'],
		where: ['servers'],
		help: 'inject a fault: a list to choose from',
		hint: {label: 'inject', rank: 7},
		refusal: stopRefusal,
		act: context => viewAct({type: 'pick', picker: {part: selectedPart(context).id, selected: 0}}),
	},
	{
		name: 'undo',
		keys: ['u'],
		where: ['servers'],
		help: 'undo its faults: what was before is restored',
		hint: {label: 'undo', rank: 8},
		refusal: context => {
			const {id, name} = selectedPart(context);
			if (context.live.faults.every(({part}) => part !== id)) return t('no fault is in force on {name}', {name});
			return stopRefusal(context);
		},
		act: context => [{type: 'send', command: {type: 'undo', part: selectedPart(context).id}}],
	},
	{
		name: 'choose-fault',
		keys: ['enter'],
		isFixed: true,
		where: ['picker'],
		help: 'this one: its parameters are asked for',
		hint: {label: 'choose', rank: 11},
		act: choose,
	},
	{
		name: 'leave-faults',
		keys: ['escape', 'q', 'i'],
		isFixed: true,
		shown: 'Esc',
		where: ['picker'],
		help: 'leave all as it is',
		hint: {label: 'leave it', rank: 10},
		act: () => viewAct({type: 'pick'}),
	},
];

function stopRefusal({live: {phase}}: KeyContext): string | undefined {
	return endingRefusal(phase);
}

function choose(context: KeyContext): Act[] {
	const {kinds, selected, part, name} = faultsIn(context);
	const kind = kinds[selected];
	if (kind === undefined) return [];
	return viewAct({type: 'ask', prompt: {kind: 'fault', part, name, fault: kind, text: proposedAnswer(kind)}});
}

/** The open list as it stands. */
export function faultsIn({live, view}: Pick<KeyContext, 'live' | 'view'>): OpenPicker {
	const {part, selected} = view.picker!;
	const kinds = offeredFaults(live, part);
	const name = partOf(live, part)?.name ?? part;
	return {part, name, kinds, selected: Math.min(selected, kinds.length - 1)};
}

type OpenPicker = {part: string; name: string; kinds: FaultKind[]; selected: number};
