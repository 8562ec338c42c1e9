/** What options are made of: how a text becomes a value, and how a row is written. */

import {parseDuration} from '../domain/duration.ts';
import {type Saying, t} from '../words/words.ts';
import {invalid, type OptionRow} from './option.ts';

/** Any text as it is. */
export const text = (value: string) => value;
/** The same, and there is one. */
export const someText = (value: string) => (value.trim() === '' ? invalid(t('It is empty.')) : value);
/** Whether a flag is given. */
export const flag = (value: string) => value === 'true';

/** One of these words. */
export function oneOf<const T extends string>(...words: T[]) {
	return (value: string): T =>
		words.find(word => word === value) ?? invalid(t('It is one of {words}.', {words: words.join(', ')}));
}

/** A whole number within bounds. */
export function whole(from: number, to: number) {
	return (value: string): number => {
		const number = Number(value);
		return /^\d+$/.test(value) && number >= from && number <= to
			? number
			: invalid(t('It is a whole number from {from} to {to}.', {from, to}));
	};
}

/** Node's timers end at 2^31 ms and fire at once beyond it. */
const longestMs = 2 ** 31 - 1;

/** Milliseconds from `500ms`, `5s`, `2m`. */
export function duration(value: string): number {
	const ms = parseDuration(value);
	if (ms === undefined) invalid(t('It is a duration such as 500ms, 5s or 2m.'));
	return ms <= longestMs ? ms : invalid(t('It is at most 24 days (596h).'));
}

/** The same where none at all would leave no time. */
export function someTime(value: string): number {
	const ms = duration(value);
	return ms > 0 ? ms : invalid(t('It is longer than 0.'));
}

/** Bytes from `500kb`, `1gb`. */
export function size(value: string): number {
	const match = /^(\d+)(b|kb|mb|gb)?$/i.exec(value);
	const unit = {b: 1, kb: 1e3, mb: 1e6, gb: 1e9}[match?.[2]?.toLowerCase() ?? 'b'] ?? 1;
	if (match && Number(match[1]) > 0) return Number(match[1]) * unit;
	return invalid(t('It is a size such as 500kb, 100mb or 1gb.'));
}

/** Without a fallback the value is undefined until someone gives it. */
export function row<T>(flags: string, help: Saying, parse: (text: string) => T, fallback: string): OptionRow<T>;
export function row<T>(flags: string, help: Saying, parse: (text: string) => T): OptionRow<T | undefined>;
export function row<T>(
	flags: string,
	help: Saying,
	parse: (text: string) => T,
	fallback?: string,
): OptionRow<T | undefined> {
	return fallback === undefined ? {flags, help, parse} : {flags, help, parse, fallback};
}

/** One that may be given again and again. */
export function many<T>(flags: string, help: Saying, parse: (text: string) => T): OptionRow<T> & {many: true} {
	return {flags, help, parse, many: true};
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
