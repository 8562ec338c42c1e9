/** The table of keys: dispatch, hints, help and palette are all made from it. */

import {t} from '../../words/words.ts';
import {type PaneId, paneIds} from '../layout.ts';
import type {Key} from '../terminal/keys.ts';
import {detailsKeys} from './details-keys.ts';
import {dialogKeys} from './dialog-keys.ts';
import {faultKeys} from './fault-keys.ts';
import {globalKeys} from './global-keys.ts';
import {keyedPane, keyName} from './key-names.ts';
import {type Act, isWriting, type KeyContext, type KeyRow, noticeAct, type Place, placeOf} from './key-row.ts';
import {logKeys} from './log-keys.ts';
import {movementKeys} from './movement-keys.ts';
import {paletteKeys} from './palette-keys.ts';
import {processKeys} from './process-keys.ts';
import {promptKeys} from './prompt-keys.ts';
import {screenKeys} from './screen-keys.ts';
import {scrubKeys} from './scrub-keys.ts';
import {serverKeys} from './server-keys.ts';
import {sortKeys} from './sort-keys.ts';
import {trafficKeys} from './traffic-keys.ts';

/** As it comes; `bindKeys` puts a person's own keys into it. */
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
	...paletteKeys,
	...dialogKeys,
];

/** What a key leads to as things stand: its acts, the reason why it cannot act, or nothing when it is bound to nothing. */
export function actsOf(key: Key, context: KeyContext): Act[] {
	const row = rowsHere(context).find(
		row => isOf(key, row) && (row.where !== 'everywhere' || isMeant(key, row, context)),
	);
	if (!row) return elsewhereActs(key, context);
	const reason = row.refusal?.(context);
	return reason === undefined ? row.act(context, key) : noticeAct(context, reason);
}

/** Letters of every script write; control and format characters never do. */
function isOf(key: Key, {keys, writes}: KeyRow): boolean {
	return keys.includes(key) || (writes === true && /^\P{C}$/u.test(key));
}

/** The rows whose keys do something here and now, for the hints at the bottom. */
export function hintsOf(context: KeyContext): KeyRow[] {
	const rows = rowsHere(context);
	const isReached = (row: KeyRow) => rows.find(({keys}) => keys.includes(row.keys[0]!)) === row;
	const isHere = (row: KeyRow) => row.where !== 'everywhere' || isMeant(row.keys[0]!, row, context);
	// Of keys that are told together one is enough.
	const canAct = ({name}: KeyRow) =>
		rows.some(row => (row.name === name || row.with === name) && row.refusal?.(context) === undefined);
	return rows.filter(row => row.hint && isHere(row) && isReached(row) && canAct(row));
}

/** The rows in reach, in the details of a part those of the servers pane: the focused pane's before the general ones but for those that come first as things stand. */
function rowsHere(context: KeyContext): KeyRow[] {
	const place = placeOf(context);
	const isHere = ({where}: KeyRow) => where.includes(place) || (place === 'details' && where.includes('servers'));
	const own = context.keymap.filter(row => row.where !== 'everywhere' && isHere(row));
	const general = context.keymap.filter(({where}) => where === 'everywhere');
	const isFirst = (row: KeyRow) => row.comesFirst?.(context) ?? false;
	return [...general.filter(isFirst), ...own, ...general.filter(row => !isFirst(row))];
}

/** Where something is written or chosen, a general key means itself only if its row says so, and writes nothing there. */
function isMeant(key: Key, {isAlways}: KeyRow, context: KeyContext): boolean {
	const place = placeOf(context);
	if (isWriting(place)) return isAlways === true && [...key].length > 1;
	return isAlways === true || (place !== 'picker' && place !== 'dialog');
}

/** A key that means something in other panes says in which. */
function elsewhereActs(key: Key, context: KeyContext): Act[] {
	const place = placeOf(context);
	const isPane = (where: Place): where is PaneId => paneIds.some(pane => pane === where);
	if (!isPane(place) && place !== 'help') return [];
	const wheres = context.keymap.flatMap(({keys, where}) => (keys.includes(key) && where !== 'everywhere' ? where : []));
	const panes = paneIds.filter(pane => wheres.includes(pane)).map(pane => keyedPane(pane, context.keymap));
	if (panes.length === 0) return [];
	const values = {key: keyName(key), panes: panes.join(', ')};
	return noticeAct(
		context,
		place === 'help' ? t('{key} acts in {panes}: Esc closes this help', values) : t('{key} acts in {panes}', values),
	);
}
