/** Where options come from beside the command line: the environment, and then the settings file. */

import type {Command} from 'commander';
import {closest} from 'fastest-levenshtein';
import {t} from '../words/words.ts';
import type {OptionRow, Rows, Texts} from './option-row.ts';
import {UsageError} from './usage-error.ts';
import {readYesOrNo} from './yes-or-no.ts';

/** `file` is what the settings file called `name` says; `texts` is told what was given, word for word. */
type Sources = {file: Record<string, unknown>; name: string; environment: NodeJS.ProcessEnv; texts: Texts};

/** Sets what environment and file say; the command line, read later, comes before both. Throws {@link UsageError}. */
export function applySources(command: Command, rows: Rows, {file, name, environment, texts}: Sources) {
	const known = new Set<string>();
	for (const [key, row] of Object.entries(rows)) {
		if (row.hidden) continue;
		const keys = keysOf(key, row);
		for (const own of keys) known.add(own);
		const given = keys.flatMap(own => fromEnvironment(own, environment)).concat(keys.flatMap(own => fromFile(own)));
		const [first] = given;
		if (!first) continue;
		const values = first.values.map(value => asWritten(row, value, first.source));
		if (first.isList && !row.many) throw wrong(first.source, first.values, t('It is one value, not a list.'));
		const stated = isNegated(first.key, key) ? values.map(value => String(value !== 'true')) : values;
		texts[key] = stated;
		set(command, key, row, {...first, values: stated});
	}
	const unknown = Object.keys(file).find(key => !known.has(key));
	if (unknown !== undefined)
		throw new UsageError(
			t("{file}: unknown key '{key}'; did you mean '{near}'?", {
				file: name,
				key: unknown,
				near: closest(unknown, [...known]),
			}),
		);

	function fromFile(key: string): Given[] {
		if (!Object.hasOwn(file, key)) return [];
		const isList = Array.isArray(file[key]);
		return [{key, values: [file[key]].flat(), isList, source: t('{file}, key {key}', {file: name, key})}];
	}
}

type Given = {key: string; values: unknown[]; isList: boolean; source: string};

function fromEnvironment(key: string, environment: NodeJS.ProcessEnv): Given[] {
	const name = environmentName(key);
	const value = environment[name];
	return value === undefined || value === ''
		? []
		: [{key, values: [value], isList: false, source: t('environment variable {name}', {name})}];
}

/** A row's names in a file: `--no-color` is `color: false`, and `noColor: true` as it is written there. */
export function keysOf(key: string, {flags}: OptionRow<unknown>): string[] {
	return isFlag(flags) && flags.startsWith('--no-') && !key.startsWith('no')
		? [key, `no${key[0]!.toUpperCase()}${key.slice(1)}`]
		: [key];
}

const isNegated = (given: string, key: string) => given !== key;
/** Whether an option is given or not, and has no value. */
export const isFlag = (flags: string) => !flags.includes('<');

/** A value as one would write it on the command line. */
function asWritten(row: OptionRow<unknown>, value: unknown, source: string): string {
	const text = isPlain(value) ? value : row.textOf?.(value);
	if (text === null || text === undefined)
		throw wrong(source, [value], value === null ? t('It has no value.') : t('It is one value, not a list.'));
	if (!isFlag(row.flags)) return String(text);
	const isGiven = readYesOrNo(String(text));
	if (isGiven === undefined) throw wrong(source, [value], t('It is true or false.'));
	return String(isGiven);
}

function set(command: Command, key: string, row: OptionRow<unknown>, {values, source}: Given) {
	try {
		const read = values.map(text => (isFlag(row.flags) ? text === 'true' : row.parse(String(text))));
		command.setOptionValueWithSource(key, row.many ? read : read[0], 'config');
	} catch (error) {
		throw wrong(source, values, error instanceof Error ? error.message : String(error));
	}
}

function wrong(source: string, values: unknown[], why: string): UsageError {
	const value = values.map(one => (isPlain(one) ? String(one ?? '') : JSON.stringify(one))).join(', ');
	return new UsageError(t("{source}: '{value}' is invalid. {why}", {source, value, why}));
}

function isPlain(value: unknown): boolean {
	return typeof value !== 'object' || value === null;
}

/** `ackTimeout` → `LBTOP_ACK_TIMEOUT`. */
export function environmentName(key: string): string {
	return `LBTOP_${key.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`;
}
