/** Finds a time in the log by halving: its lines are in the order of their times, but for the few ms that parts gather them. */

import type {LogAnswers, LogPlace, LogRequest, LogStart} from '../domain/log-reading.ts';
import {type Block, blocksBefore, blocksFrom} from './line-blocks.ts';
import {textOf} from './line-matches.ts';
import {type Scan, walkOf} from './log-pages.ts';
import {coverOf, type Volume} from './log-volumes.ts';

/** The first line at or after the time. A time without a day is of the day at `near`; where that is still to come, of the day before. */
export async function findTime(
	{volumes}: Scan,
	{time, near}: Extract<LogRequest, {type: 'time'}>,
): Promise<LogAnswers['time']> {
	const last = stampBefore(volumes, coverOf(volumes).end);
	if (last === undefined) return {place: undefined, stamp: undefined};
	const day = time.day ?? (stampNear(volumes, near) ?? last).slice(0, dayLength);
	const asked = `${day} ${time.clock}`;
	const sought = time.day === undefined && asked > last ? `${dayBefore(day)} ${time.clock}` : asked;
	const found = firstFrom(volumes, sought);
	return found ?? {place: undefined, stamp: last};
}

type Stamped = {place: LogPlace; stamp: string};

/** The time of a line as text that sorts: `2026-09-14 14:02:31.140`. Undefined: it bears none. */
export function stampOf(line: string): string | undefined {
	const match = /^[A-Z][A-Za-z ]{1,20}: (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) - /.exec(line);
	if (!match) return undefined;
	const [, day, clock] = match;
	const at = / \| at=(\d\d:\d\d:\d\d\.\d{3})(?: |$)/.exec(line)?.[1];
	return `${day} ${at ?? `${clock}.000`}`;
}

const dayLength = 10;

/** Below this, lines are read one by one. */
const nearBytes = 64 * 1024;

/** So far before the place found lines may stand that are later: what all parts write within some ms. */
const disorderBytes = 256 * 1024;

/** The first line that bears this time or a later one. */
export function firstFrom(volumes: Volume[], sought: string): Stamped | undefined {
	const from = volumes.findLastIndex(volume => {
		const first = stampFrom([{...volume, isLast: true}], coverOf([volume]).begin);
		return first !== undefined && first.stamp < sought;
	});
	if (from < 0) return stampFrom(volumes, coverOf(volumes).begin);
	const rest = volumes.slice(from);
	const {begin, end} = coverOf([rest[0]!]);
	let low = begin;
	let high = end;
	while (high - low > nearBytes) {
		const middle = Math.floor((low + high) / 2);
		const found = stampFrom([rest[0]!], middle);
		if (found && found.stamp < sought) low = middle;
		else high = middle;
	}
	return stampFrom(rest, Math.max(begin, low - disorderBytes), sought);
}

/** The first line after a place that bears a time of at least `least`. A line that the place cuts is passed over. */
function stampFrom(volumes: Volume[], place: LogPlace, least = ''): Stamped | undefined {
	const {begin} = coverOf(volumes);
	// From the byte before: where that ends a line, the next one is whole.
	const isCut = place > begin;
	let isFirst = isCut;
	for (const block of blocksFrom(volumes, isCut ? place - 1 : place)) {
		for (const line of linesOf(block)) {
			const stamp = isFirst ? undefined : stampOf(line.text);
			isFirst = false;
			if (stamp !== undefined && stamp >= least) return {place: line.place, stamp};
		}
	}
	return undefined;
}

/** The latest time in the last lines before a place that bear one. */
function stampBefore(volumes: Volume[], place: LogPlace): string | undefined {
	for (const block of blocksBefore(volumes, place)) {
		const near = {bytes: block.bytes.subarray(-disorderBytes), place: block.place};
		const stamps = [...linesOf(near)].map(({text}) => stampOf(text)).filter(stamp => stamp !== undefined);
		if (stamps.length > 0) return stamps.sort().at(-1);
	}
	return undefined;
}

function stampNear(volumes: Volume[], near: LogStart): string | undefined {
	const {start} = walkOf({volumes, turn: async () => true}, {from: near, to: 'newer'});
	return stampFrom(volumes, start)?.stamp ?? stampBefore(volumes, start);
}

function* linesOf({bytes, place}: Block): Generator<{place: LogPlace; text: string}> {
	for (let from = 0; from < bytes.length; ) {
		const end = bytes.indexOf(10, from);
		const to = end < 0 ? bytes.length : end;
		yield {place: place + from, text: textOf(bytes, {from, to: Math.min(to, from + headBytes)})};
		from = to + 1;
	}
}

/** Times stand in a line's beginning, the exact one behind the message. */
const headBytes = 70_000;

function dayBefore(day: string): string {
	const date = new Date(`${day}T12:00:00Z`);
	date.setUTCDate(date.getUTCDate() - 1);
	return date.toISOString().slice(0, dayLength);
}
