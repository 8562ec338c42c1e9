import {t} from '../../words/words.ts';
import {nextSort, type ServerSort} from '../servers/server-order.ts';
import {keyOf} from './key-names.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';

/** The order of the servers in their pane; who is selected stays selected. */
export const sortKeys: KeyRow[] = [
	{
		name: 'sort',
		keys: ['o'],
		where: ['servers'],
		help: 'sort the servers by the next column, at last as planned',
		hint: {label: 'sort', rank: 5},
		refusal: detailsRefusal,
		act: ({view, live}) => sortAct(nextSort(view.sort, live)),
	},
	{
		name: 'sort-back',
		keys: ['O'],
		where: ['servers'],
		help: 'sort the other way round',
		refusal: context =>
			detailsRefusal(context) ??
			(context.view.sort
				? undefined
				: t('the servers are not sorted: {key} sorts them', {key: keyOf('sort', context.keymap)})),
		act: ({view: {sort}}) => sortAct(sort && {...sort, isDown: !sort.isDown}),
	},
];

function detailsRefusal({view}: KeyContext): string | undefined {
	return view.details === undefined ? undefined : t('the details cover the list: Esc closes them');
}

function sortAct(sort: ServerSort | undefined): Act[] {
	return viewAct(sort ? {type: 'sort', sort} : {type: 'sort'});
}
