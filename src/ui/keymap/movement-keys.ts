import {type PaneId, paneIds} from '../layout.ts';
import {shownParts} from '../servers/server-order.ts';
import type {Key} from '../terminal/keys.ts';
import {type Act, type KeyContext, type KeyRow, type Place, placeOf, selectedPart, viewAct} from './key-row.ts';
import {moveInLog} from './log-moves.ts';

const where: Place[] = ['servers', 'incidents', 'events', 'log', 'help'];

/** Moving the cursor over the parts, and scrolling the lists, by the same keys. Ends are infinitely far. */
export const movementKeys: KeyRow[] = [
	{
		keys: ['j', 'k', 'down', 'up'],
		shown: glyphs => `j k ${glyphs.arrows}`,
		where,
		help: 'one further, one back; back at its end a list is followed again',
		hint: {label: context => (['servers', 'incidents'].includes(placeOf(context)) ? 'select' : 'scroll'), rank: 3},
		act: (context, key) => move(context, key === 'j' || key === 'down' ? 1 : -1),
	},
	{
		keys: ['page-down', 'page-up', 'ctrl-d', 'ctrl-u'],
		shown: 'PgUp PgDn ^U ^D',
		where,
		help: 'a page, half a page',
		act: (context, key) => move(context, pageStep(key, pageOf(context)), {page: true}),
	},
	{
		keys: ['g', 'home'],
		shown: 'g Home',
		where,
		help: 'to the beginning',
		act: context => move(context, Number.NEGATIVE_INFINITY),
	},
	{
		keys: ['G', 'end'],
		shown: 'G End',
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
			return viewAct({type: 'scroll-events', entries: shown.events, by, height});
		case 'log':
			return moveInLog(context, {by, height, page});
		case 'help':
			return viewAct({type: 'scroll-help', by, most: context.helpBelow});
		case 'details':
			return viewAct({type: 'scroll-details', by, most: context.detailsBelow ?? 0});
		default:
			return [];
	}
}

function moveSelection(context: KeyContext, by: number): Act[] {
	const parts = shownParts(context.shown, context.view.sort);
	const from = parts.findIndex(({id}) => id === selectedPart(context).id);
	const to = Math.min(parts.length - 1, Math.max(0, from + by));
	return viewAct({type: 'select', part: parts[to]!.id});
}

/** Through the list of incidents, whose first is the newest; it stays selected whichever comes. */
function moveIncident({shown, view}: KeyContext, by: number): Act[] {
	const newest = shown.incidents.list.toReversed();
	const from = Math.max(
		0,
		newest.findIndex(({id}) => id === view.incident),
	);
	const to = Math.min(newest.length - 1, Math.max(0, from + by));
	const id = newest[to]?.id;
	return viewAct({type: 'select-incident', ...(id === undefined || to === 0 ? {} : {id})});
}

function pageStep(key: Key, page: number): number {
	const half = Math.max(1, Math.floor(page / 2));
	return key === 'page-down' ? page : key === 'page-up' ? -page : key === 'ctrl-d' ? half : -half;
}

function hasOwnPane(place: Place): place is PaneId {
	return paneIds.some(id => id === place);
}

/** Rows a pane shows inside its border. */
function pageOf(context: KeyContext): number {
	const place = placeOf(context);
	const rect = hasOwnPane(place) ? context.layout?.panes[place] : undefined;
	return Math.max(1, (rect?.height ?? 12) - 2);
}
