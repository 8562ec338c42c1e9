import {t} from '../../words/words.ts';
import {type PaneId, paneIds} from '../layout.ts';
import {shownParts} from '../servers/server-order.ts';
import {faultsIn} from './fault-keys.ts';
import {type Act, type KeyContext, type KeyRow, type Place, placeOf, selectedPart, viewAct} from './key-row.ts';
import {moveInLog} from './log-moves.ts';

const where: Place[] = ['servers', 'incidents', 'events', 'log', 'help', 'picker'];
const isSelecting = (context: KeyContext) => ['servers', 'incidents', 'events', 'picker'].includes(placeOf(context));

/** Moving the cursor over the parts, and scrolling the lists, by the same keys. Ends are infinitely far. */
export const movementKeys: KeyRow[] = [
	{
		name: 'down',
		keys: ['j', 'down'],
		shown: glyphs => `j k ${glyphs.arrows}`,
		where,
		help: 'one further, one back; back at its end a list is followed again',
		hint: {label: context => (isSelecting(context) ? t('select') : t('scroll')), rank: 3},
		act: context => move(context, 1),
	},
	{name: 'up', keys: ['k', 'up'], with: 'down', where, help: 'one back', act: context => move(context, -1)},
	{
		name: 'page-down',
		keys: ['page-down'],
		shown: 'PgDn PgUp',
		where,
		help: 'a page',
		act: context => move(context, pageOf(context), {page: true}),
	},
	{
		name: 'page-up',
		keys: ['page-up'],
		with: 'page-down',
		where,
		help: 'a page back',
		act: context => move(context, -pageOf(context), {page: true}),
	},
	{
		name: 'half-page-down',
		keys: ['ctrl-d'],
		where,
		help: 'half a page',
		act: context => move(context, halfOf(context), {page: true}),
	},
	{
		name: 'half-page-up',
		keys: ['ctrl-u'],
		with: 'half-page-down',
		where,
		help: 'half a page back',
		act: context => move(context, -halfOf(context), {page: true}),
	},
	{
		name: 'first',
		keys: ['g', 'home'],
		where,
		help: 'to the beginning',
		act: context => move(context, Number.NEGATIVE_INFINITY),
	},
	{
		name: 'last',
		keys: ['G', 'end'],
		where,
		help: 'to the end',
		act: context => move(context, Number.POSITIVE_INFINITY),
	},
];

function move(context: KeyContext, by: number, {page = false} = {}): Act[] {
	const {shown} = context;
	const height = pageOf(context);
	switch (placeOf(context)) {
		case 'servers':
			return moveSelection(context, by);
		case 'incidents':
			return moveIncident(context, by);
		case 'events':
			return viewAct({type: 'scroll-events', entries: shown.events, by, height, page});
		case 'log':
			return moveInLog(context, {by, height, page});
		case 'help':
			return viewAct({type: 'scroll-help', by, most: context.helpBelow});
		case 'details':
			return viewAct({type: 'scroll-details', by, most: context.detailsBelow ?? 0});
		case 'picker':
			return moveFault(context, by);
		default:
			return [];
	}
}

function moveSelection(context: KeyContext, by: number): Act[] {
	const parts = shownParts(context.shown, context.view.sort);
	const from = parts.findIndex(({id}) => id === selectedPart(context).id);
	return viewAct({type: 'select', part: parts[within(from + by, parts)]!.id});
}

/** Through the list of incidents, whose first is the newest; it stays selected whichever comes. */
function moveIncident({shown, view}: KeyContext, by: number): Act[] {
	const newest = shown.incidents.list.toReversed();
	const from = newest.findIndex(({id}) => id === view.incident);
	const to = within(Math.max(0, from) + by, newest);
	const id = newest[to]?.id;
	return viewAct({type: 'select-incident', ...(id === undefined || to === 0 ? {} : {id})});
}

function moveFault(context: KeyContext, by: number): Act[] {
	const {kinds, selected} = faultsIn(context);
	return viewAct({type: 'pick', picker: {...context.view.picker!, selected: within(selected + by, kinds)}});
}

/** A place in a list; the nearest where it would be outside. */
function within(place: number, list: unknown[]): number {
	return Math.max(0, Math.min(list.length - 1, place));
}

function halfOf(context: KeyContext): number {
	return Math.max(1, Math.floor(pageOf(context) / 2));
}

function hasOwnPane(place: Place): place is PaneId {
	return paneIds.some(id => id === place);
}

/** Rows a pane shows inside its border. */
function pageOf({layout, ...context}: KeyContext): number {
	const place = placeOf(context);
	const body = layout ? layout.footer.y - layout.header.height : 12;
	const rect = hasOwnPane(place) ? layout?.panes[place] : {height: body};
	return Math.max(1, (rect?.height ?? 12) - 2);
}
