import {t} from '../../words/words.ts';
import {type KeyRow, viewAct} from './key-row.ts';

/** Looking at one part closely; all keys of the servers pane act on it meanwhile, and those that move scroll. */
export const detailsKeys: KeyRow[] = [
	{
		name: 'details',
		keys: ['enter'],
		where: ['servers'],
		help: 'details: process, route, latency, faults, stderr; Esc closes them',
		hint: {label: ({view}) => (view.details === undefined ? t('details') : t('close')), rank: 9},
		act: ({view}) => viewAct({type: 'details', open: view.details === undefined}),
	},
];
