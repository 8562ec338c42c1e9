/** Which lines of a block pass a test, as cheaply as may be: what a line surely lacks is seen in its bytes. */

import {escapeText} from '../domain/escape.ts';
import type {LogRow, LogTerm} from '../domain/log-reading.ts';
import type {Block} from './line-blocks.ts';
import {hitsOf, type LineTest} from './line-test.ts';

/** A line's bytes within its block, without the newline. */
export type Found = {from: number; to: number};

const newline = 10;

/** The lines that pass, in the file's order. */
export function* matchesIn({bytes}: Block, {needle, isNeedleEnough, passes}: LineTest): Generator<Found> {
	let from = 0;
	while (from < bytes.length) {
		if (needle) {
			const at = bytes.indexOf(needle, from);
			if (at < 0) return;
			from = startOfLine(bytes, at);
		}
		const to = endOfLine(bytes, from);
		if (needle && isNeedleEnough) yield {from, to};
		else if (passes(textOf(bytes, {from, to}))) yield {from, to};
		from = to + 1;
	}
}

/** The same from the last one to the first. */
export function* matchesBackIn({bytes}: Block, {needle, isNeedleEnough, passes}: LineTest): Generator<Found> {
	// Looking backwards is several times slower; most blocks have none.
	if (needle && !bytes.includes(needle)) return;
	let to = bytes.at(-1) === newline ? bytes.length - 1 : bytes.length;
	while (to >= 0) {
		if (needle) {
			if (to < needle.length) return;
			const at = bytes.lastIndexOf(needle, to - needle.length);
			if (at < 0) return;
			to = endOfLine(bytes, at);
		}
		const from = startOfLine(bytes, to);
		if (needle && isNeedleEnough) yield {from, to};
		else if (passes(textOf(bytes, {from, to}))) yield {from, to};
		to = from - 1;
	}
}

/** How many lines have the needle, and nothing else asked of them. */
export function countIn({bytes}: Block, test: LineTest): number {
	let count = 0;
	if (!test.needle || !test.isNeedleEnough) {
		for (const _ of matchesIn({bytes, place: 0}, test)) count++;
		return count;
	}
	for (let at = bytes.indexOf(test.needle); at >= 0; ) {
		count++;
		const end = bytes.indexOf(newline, at);
		if (end < 0) break;
		at = bytes.indexOf(test.needle, end);
	}
	return count;
}

/** More of a line is not shown: a whole message of the usual greatest length is less. */
export const shownBytes = 70_000;

/** A line as it is shown. */
export function rowOf({bytes, place}: Block, found: Found, search: LogTerm | undefined): LogRow {
	const length = found.to - found.from;
	const cutBytes = Math.max(0, length - shownBytes);
	const text = textOf(bytes, {from: found.from, to: found.to - cutBytes});
	return {place: place + found.from, text, hits: hitsOf(search, text), cutBytes};
}

/** A line's text, safe to show. Bytes that are no UTF-8 become U+FFFD. */
export function textOf(bytes: Buffer, {from, to}: Found): string {
	return escapeText(bytes.toString('utf8', from, to));
}

function startOfLine(bytes: Buffer, at: number): number {
	return at === 0 ? 0 : bytes.lastIndexOf(newline, at - 1) + 1;
}

function endOfLine(bytes: Buffer, at: number): number {
	const end = bytes.indexOf(newline, at);
	return end < 0 ? bytes.length : end;
}
