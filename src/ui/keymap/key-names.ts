/** Keys as people read and write them. */

import {t} from '../../words/words.ts';
import type {PaneId} from '../layout.ts';
import type {Key} from '../terminal/keys.ts';
import type {Glyphs} from '../text/glyphs.ts';
import {paneName} from '../text/pane-names.ts';
import type {KeyRow} from './key-row.ts';

/** The names of the keys that write nothing, each with how it is shown. */
const named: Record<Key, string> = {
	up: 'Up',
	down: 'Down',
	left: 'Left',
	right: 'Right',
	'page-up': 'PgUp',
	'page-down': 'PgDn',
	home: 'Home',
	end: 'End',
	space: 'Space',
	tab: 'Tab',
	'shift-tab': 'Shift-Tab',
	enter: 'Enter',
	escape: 'Esc',
	backspace: 'Backspace',
	f1: 'F1',
};

const otherNames: Record<string, Key> = {esc: 'escape', return: 'enter', pgup: 'page-up', pgdn: 'page-down'};

/** Ctrl with these letters is another key for a terminal. */
const otherwise: Record<string, string> = {h: 'Backspace', i: 'Tab', j: 'Enter', m: 'Enter'};

/** Reads `K`, `ctrl-p`, `^P`, `space`, `f1` as a key; throws with what is wrong. */
export function readKey(text: string): Key {
	if ([...text].length === 1 && text !== ' ') return text;
	const lower = text.toLowerCase();
	const control = /^(?:ctrl[-+]|c-|\^)([a-z])$/.exec(lower)?.[1];
	if (control === undefined) {
		const name = otherNames[lower] ?? lower;
		if (Object.hasOwn(named, name)) return name;
		throw new Error(
			t("'{text}' is no key; a key is one character, ctrl-a to ctrl-z, {names}", {
				text,
				names: Object.keys(named).join(', '),
			}),
		);
	}
	if (Object.hasOwn(otherwise, control))
		throw new Error(
			t("a terminal cannot tell '{text}' from {other}; take another key", {text, other: otherwise[control]!}),
		);
	return `ctrl-${control}`;
}

/** The key as a person reads it: `X`, `^L`, `PgUp`. */
export function keyName(key: Key): string {
	const control = /^ctrl-(.)$/.exec(key)?.[1];
	return control === undefined ? (named[key] ?? key) : `^${control.toUpperCase()}`;
}

/** The key of a row of the table, by the row's name, as texts name it: `X kills it`. */
export function keyOf(name: string, keymap: KeyRow[]): string {
	const row = keymap.find(each => each.name === name);
	if (!row) throw new Error(`no row of the keymap is called ${name}`);
	return keyName(row.keys[0]!);
}

/** The key that focuses a pane, as its title shows it. */
export function paneKey(pane: PaneId, keymap: KeyRow[]): string {
	return keyOf(`pane-${pane}`, keymap);
}

/** A pane with its key: `6 log.txt`. */
export function keyedPane(pane: PaneId, keymap: KeyRow[]): string {
	return `${paneKey(pane, keymap)} ${paneName(pane)}`;
}

/** What the help says of a row. */
export function helpOf({help}: KeyRow, keymap: KeyRow[]): string {
	return typeof help === 'function' ? help(keymap) : t(help);
}

/** The key that a hint names: the first, and the first of each that is told with it. */
export function hintKeys(row: KeyRow, keymap: KeyRow[], glyphs: Glyphs): string {
	if (row.shown !== undefined) return shownKeys(row, keymap, glyphs);
	return groupOf(row, keymap)
		.map(({keys}) => keyName(keys[0]!))
		.join(' ');
}

/** The keys of a row, and of those that are told with it. */
export function shownKeys(row: KeyRow, keymap: KeyRow[], glyphs: Glyphs): string {
	if (row.shown !== undefined) return typeof row.shown === 'function' ? row.shown(glyphs) : row.shown;
	const rows = groupOf(row, keymap);
	const longest = Math.max(...rows.map(({keys}) => keys.length));
	const inTurn = Array.from({length: longest}, (_, index) => rows.flatMap(({keys}) => keys[index] ?? [])).flat();
	return inTurn.map(keyName).join(' ');
}

function groupOf(row: KeyRow, keymap: KeyRow[]): KeyRow[] {
	return [row, ...keymap.filter(other => other.with === row.name)];
}
