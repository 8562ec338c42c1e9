/**
 * What options are made of: how a text becomes a value, and how a row is written. Each kind also has its JSON Schema, which
 * is laxer than the kind where a schema cannot count: it does not bound a number in quotes, nor what is within a text.
 */

import {parseDuration} from '../domain/duration.ts';
import {type PlainText, type Saying, say, t} from '../words/words.ts';
import {invalid} from './option.ts';
import type {Kind, OptionRow, Schema} from './option-row.ts';
import {yesOrNoPattern} from './yes-or-no.ts';

/** Whatever is one value, written as a text. */
const plain = ['string', 'number', 'boolean'];

/** Any text as it is. */
export const text: Kind<string> = {parse: value => value, schema: {type: plain}};

/** The same, and there is one. */
export const someText: Kind<string> = {
	parse: value => (value.trim() === '' ? invalid(t('It is empty.')) : value),
	schema: {type: plain, pattern: '\\S'},
};

/** Whether a flag is given. */
export const flag: Kind<boolean> = {
	parse: value => value === 'true',
	schema: {type: ['boolean', 'string', 'integer'], pattern: yesOrNoPattern, minimum: 0, maximum: 1},
	demand: 'It is true or false.',
};

/** One of these words. */
export function oneOf<const T extends string>(...words: T[]): Kind<T> {
	return {
		parse: value =>
			words.find(word => word === value) ?? invalid(t('It is one of {words}.', {words: words.join(', ')})),
		schema: {enum: words},
	};
}

/** A whole number within bounds. */
export function whole(from: number, to: number): Kind<number> {
	const demand = () => t('It is a whole number from {from} to {to}.', {from, to});
	return {
		parse: value => {
			const number = Number(value);
			return /^\d+$/.test(value) && number >= from && number <= to ? number : invalid(demand());
		},
		schema: {type: ['integer', 'string'], minimum: from, maximum: to, pattern: '^\\d+$'},
		demand,
	};
}

/** Node's timers end at 2^31 ms and fire at once beyond it. */
const longestMs = 2 ** 31 - 1;

const units = '(?:us|ms|s|m|h)';

/** Patterns of a duration within a text, and of one longer than 0. */
export const durationPattern = `(?:0|\\d+(?:\\.\\d+)?${units})`;
export const someTimePattern = `(?=[\\d.]*[1-9])\\d+(?:\\.\\d+)?${units}`;

const aDuration = 'It is a duration such as 500ms, 5s or 2m.' satisfies PlainText;

/** The schema of a text of this form, or 0: of all numbers that alone needs no unit. */
export const textOrZero = (pattern: string): Schema => ({anyOf: [{type: 'string', pattern}, {const: 0}]});

/** Milliseconds from `500ms`, `5s`, `2m`. */
export const duration: Kind<number> = {
	parse: value => {
		const ms = parseDuration(value);
		if (ms === undefined) invalid(t(aDuration));
		return ms <= longestMs ? ms : invalid(t('It is at most 24 days (596h).'));
	},
	schema: textOrZero(`^\\s*${durationPattern}\\s*$`),
	demand: aDuration,
};

/** The same where none at all would leave no time. */
export const someTime: Kind<number> = {
	parse: value => {
		const ms = duration.parse(value);
		return ms > 0 ? ms : invalid(t('It is longer than 0.'));
	},
	schema: {type: 'string', pattern: `^\\s*${someTimePattern}\\s*$`},
	demand: aDuration,
};

/** Bytes from `500kb`, `1gb`. */
export const size = written({
	pattern: '^0*[1-9]\\d*(?:[kKmMgG]?[bB])?$',
	schema: pattern => ({type: ['string', 'integer'], pattern, minimum: 1}),
	read: value => {
		const match = /^(\d+)(b|kb|mb|gb)?$/i.exec(value);
		const unit = {b: 1, kb: 1e3, mb: 1e6, gb: 1e9}[match?.[2]?.toLowerCase() ?? 'b'] ?? 1;
		return match && Number(match[1]) > 0 ? Number(match[1]) * unit : undefined;
	},
	demand: 'It is a size such as 500kb, 100mb or 1gb.',
});

type Written<T> = {
	pattern: string;
	/** What a text means; undefined, or the throw of {@link invalid}, where it means nothing. */
	read: (text: string) => T | undefined;
	demand: Saying;
	/** Where not every value is to be a text. */
	schema?: (pattern: string) => Schema;
};

/** A text of a form. */
export function written<T>({pattern, read, demand, schema}: Written<T>): Kind<T> {
	return {
		parse: value => read(value) ?? invalid(say(demand)),
		schema: schema?.(pattern) ?? {type: 'string', pattern},
		demand,
	};
}

/** The kind, with what one might write. */
export function suchAs<T>(example: unknown, kind: Kind<T>): Kind<T> {
	return {...kind, example};
}

/** Without a fallback the value is undefined until someone gives it. */
export function row<T>(flags: string, help: Saying, kind: Kind<T>, fallback: string): OptionRow<T>;
export function row<T>(flags: string, help: Saying, kind: Kind<T>): OptionRow<T | undefined>;
export function row<T>(flags: string, help: Saying, kind: Kind<T>, fallback?: string): OptionRow<T | undefined> {
	return fallback === undefined ? {flags, help, ...kind} : {flags, help, ...kind, fallback};
}

/** One that may be given again and again. */
export function many<T>(flags: string, help: Saying, kind: Kind<T>): OptionRow<T> & {many: true} {
	return {flags, help, ...kind, many: true};
}

/** A reader that throws what is wrong, as the reader of an option. */
export function reader<T>(read: (text: string) => T) {
	return (value: string): T => {
		try {
			return read(value);
		} catch (error) {
			return invalid((error as Error).message);
		}
	};
}
