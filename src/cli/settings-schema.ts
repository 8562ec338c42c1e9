/** The JSON Schema of files of settings, made from the options' rows. */

import {say, t} from '../words/words.ts';
import type {OptionRow, Rows, Schema} from './option-row.ts';
import {isFlag, keysOf} from './option-sources.ts';

/** The dialect of all our schemas. */
export const dialect = 'https://json-schema.org/draft/2020-12/schema';

/**
 * Who a schema is for: an editor shows what we say of a mistake, where it is told so by a keyword of its own; readers that take
 * none but the draft's would refuse it.
 */
type Reader = 'all' | 'editor';

/**
 * The schema of `lbtop.yaml`. It takes what lbtop takes; what it cannot tell is how values go together (`depth` without
 * `connect: persistent`), whether a file is there, what a check names, and what the kinds of options say of themselves.
 */
export function settingsSchema(rows: Rows, reader: Reader = 'all'): Schema {
	return {
		$schema: dialect,
		title: 'lbtop.yaml',
		description: t('Settings of lbtop and lbtop run. Before them come options and environment.'),
		// A file of comments alone is nothing, and a good one.
		type: ['object', 'null'],
		properties: settingProperties(rows, reader),
		additionalProperties: false,
	};
}

/** What each key of these rows may be, by its name in a file. */
export function settingProperties(rows: Rows, reader: Reader = 'all'): Record<string, Schema> {
	return Object.fromEntries(
		Object.entries(rows)
			.filter(([, {hidden}]) => !hidden)
			.flatMap(([key, row]) => keysOf(key, row).map(own => [own, property(row, {isNegated: own !== key, reader})])),
	);
}

/** `isNegated`: the key says the contrary of the row. */
function property(row: OptionRow<unknown>, {isNegated, reader}: {isNegated: boolean; reader: Reader}): Schema {
	const {many, help, demand} = row;
	const schema = reader === 'editor' && demand ? saying(row.schema, say(demand)) : row.schema;
	const [usual, example] = [usualValue(row), exampleValue(row)];
	return {
		description: say(help),
		...(many ? {anyOf: [schema, {type: 'array', items: schema}]} : schema),
		...(usual === undefined ? {} : {default: isNegated ? !usual : usual}),
		...(example === undefined ? {} : {examples: [example]}),
	};
}

/** With what is said of a value that it does not take. */
function saying(schema: Schema, errorMessage: string): Schema {
	const anyOf = schema.anyOf as Schema[] | undefined;
	return {...schema, ...(anyOf ? {anyOf: anyOf.map(each => saying(each, errorMessage))} : {}), errorMessage};
}

/** A row's default as a file would have it; undefined where it has none. */
export function usualValue({flags, fallback, schema}: OptionRow<unknown>): string | number | boolean | undefined {
	if (isFlag(flags)) return flags.startsWith('--no-');
	const isNumber = [schema.type].flat().some(type => type === 'integer' || type === 'number');
	return isNumber && /^\d+$/.test(fallback ?? '') ? Number(fallback) : fallback;
}

/** What one might write in a file where a row has no default. */
export function exampleValue({fallback, example, many}: OptionRow<unknown>): unknown {
	if (fallback !== undefined || example === undefined) return undefined;
	return many && !Array.isArray(example) ? [example] : example;
}
