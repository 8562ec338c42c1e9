/** A recorded load: the planned time of each message, one a line, in milliseconds since the start. */

import {phrase} from '../words/words.ts';

/** Times in ascending order, or what is wrong with which line (from 1). */
type RecordedArrivals = {ok: true; timesMs: number[]} | {ok: false; line: number; reason: string};

/** Reads a recording: a number of milliseconds a line, in any order; blank lines and lines that begin with `#` are nothing. */
export function parseArrivals(text: string): RecordedArrivals {
	const timesMs: number[] = [];
	for (const [index, raw] of text.split('\n').entries()) {
		const line = raw.trim();
		if (line === '' || line.startsWith('#')) continue;
		const refuse = (reason: string) => ({ok: false, line: index + 1, reason}) as const;
		if (!/^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(line) || !Number.isFinite(Number(line)))
			return refuse(phrase("'{text}' is not a number of milliseconds since the start", {text: line.slice(0, 40)}));
		if (timesMs.length === mostArrivals)
			return refuse(phrase('there are more than {most} arrivals', {most: mostArrivals}));
		timesMs.push(Number(line));
	}
	if (timesMs.length === 0) return {ok: false, line: 1, reason: phrase('there is no arrival in it')};
	return {ok: true, timesMs: timesMs.sort((a, b) => a - b)};
}

/** Over an hour at 2,000 messages a second. */
const mostArrivals = 10_000_000;
