/** What the mouse leads to: a click focuses the pane and selects what it is on, the wheel scrolls the pane it is over. */

import {type Act, type KeyContext, placeOf, viewAct} from './keymap/key-row.ts';
import {actsOf} from './keymap/keymap.ts';
import type {PaneId, Rect} from './layout.ts';
import type {MouseReport} from './terminal/mouse-report.ts';

/** How many rows a notch of the wheel scrolls a list; a selection it moves by one. */
const notchRows = 3;

/** `targetAt`: what the click leads to by what is drawn there, whatever has come since. */
export function mouseActs(
	{action, x, y}: MouseReport,
	context: KeyContext,
	targetAt: (place: {x: number; y: number}) => Act[],
): Act[] {
	const place = placeOf(context);
	const isOverPanes = place in (context.layout?.panes ?? {});
	const pane = paneAt(context, x, y);
	if (action === 'wheel-up' || action === 'wheel-down') {
		const key = action === 'wheel-up' ? 'up' : 'down';
		if (!isOverPanes) return place === 'help' || place === 'picker' ? actsOf(key, context) : [];
		if (!pane) return [];
		const acts = actsOf(key, {...context, view: {...context.view, focus: pane}});
		return acts.every(isScroll) ? Array.from({length: notchRows}, () => acts.map(rolled)).flat() : acts;
	}
	if (action !== 'press' || !isOverPanes || !pane) return [];
	return [...viewAct({type: 'focus', pane}), ...targetAt({x, y})];
}

/** The wheel moves what is in sight, the cursor with it. */
function rolled(act: Act): Act {
	return act.type === 'view' && act.action.type === 'scroll-events'
		? {...act, action: {...act.action, page: true}}
		: act;
}

/** Steps that count from where the list is, so that three of them are three. */
function isScroll(act: Act): boolean {
	if (act.type === 'log') return act.ask.type === 'hold';
	return act.type === 'view' && (act.action.type.startsWith('scroll-') || act.action.type === 'log-move');
}

function paneAt({layout}: KeyContext, x: number, y: number): PaneId | undefined {
	const panes = Object.entries(layout?.panes ?? {}) as [PaneId, Rect][];
	return panes.find(
		([, rect]) => x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height,
	)?.[0];
}
