/** The table of keys: dispatch, hints and help are all made from it. */

import type {Key} from '../terminal/keys.ts';
import {detailsKeys} from './details-keys.ts';
import {faultKeys} from './fault-keys.ts';
import {globalKeys} from './global-keys.ts';
import {type Act, type KeyContext, type KeyRow, placeOf, viewAct} from './key-row.ts';
import {logKeys} from './log-keys.ts';
import {movementKeys} from './movement-keys.ts';
import {processKeys} from './process-keys.ts';
import {promptKeys} from './prompt-keys.ts';
import {screenKeys} from './screen-keys.ts';
import {scrubKeys} from './scrub-keys.ts';
import {serverKeys} from './server-keys.ts';
import {sortKeys} from './sort-keys.ts';
import {trafficKeys} from './traffic-keys.ts';

export const keymap: KeyRow[] = [
	...processKeys,
	...serverKeys,
	...detailsKeys,
	...sortKeys,
	...faultKeys,
	...logKeys,
	...trafficKeys,
	...movementKeys,
	...globalKeys,
	...screenKeys,
	...scrubKeys,
	...promptKeys,
];

/** What a key leads to as things stand: its acts, the reason why it cannot act, or nothing when it is bound to nothing. */
export function actsOf(key: Key, context: KeyContext): Act[] {
	const row = rowsHere(context).find(({keys}) => keys.includes(key));
	if (!row) return [];
	const reason = row.refusal?.(context);
	if (reason === undefined) return row.act(context, key);
	return viewAct({type: 'notice', text: reason, echoAt: context.live.echo?.at});
}

/** The rows whose keys do something here and now, for the hints at the bottom. */
export function hintsOf(context: KeyContext): KeyRow[] {
	const rows = rowsHere(context);
	const isReached = (row: KeyRow) => rows.find(({keys}) => keys.includes(row.keys[0]!)) === row;
	return rows.filter(row => row.hint && isReached(row) && row.refusal?.(context) === undefined);
}

/** The rows in reach, in the details of a part those of the servers pane: the focused pane's before the general ones but for those that come first as things stand. */
function rowsHere(context: KeyContext): KeyRow[] {
	const place = placeOf(context);
	const rows = keymap.filter(({where, keys}) =>
		where === 'everywhere'
			? (place !== 'prompt' && place !== 'picker') || keys.every(isControl)
			: where.includes(place) || (place === 'details' && where.includes('servers')),
	);
	const isFirst = (row: KeyRow) => row.comesFirst?.(context) ?? false;
	return [...rows.filter(isFirst), ...rows.filter(row => !isFirst(row))];
}

/** A key that writes nothing and selects nothing, wherever. */
function isControl(key: Key): boolean {
	return key.startsWith('ctrl-');
}
