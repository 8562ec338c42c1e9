import type {Dialog} from '../dialog/dialog.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';

const where: KeyRow['where'] = ['dialog'];

/** The keys of an open question. What it asks for is done by `y`, or by Enter once it is chosen. */
export const dialogKeys: KeyRow[] = [
	{
		name: 'turn-answer',
		keys: ['tab', 'shift-tab', 'left', 'right', 'up', 'down', 'h', 'l', 'j', 'k'],
		isFixed: true,
		shown: glyphs => `Tab ${glyphs.sideways}`,
		where,
		help: 'the other answer',
		hint: {label: 'choose', rank: 9},
		act: context => {
			const dialog = openDialog(context);
			return viewAct({type: 'confirm', dialog: {...dialog, isYes: !dialog.isYes}});
		},
	},
	{
		name: 'take-answer',
		keys: ['enter'],
		isFixed: true,
		where,
		help: 'the chosen answer; at first it is no',
		hint: {label: 'answer', rank: 10},
		act: context => answered(openDialog(context), openDialog(context).isYes),
	},
	{
		name: 'yes',
		keys: ['y', 'Y'],
		isFixed: true,
		shown: 'y',
		where,
		help: 'do it',
		hint: {label: 'yes', rank: 11},
		act: context => answered(openDialog(context), true),
	},
	{
		name: 'no',
		keys: ['n', 'N', 'q', 'escape'],
		isFixed: true,
		shown: 'n Esc',
		where,
		help: 'leave all as it is',
		hint: {label: 'no', rank: 12},
		act: context => answered(openDialog(context), false),
	},
];

function openDialog({view}: KeyContext): Dialog {
	if (!view.dialog) throw new Error('a key of the question was pressed without one');
	return view.dialog;
}

function answered({commands}: Dialog, isYes: boolean): Act[] {
	const acts = commands.map((command): Act => ({type: 'send', command}));
	return [...viewAct({type: 'confirm'}), ...(isYes ? acts : [])];
}
