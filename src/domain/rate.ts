/**
 * How fast messages are asked for, as data and as users write it: `200`, `max`, a ramp `100..5000/30s`, steps
 * `100,500,1000@10s`, bursts `100+500@10s`.
 */

import {type PlainText, phrase} from '../words/words.ts';
import {parseDuration} from './duration.ts';

/** Messages a second over all clients; `max`: as fast as the answers come; or what varies with time. */
export type Rate = number | 'max' | VaryingRate | RecordedRate;

/**
 * From when it was set: `ramp` grows or falls evenly, then stays; `steps` are each `stepMs` long, the last stays;
 * `bursts`: `base` a second and, at the end of each `everyMs`, `burst` messages at once.
 */
export type VaryingRate =
	| {type: 'ramp'; from: number; to: number; overMs: number}
	| {type: 'steps'; rates: number[]; stepMs: number}
	| {type: 'bursts'; base: number; burst: number; everyMs: number};

/** The times written in a file, from the moment the clients start; nothing after the last. */
type RecordedRate = {type: 'recorded'; file: string};

/** A rate that can be written as one text; a recorded one is named by its file. */
export type WrittenRate = Exclude<Rate, RecordedRate>;

/** The fastest rate that can be asked for, in messages a second, and the largest burst. */
export const mostPerSecond = 1_000_000;

/** What a rate's text may look like, for messages and help. */
export const rateNotation =
	"messages per second in all, 'max', a ramp 100..5000/30s, steps 100,500,1000@10s, or bursts 100+500@10s (500 at once every 10 s)" satisfies PlainText;

/** The rate a text means, or undefined when it means none: too fast, never a message, or not written so. */
export function parseRate(text: string): WrittenRate | undefined {
	if (text === 'max') return 'max';
	const constant = numberOf(text);
	if (constant !== undefined) return constant > 0 ? constant : undefined;
	const rate = parseRamp(text) ?? parseSteps(text) ?? parseBursts(text);
	return rate && isPossible(rate) ? rate : undefined;
}

/** The text that {@link parseRate} takes back. */
export function formatRate(rate: WrittenRate): string {
	if (rate === 'max' || typeof rate === 'number') return String(rate);
	switch (rate.type) {
		case 'ramp':
			return `${rate.from}..${rate.to}/${formatMs(rate.overMs)}`;
		case 'steps':
			return `${rate.rates.join(',')}@${formatMs(rate.stepMs)}`;
		case 'bursts':
			return `${rate.base}+${rate.burst}@${formatMs(rate.everyMs)}`;
	}
}

/** Any rate for people, with its unit where it is a bare number: `200/s`, `max`, `100..5000/30s`, `as recorded in FILE`. */
export function describeRate(rate: Rate): string {
	if (typeof rate === 'number') return `${rate}/s`;
	return rate !== 'max' && rate.type === 'recorded'
		? phrase('as recorded in {file}', {file: rate.file})
		: formatRate(rate);
}

/** Messages a second that are planned `ms` after the rate was set, bursts left out; undefined where no rate says so. */
export function perSecondAt(rate: Rate, ms: number): number | undefined {
	if (rate === 'max') return undefined;
	if (typeof rate === 'number') return rate;
	switch (rate.type) {
		case 'ramp':
			return rate.from + (rate.to - rate.from) * Math.min(1, Math.max(0, ms / rate.overMs));
		case 'steps':
			return rate.rates[Math.min(rate.rates.length - 1, Math.max(0, Math.floor(ms / rate.stepMs)))]!;
		case 'bursts':
			return rate.base;
		case 'recorded':
			return undefined;
	}
}

/** True for what {@link parseRate} could have given: for a rate that comes from outside as data. */
export function isPossible(rate: VaryingRate): boolean {
	const isRate = (perSecond: number) => perSecond >= 0 && perSecond <= mostPerSecond;
	switch (rate.type) {
		case 'ramp':
			return [rate.from, rate.to].every(isRate) && rate.from + rate.to > 0 && rate.overMs > 0;
		case 'steps':
			return rate.rates.every(isRate) && rate.rates.some(perSecond => perSecond > 0) && rate.stepMs > 0;
		case 'bursts':
			return isRate(rate.base) && isRate(rate.burst) && Number.isInteger(rate.burst) && rate.everyMs > 0;
	}
}

function parseRamp(text: string): VaryingRate | undefined {
	const [, first = '', second = '', over = ''] = /^(.+?)\.\.(.+)\/(.+)$/.exec(text) ?? [];
	const [from, to, overMs] = [numberOf(first), numberOf(second), parseDuration(over)];
	return from === undefined || to === undefined || overMs === undefined ? undefined : {type: 'ramp', from, to, overMs};
}

function parseSteps(text: string): VaryingRate | undefined {
	const [, list = '', each = ''] = /^([^@]+,[^@]+)@(.+)$/.exec(text) ?? [];
	const rates = list.split(',').map(numberOf);
	const stepMs = parseDuration(each);
	if (stepMs === undefined || rates.length > mostSteps) return undefined;
	return rates.every(rate => rate !== undefined) ? {type: 'steps', rates, stepMs} : undefined;
}

function parseBursts(text: string): VaryingRate | undefined {
	const [, first = '', second = '', each = ''] = /^([^+@]+)\+([^+@]+)@(.+)$/.exec(text) ?? [];
	const [base, burst, everyMs] = [numberOf(first), numberOf(second), parseDuration(each)];
	return base === undefined || !burst || everyMs === undefined ? undefined : {type: 'bursts', base, burst, everyMs};
}

/** More steps than anyone writes by hand. */
const mostSteps = 1000;

function numberOf(text: string): number | undefined {
	const number = Number(text);
	return /^\d+(?:\.\d+)?(?:e-?\d{1,2})?$/.test(text) && number <= mostPerSecond ? number : undefined;
}

function formatMs(ms: number): string {
	return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
