/** The story of a message: every line with its ID, from all parts, in the order of their times. */

import type {LogAnswers, LogPlace, LogRequest, StoryRow} from '../domain/log-reading.ts';
import {type Block, blocksBefore, blocksFrom} from './line-blocks.ts';
import {matchesBackIn, matchesIn, rowOf, textOf} from './line-matches.ts';
import type {LineTest} from './line-test.ts';
import {parseLogLine} from './log-line.ts';
import {type Scan, walkOf} from './log-pages.ts';
import {firstFrom, stampOf} from './log-times.ts';
import type {Volume} from './log-volumes.ts';

/** A story is cut at so many lines. */
const mostRows = 200;

/** A run begins with this line; the next one uses the same IDs again. */
const runStart = Buffer.from('- lbtop started |');

/** The lines with this ID in the run around a place, and whether there were too many. */
export async function readStory(
	scan: Scan,
	{id, near}: Extract<LogRequest, {type: 'story'}>,
): Promise<LogAnswers['story']> {
	const sought = ` id=${id}`;
	const test: LineTest = {
		needle: Buffer.from(sought),
		isNeedleEnough: false,
		passes: line => parseLogLine(line)?.values?.id === id,
	};
	const older: StoryRow[] = [];
	const back = walkOf(scan, {from: near, to: 'older'});
	for (const block of back.blocks) {
		const start = lastRunStart(block);
		for (const found of matchesBackIn(block, test)) {
			if (!found) continue;
			if (block.place + found.from < start || older.length > mostRows) break;
			older.unshift(storyRow(block, found));
		}
		if (start > 0 || older.length > mostRows) break;
		if (!(await scan.turn(() => ({done: back.doneAt(block.place) / 2})))) break;
	}
	const newer: StoryRow[] = [];
	const on = walkOf(scan, {from: near, to: 'newer'});
	for (const block of on.blocks) {
		const end = nextRunStart(block, near);
		for (const found of matchesIn(block, test)) {
			if (!found) continue;
			if (block.place + found.from >= end || newer.length > mostRows) break;
			newer.push(storyRow(block, found));
		}
		if (end < Number.POSITIVE_INFINITY || newer.length > mostRows) break;
		if (!(await scan.turn(() => ({done: 0.5 + on.doneAt(block.place) / 2})))) break;
	}
	const all = [...older, ...newer];
	const rows = all.sort((a, b) => (a.wallMs ?? 0) - (b.wallMs ?? 0) || a.place - b.place);
	return {rows: rows.slice(0, mostRows), isCut: rows.length > mostRows};
}

/** The last place where exactly this line stands, near the end or else near its own time: what someone has just seen. */
export async function locateLine(
	{volumes}: Scan,
	{text}: Extract<LogRequest, {type: 'locate'}>,
): Promise<LogAnswers['locate']> {
	const needle = Buffer.from(text);
	const {start} = walkOf({volumes, turn: async () => true}, {from: 'end', to: 'older'});
	const test = {text, needle, isNeedleEnough: false, passes: (line: string) => line === text};
	let looked = 0;
	for (const block of blocksBefore(volumes, start)) {
		for (const found of matchesBackIn(block, test)) if (found) return {place: block.place + found.from};
		looked += block.bytes.length;
		if (looked > locateBytes) break;
	}
	return {place: locateByTime(volumes, test)};
}

function locateByTime(volumes: Volume[], test: LineTest & {text: string}): LogPlace | undefined {
	const stamp = stampOf(test.text);
	const near = stamp === undefined ? undefined : firstFrom(volumes, stamp);
	if (!near) return undefined;
	let looked = 0;
	for (const block of blocksFrom(volumes, near.place)) {
		for (const found of matchesIn(block, test)) if (found) return block.place + found.from;
		looked += block.bytes.length;
		if (looked > locateBytes) break;
	}
	return near.place;
}

/** So far back is looked for a line that was seen a moment ago. */
const locateBytes = 8 * 1024 * 1024;

function storyRow(block: Block, found: {from: number; to: number}): StoryRow {
	const row = rowOf(block, found, undefined);
	return {...row, wallMs: parseLogLine(row.text)?.wallMs};
}

/** The place of the block's last line that begins a run; 0: there is none. */
function lastRunStart({bytes, place}: Block): LogPlace {
	for (let at = bytes.lastIndexOf(runStart); at >= 0; at = at === 0 ? -1 : bytes.lastIndexOf(runStart, at - 1)) {
		const from = beginsRun(bytes, at);
		if (from !== undefined) return place + from;
	}
	return 0;
}

/** The place of the first line after `near` that begins a run; infinite: there is none in the block. */
function nextRunStart({bytes, place}: Block, near: LogPlace): LogPlace {
	for (let at = bytes.indexOf(runStart); at >= 0; at = bytes.indexOf(runStart, at + 1)) {
		const from = beginsRun(bytes, at);
		if (from !== undefined && place + from > near) return place + from;
	}
	return Number.POSITIVE_INFINITY;
}

function beginsRun(bytes: Buffer, at: number): number | undefined {
	const from = at === 0 ? 0 : bytes.lastIndexOf(10, at - 1) + 1;
	return /^Lab: [-\d]{10} [:\d]{8} - lbtop started \|/.test(textOf(bytes, {from, to: from + 60})) ? from : undefined;
}
