/** What a fault's parameter may be: its bounds, and how it is written. */

import {z} from 'zod';
import {phrase} from '../../words/words.ts';
import {type Distribution, formatDistribution, parseDistribution} from '../distribution.ts';
import {parseDuration} from '../duration.ts';

/**
 * One parameter. `name` is what people write (`jitter=50ms`), its key in a table is what programs read (`jitterMs`);
 * `expected` is a few words for who wrote something else.
 */
export type Parameter<T> = {
	name: string;
	fallback: T;
	expected: string;
	schema: z.ZodType<T>;
	parse(text: string): T | undefined;
	format(value: T): string;
};

/** What the parameters of a row are as data. */
export type ValuesOf<P> = {[key in keyof P]: P[key] extends Parameter<infer T> ? T : never};

type Bounds = {least: number; most: number; fallback: number};

/** A whole number. */
export function whole(name: string, {least, most, fallback}: Bounds): Parameter<number> {
	const schema = z.number().int().min(least).max(most);
	return {...numeric(name, fallback), expected: phrase('a whole number from {least} to {most}', {least, most}), schema};
}

/** A part of all, 0 to 1. */
export function share(name: string, fallback: number): Parameter<number> {
	return {...numeric(name, fallback), expected: phrase('a share from 0 to 1'), schema: z.number().min(0).max(1)};
}

/** A duration; bounds and value in milliseconds. */
export function duration(name: string, {least, most, fallback}: Bounds): Parameter<number> {
	return {
		name,
		fallback,
		expected: phrase('a duration from {least}ms to {most}s', {least, most: most / 1000}),
		schema: z.number().min(least).max(most),
		parse: parseDuration,
		format: ms => `${ms}ms`,
	};
}

/** One of some words. */
export function word<const W extends string>(name: string, words: readonly W[], fallback: NoInfer<W>): Parameter<W> {
	return {
		name,
		fallback,
		expected: phrase('one of {words}', {words: words.join(', ')}),
		schema: z.enum(words) as unknown as z.ZodType<W>,
		parse: text => words.find(each => each === text),
		format: value => value,
	};
}

const ms = z.number().min(0).max(3_600_000);
const distributionSchema: z.ZodType<Distribution> = z.discriminatedUnion('type', [
	z.strictObject({type: z.literal('constant'), ms}),
	z.strictObject({type: z.literal('exp'), meanMs: ms}),
	z.strictObject({type: z.literal('uniform'), fromMs: ms, toMs: ms}),
	z.strictObject({type: z.literal('lognormal'), medianMs: ms, sigma: z.number().min(0).max(5)}),
]);

/** A time by chance, as `--service-time` takes it. */
export function distribution(name: string, fallback: Distribution): Parameter<Distribution> {
	return {
		name,
		fallback,
		expected: phrase('a time such as 200ms, exp:50ms, uniform:2ms:8ms or lognormal:5ms:0.5, at most an hour'),
		schema: distributionSchema,
		parse: parseDistribution,
		format: formatDistribution,
	};
}

function numeric(name: string, fallback: number) {
	return {
		name,
		fallback,
		parse: (text: string) => (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined),
		format: String,
	};
}
