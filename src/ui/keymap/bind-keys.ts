/** The table of keys with a person's own keys in it. */

import {closest} from 'fastest-levenshtein';
import {t} from '../../words/words.ts';
import type {Key} from '../terminal/keys.ts';
import {keyName, readKey} from './key-names.ts';
import type {KeyRow, Place} from './key-row.ts';

/** Rows of the table by their names, each with the keys it is to have, as written. */
export type OwnKeys = Record<string, string[]>;

/** Never by `k`: it moves the cursor everywhere else in the world. */
const killing = ['kill', 'kill-restart'];

/** The rows as they are to be bound; throws a sentence on what cannot be. What is not named keeps its keys. */
export function bindKeys(keymap: KeyRow[], own: OwnKeys): KeyRow[] {
	const bound = new Map(Object.entries(own).map(([name, keys]) => [rowNamed(keymap, name).name, keysOf(name, keys)]));
	const rows = keymap.map(row => {
		const keys = bound.get(row.name);
		const isTold = (other: KeyRow) => other.name === row.name || other.with === row.name;
		const {shown, ...rest} = row;
		const plain = keymap.some(other => isTold(other) && bound.has(other.name)) ? rest : row;
		return keys === undefined ? plain : {...plain, keys};
	});
	for (const row of rows.filter(({name}) => bound.has(name))) demandFree(row, rows);
	return rows;
}

function rowNamed(keymap: KeyRow[], name: string): KeyRow {
	const names = keymap.filter(({isFixed}) => !isFixed).map(row => row.name);
	const row = keymap.find(each => each.name === name && !each.isFixed);
	if (row) return row;
	throw new Error(`keys: ${t("there is no '{name}'; did you mean '{other}'?", {name, other: closest(name, names)})}`);
}

function keysOf(name: string, texts: string[]): Key[] {
	if (texts.length === 0) throw new Error(`keys: ${t('{name} has no key; give it one', {name})}`);
	return texts.map(text => {
		try {
			const key = readKey(text);
			if (key === 'k' && killing.includes(name)) throw new Error(t('k never kills; take another key'));
			return key;
		} catch (error) {
			throw new Error(`keys: ${name}: ${(error as Error).message}`);
		}
	});
}

/** No key twice in one place: only a general key gives way to a pane's own, where the table has it so. */
function demandFree(row: KeyRow, rows: KeyRow[]) {
	for (const other of rows) {
		const shared = other === row ? undefined : row.keys.find(key => other.keys.includes(key));
		if (shared !== undefined && meet(row.where, other.where))
			throw new Error(
				`keys: ${t('{key} is taken twice, by {one} and by {other}; give one of them another key', {
					key: keyName(shared),
					one: row.name,
					other: other.name,
				})}`,
			);
	}
}

function meet(one: KeyRow['where'], other: KeyRow['where']): boolean {
	const isGeneral = (where: Place[]) => where.some(place => place !== 'prompt' && place !== 'palette');
	if (one === 'everywhere') return other === 'everywhere' || isGeneral(other);
	return other === 'everywhere' ? isGeneral(one) : one.some(place => other.includes(place));
}
