/** Pages, hits and counts of the log: its lines from a place on or back from it, those that pass. */

import type {LogAnswers, LogPart, LogPlace, LogRequest, LogRow} from '../domain/log-reading.ts';
import {type Block, blocksBefore, blocksFrom} from './line-blocks.ts';
import {countLinesWith, matchesBackIn, matchesIn, rowOf} from './line-matches.ts';
import {lineTest} from './line-test.ts';
import {coverOf, type Volume} from './log-volumes.ts';

/** `turn` lets others have theirs, now and then asks how far one is to tell it, and gives whether to go on. */
export type Scan = {volumes: Volume[]; turn(part: () => LogPart): Promise<boolean>};

type Asked<T extends LogRequest['type']> = Extract<LogRequest, {type: T}>;

/** A page ends with so much text, whatever the number of its lines. */
const mostPageCharacters = 1024 * 1024;

/** The lines of a page; as many as were found until then when it is told not to go on. */
export async function readPage(scan: Scan, request: Asked<'page'>): Promise<LogAnswers['page']> {
	const {to, rows: wanted, search} = request;
	const test = lineTest({filters: request.filters});
	const walk = walkOf(scan, request);
	const matches = to === 'newer' ? matchesIn : matchesBackIn;
	const rows: LogRow[] = [];
	let characters = 0;
	let reached = walk.start;
	let told = 0;
	const inOrder = (some: LogRow[]) => (to === 'newer' ? some : some.toReversed());
	const tell = () =>
		scan.turn(() => {
			const part = {done: walk.doneAt(reached), rows: inOrder(rows.slice(told)), reached};
			told = rows.length;
			return part;
		});
	for (const block of walk.blocks) {
		for (const found of matches(block, test)) {
			if (!found) {
				if (!(await tell())) return {rows: inOrder(rows), reached, isEdge: false};
				continue;
			}
			const row = rowOf(block, found, search);
			rows.push(row);
			characters += row.text.length;
			reached = to === 'newer' ? Math.min(block.place + found.to + 1, endOf(block)) : row.place;
			if (rows.length >= wanted || characters > mostPageCharacters)
				return {rows: inOrder(rows), reached, isEdge: false};
		}
		reached = to === 'newer' ? endOf(block) : block.place;
		if (!(await tell())) return {rows: inOrder(rows), reached, isEdge: false};
	}
	return {rows: inOrder(rows), reached, isEdge: true};
}

/** The first line in that direction that has what is searched for, and passes the filters. */
export async function findHit(scan: Scan, request: Asked<'find'>): Promise<LogAnswers['find']> {
	const test = lineTest(request);
	const walk = walkOf(scan, request);
	const matches = request.to === 'newer' ? matchesIn : matchesBackIn;
	for (const block of walk.blocks) {
		const tell = () => scan.turn(() => ({done: walk.doneAt(block.place)}));
		for (const found of matches(block, test)) {
			if (found) return {place: block.place + found.from};
			if (!(await tell())) return {place: undefined};
		}
		if (!(await tell())) break;
	}
	return {place: undefined};
}

/** How many lines to the end have it. */
export async function countHits(scan: Scan, request: Asked<'count'>): Promise<LogAnswers['count']> {
	const test = lineTest(request);
	const walk = walkOf(scan, {from: request.from, to: 'newer'});
	let hits = 0;
	let reached = walk.start;
	const tell = () => scan.turn(() => ({done: walk.doneAt(reached), hits, reached}));
	for (const block of walk.blocks) {
		const before = hits;
		if (test.needle && test.isNeedleEnough) hits += countLinesWith(test.needle, block.bytes);
		else
			for (const found of matchesIn(block, test)) {
				if (found) hits++;
				else if (!(await tell())) return {hits: before, reached};
			}
		reached = endOf(block);
		if (!(await tell())) break;
	}
	return {hits, reached};
}

type Walk = {start: LogPlace; blocks: Generator<Block>; doneAt(place: LogPlace): number};

/** The blocks on the way from a place to an end of the log, and how much of that way lies behind a place. */
export function walkOf({volumes}: Scan, {from, to}: Pick<Asked<'find'>, 'from' | 'to'>): Walk {
	const {begin, end} = coverOf(volumes);
	const start = from === 'begin' ? begin : from === 'end' ? end : Math.min(end, Math.max(begin, from));
	const bytesTo = (place: LogPlace) => bytesBefore(volumes, place);
	const whole = to === 'newer' ? bytesTo(end) - bytesTo(start) : bytesTo(start);
	return {
		start,
		blocks: to === 'newer' ? blocksFrom(volumes, start) : blocksBefore(volumes, start),
		doneAt: place => (whole === 0 ? 1 : Math.min(1, Math.abs(bytesTo(place) - bytesTo(start)) / whole)),
	};
}

/** The bytes of all files before a place. */
function bytesBefore(volumes: Volume[], place: LogPlace): number {
	return volumes.reduce((sum, one) => {
		const {begin} = coverOf([one]);
		return sum + Math.min(one.size, Math.max(0, place - begin));
	}, 0);
}

function endOf({bytes, place}: Block): LogPlace {
	return place + bytes.length;
}
