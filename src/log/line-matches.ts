/** Which lines of a block pass a test, as cheaply as may be: what a line surely lacks is seen in its bytes. */

import {escapeText} from '../domain/escape.ts';
import type {LogRow, LogTerm} from '../domain/log-reading.ts';
import type {Block} from './line-blocks.ts';
import {hitsOf, type LineTest} from './line-test.ts';

/** A line's bytes within its block, without the newline. */
type Found = {from: number; to: number};

const newline = 10;

/** Nothing is found for a while: others may have their turn. */
type Matches = Generator<Found | undefined>;

/** The lines that pass, in the file's order. */
export function* matchesIn({bytes}: Block, {needle, isNeedleEnough, passes}: LineTest): Matches {
	const isLate = lateness();
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
		else if (isLate()) yield undefined;
		from = to + 1;
	}
}

/** The same from the last one to the first. */
export function* matchesBackIn({bytes}: Block, {needle, isNeedleEnough, passes}: LineTest): Matches {
	const isLate = lateness();
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
		else if (isLate()) yield undefined;
		to = from - 1;
	}
}

/** How many lines have these bytes. */
export function countLinesWith(needle: Buffer, bytes: Buffer): number {
	let count = 0;
	for (let at = bytes.indexOf(needle); at >= 0; ) {
		count++;
		const end = bytes.indexOf(newline, at);
		if (end < 0) break;
		at = bytes.indexOf(needle, end);
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

/** A slow expression is asked of so many lines between two looks at the clock, and works so long before others are let. */
const linesBetween = 16;
const turnMs = 25;

function lateness(): () => boolean {
	let since = performance.now();
	let lines = 0;
	return () => {
		if (++lines % linesBetween !== 0 || performance.now() - since < turnMs) return false;
		since = performance.now();
		return true;
	};
}

function startOfLine(bytes: Buffer, at: number): number {
	return at === 0 ? 0 : bytes.lastIndexOf(newline, at - 1) + 1;
}

function endOfLine(bytes: Buffer, at: number): number {
	const end = bytes.indexOf(newline, at);
	return end < 0 ? bytes.length : end;
}
