import {appendFileSync, renameSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readFilter, readLogTime, readSearch} from '../../src/domain/log-query.ts';
import type {
	LogAnswer,
	LogFilter,
	LogPart,
	LogRequest,
	LogRow,
	LogStart,
	LogTerm,
	LogTime,
} from '../../src/domain/log-reading.ts';
import {blockBytes} from '../../src/log/line-blocks.ts';
import {shownBytes} from '../../src/log/line-matches.ts';
import {type LogReader, openLogReader} from '../../src/log/log-reader.ts';
import {temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let reader: LogReader;
beforeEach(() => {
	folder = temporaryFolder();
	file = path.join(folder.path, 'log.txt');
	reader = openLogReader(file);
});
afterEach(() => {
	reader.close();
	folder.close();
});

const ask = <T extends LogRequest>(request: T, onPart: (part: LogPart) => void = () => {}, isWanted = () => true) =>
	reader.answer(request, {onPart, isWanted}) as Promise<unknown> as Promise<LogAnswer<T['type']>>;
type More = {rows?: number; filters?: LogFilter[]; search?: LogTerm};
const page = (from: LogStart, to: 'older' | 'newer', {rows = 1e9, filters = [], search}: More = {}) =>
	ask({type: 'page', from, to, rows, filters, search});
const texts = ({rows}: {rows: LogRow[]}) => rows.map(({text}) => text);
const filter = (text: string) => readFilter(text) as LogFilter;
const term = (text: string) => readSearch(text) as LogTerm;

/** All lines, a page after the other. */
async function all(to: 'older' | 'newer', rows: number): Promise<LogRow[]> {
	const found: LogRow[] = [];
	for (let from: LogStart = to === 'newer' ? 'begin' : 'end'; ; ) {
		const answer = await page(from, to, {rows});
		if (to === 'newer') found.push(...answer.rows);
		else found.unshift(...answer.rows);
		if (answer.isEdge) return found;
		from = answer.reached;
	}
}

describe('lines are read from both ends alike', () => {
	const long = (bytes: number) => 'x'.repeat(bytes);
	test.each<[string, string, string[]]>([
		['nothing', '', []],
		['an unfinished line', 'abc', []],
		['one line', 'abc\n', ['abc']],
		['empty lines', '\n\na\n\n', ['', '', 'a', '']],
		['an unfinished end', 'a\nb\nc', ['a', 'b']],
		['a line that ends with a block', `${long(blockBytes - 1)}\nb\n`, [long(blockBytes - 1), 'b']],
		['a line that crosses a block', `a\n${long(blockBytes)}\nb\n`, ['a', long(blockBytes), 'b']],
		[
			'no newline for three blocks and a half',
			`a\n${long(3.5 * blockBytes)}\nb\n`,
			['a', long(2 * blockBytes - 2), long(blockBytes), long(blockBytes / 2 + 2), 'b'],
		],
		['no newline at all', long(2.5 * blockBytes), [long(blockBytes), long(blockBytes)]],
		['a newline just behind a block', `${long(blockBytes)}\nb\n`, [long(blockBytes), '', 'b']],
	])('%s', async (_, content, lines) => {
		writeFileSync(file, content);
		const shown = lines.map(line => line.slice(0, shownBytes));
		for (const rows of [1, 2, 100])
			for (const to of ['newer', 'older'] as const) {
				const found = await all(to, rows);
				expect(found.map(({text}) => text)).toEqual(shown);
				expect(found.map(({text, cutBytes}) => text.length + cutBytes)).toEqual(lines.map(line => line.length));
				let next = found[0]?.place ?? 0;
				for (const [index, {place}] of found.entries()) {
					// A forced end has no newline that would take a byte.
					expect(place - next === 0 || place - next === 1).toBe(true);
					next = place + lines[index]!.length;
				}
			}
	});
	test('in a file of many blocks, also from places in its midst', async () => {
		const lines = Array.from({length: 60_000}, (_, index) => `${index} ${'y'.repeat((index * 7919) % 120)}`);
		writeFileSync(file, `${lines.join('\n')}\n`);
		const found = await all('newer', 7000);
		expect(found.map(({text}) => text)).toEqual(lines);
		expect(await all('older', 9999)).toEqual(found);
		for (const at of [1, 17_000, 33_333, 59_999]) {
			expect(texts(await page(found[at]!.place, 'newer', {rows: 3}))).toEqual(lines.slice(at, at + 3));
			expect(texts(await page(found[at]!.place, 'older', {rows: 3}))).toEqual(lines.slice(Math.max(0, at - 3), at));
		}
	});
});

test('what could move a terminal, and what is no UTF-8, is written out', async () => {
	writeFileSync(file, Buffer.from([...Buffer.from('a\x1b[2J\u202e'), 0xff, 0xfe, 10]));
	expect(texts(await page('begin', 'newer'))).toEqual(['a\\x1b[2J\\u{202e}\ufffd\ufffd']);
});

describe('rotated files', () => {
	const rotated = (number: number) => path.join(folder.path, `log.${number}.txt`);
	test('are read as one log, the oldest first', async () => {
		writeFileSync(rotated(2), 'a\nb\n');
		writeFileSync(rotated(1), 'c\nunfinished');
		writeFileSync(file, 'd\ne\n');
		const answer = await page('end', 'older');
		expect(texts(answer)).toEqual(['a', 'b', 'c', 'unfinished', 'd', 'e']);
		expect(answer.cover).toMatchObject({bytes: 20, files: [{path: rotated(2)}, {path: rotated(1)}, {path: file}]});
		expect(await all('older', 1)).toEqual(await all('newer', 2));
	});
	test('keep the places of their lines when they are renamed', async () => {
		writeFileSync(file, 'a\nb\n');
		const [first] = (await page('begin', 'newer')).rows;
		renameSync(file, rotated(1));
		expect(texts(await page('begin', 'newer'))).toEqual(['a', 'b']);
		writeFileSync(file, 'c\n');
		renameSync(rotated(1), rotated(2));
		renameSync(file, rotated(1));
		writeFileSync(file, 'd\n');
		expect(texts(await page(first!.place, 'newer'))).toEqual(['a', 'b', 'c', 'd']);
		expect((await page('begin', 'newer')).rows[0]).toEqual(first);
	});
	test('have their numbers for another reader too', async () => {
		writeFileSync(rotated(1), 'a\n');
		writeFileSync(file, 'b\n');
		const before = (await page('begin', 'newer')).rows;
		const numbers = reader.numbers();
		reader.close();
		renameSync(rotated(1), rotated(2));
		renameSync(file, rotated(1));
		writeFileSync(file, 'c\n');
		reader = openLogReader(file, numbers);
		expect((await page('begin', 'newer')).rows.slice(0, 2)).toEqual(before);
	});
	test('are no longer there once removed', async () => {
		writeFileSync(rotated(1), 'a\n');
		writeFileSync(file, 'b\n');
		const from = (await page('begin', 'newer')).rows[0]!.place;
		rmSync(rotated(1));
		expect(texts(await page(from, 'newer'))).toEqual(['b']);
	});
});

describe('the file', () => {
	test('may be missing, come, be cut and be removed', async () => {
		expect(await page('end', 'older')).toMatchObject({rows: [], isEdge: true, cover: {files: []}});
		writeFileSync(file, 'a\nb\n');
		const {rows} = await page('end', 'older');
		expect(texts({rows})).toEqual(['a', 'b']);
		truncateSync(file, 0);
		appendFileSync(file, 'c\n');
		expect(texts(await page(rows[1]!.place, 'newer'))).toEqual(['c']);
		rmSync(file);
		expect(await page('end', 'older')).toMatchObject({rows: [], isEdge: true});
	});
	test('that may not be read is told', async () => {
		rmSync(file, {force: true});
		const {mkdirSync} = await import('node:fs');
		mkdirSync(file);
		expect(await page('end', 'older')).toMatchObject({rows: [], cover: {files: []}});
	});
	test('is read on where it has grown', async () => {
		writeFileSync(file, 'a\nb');
		const first = await page('begin', 'newer');
		appendFileSync(file, 'c\nd\n');
		expect(texts(await page(first.reached, 'newer'))).toEqual(['bc', 'd']);
	});
});

const lines = [
	'Lab: 2026-09-14 14:02:30 - lbtop started | at=14:02:30.000 by=lbtop pid=1',
	'Message Sent: 2026-09-14 14:02:31 - HAI IDO | at=14:02:31.140 by=client-7 id=c7-1 try=1',
	'Forwarded: 2026-09-14 14:02:31 - Server 1 | at=14:02:31.141 by=balancer id=c7-1 algorithm=round-robin',
	'ACK Sent: 2026-09-14 14:02:31 - ACK by=server-2 from Server 1 | at=14:02:31.142 by=server-1 id=c7-1',
	'Message Received: 2026-09-14 14:02:31 - ACK from Server 1 | at=14:02:31.144 by=client-7 id=c7-1 ms=4.0 try=1',
	'Message Sent: 2026-09-14 14:02:32 - HAI IDO | at=14:02:32.000 by=client-17 id=c7-11 try=1',
	'Retry: 2026-09-14 14:02:33 - reset | at=14:02:33.500 by=client-17 id=c7-11 try=2',
	'not a line of ours id=c7-1',
	'Lab: 2026-09-15 09:00:00 - lbtop started | at=09:00:00.000 by=lbtop pid=2',
	'ACK Sent: 2026-09-15 09:00:02 - ACK from Server 2 | at=09:00:02.010 by=server-2 id=c7-1',
	'Message Sent: 2026-09-15 09:00:02 - HAI IDO | at=09:00:02.000 by=client-7 id=c7-1 try=1',
];
const write = () => writeFileSync(file, `${lines.join('\n')}\n`);
const at = (found: LogRow[]) => found.map(({text}) => lines.indexOf(text));

describe('filters', () => {
	test.each<[string[], number[]]>([
		[['HAI IDO'], [1, 5, 10]],
		[['/c7-1\\b/'], [1, 2, 3, 4, 7, 9, 10]],
		[['/hai ido/i'], [1, 5, 10]],
		[['by:server-1'], [3]],
		[['by:client-*'], [1, 4, 5, 6, 10]],
		[
			['by:client-7', 'by:client-17'],
			[1, 4, 5, 6, 10],
		],
		[['by:client'], []],
		[['label:Retry'], [6]],
		[['label:message*'], [1, 4, 5, 10]],
		[['label:retry', 'label:ACK Sent', 'by:server-1'], [3]],
		[['HAI', '!by:client-7'], [5]],
		[
			['!by:client-*', '!Lab', '!/ours$|balancer/'],
			[3, 7, 9],
		],
		[['HAI', 'IDO', 'c7-11'], [5]],
	])('%j', async (filters, expected) => {
		write();
		const wanted = {filters: filters.map(filter)};
		expect(at((await page('begin', 'newer', wanted)).rows)).toEqual(expected);
		expect(at((await page('end', 'older', wanted)).rows)).toEqual(expected);
		const last = await page('end', 'older', {...wanted, rows: 1});
		expect(at(last.rows)).toEqual(expected.slice(-1));
		const search = term('HAI');
		const {hits} = await ask({type: 'count', from: 'begin', ...wanted, search});
		expect(hits).toBe(expected.filter(index => lines[index]!.includes('HAI')).length);
	});
});

describe('a search', () => {
	test('finds the nearest hit in its direction, marks every one, and counts the lines', async () => {
		write();
		const {rows} = await page('begin', 'newer', {search: term('c7-1')});
		expect(rows[5]!.hits).toEqual([[lines[5]!.indexOf('c7-1'), lines[5]!.indexOf('c7-1') + 4]]);
		const find = async (text: string, from: LogStart, to: 'older' | 'newer') => {
			const {place} = await ask({type: 'find', from, to, filters: [], search: term(text)});
			return rows.findIndex(row => row.place === place);
		};
		expect(await find('c7-11', 'end', 'older')).toBe(6);
		expect(await find('/C7-11 .*1$/i', 'end', 'older')).toBe(5);
		expect(await find('c7-11', rows[6]!.place, 'older')).toBe(5);
		expect(await find('c7-11', rows[6]!.place, 'newer')).toBe(6);
		expect(await find('c7-11', rows[7]!.place, 'newer')).toBe(-1);
		for (const text of ['c7-1', '/c7-1/'])
			expect((await ask({type: 'count', from: 'begin', filters: [], search: term(text)})).hits).toBe(9);
	});
	test('counts on from where it was', async () => {
		write();
		const counting = {type: 'count' as const, filters: [], search: term('HAI')};
		const first = await ask({...counting, from: 'begin'});
		appendFileSync(file, `${lines[1]}\nHAI`);
		const second = await ask({...counting, from: first.reached});
		expect([first.hits, second.hits]).toEqual([3, 1]);
	});
	test('marks no empty hits, and many in one line only up to a bound', async () => {
		writeFileSync(file, `${'ab'.repeat(5000)}\n`);
		const hits = async (text: string) => (await page('begin', 'newer', {search: term(text)})).rows[0]!.hits.length;
		expect([await hits('/x*/'), await hits('ab'), await hits('/a/')]).toEqual([0, 200, 200]);
	});
	test('tells how far it is, and ends when it is no longer wanted', async () => {
		writeFileSync(file, `${'y'.repeat(99)}\n`.repeat(200_000));
		const parts: LogPart[] = [];
		const find: LogRequest & {type: 'find'} = {
			type: 'find',
			from: 'begin',
			to: 'newer',
			filters: [],
			search: term('/z/'),
		};
		// However quick the machine: the first turns take longer than the time between two tellings.
		let slow = 4;
		const slowly = () => {
			if (slow-- > 0) for (const start = performance.now(); performance.now() - start < 120; );
			return true;
		};
		expect((await ask(find, part => parts.push(part), slowly)).place).toBeUndefined();
		expect(parts.length).toBeGreaterThan(0);
		expect(parts.map(({done}) => done)).toEqual([...parts.map(({done}) => done)].sort());
		let turns = 0;
		await ask(
			find,
			() => {},
			() => ++turns < 3,
		);
		expect(turns).toBe(3);
	});
	test('by a slow expression lets others have their turn within a block', async () => {
		writeFileSync(file, `${'x'.repeat(17)}\n`.repeat(2000));
		for (const request of [
			{type: 'find', from: 'end', to: 'older', filters: [], search: term('/(x+x+)+y/')},
			{type: 'count', from: 'begin', filters: [], search: term('/(x+x+)+y/')},
			{type: 'page', from: 'begin', to: 'newer', rows: 9, filters: [filter('/(x+x+)+y/')]},
		] satisfies LogRequest[]) {
			let turns = 0;
			await ask(
				request,
				() => {},
				() => ++turns < 4,
			);
			expect(turns).toBe(4);
		}
	});
	test('what a page has found so far comes in the order of the file', async () => {
		const many = Array.from({length: 100_000}, (_, index) => `${index} ${'y'.repeat(100)}`);
		writeFileSync(file, `${many.join('\n')}\n`);
		for (const to of ['older', 'newer'] as const) {
			const parts: LogRow[][] = [];
			const request = {type: 'page', from: to === 'newer' ? 'begin' : 'end', to, rows: 1e9} as const;
			const {rows} = await ask({...request, filters: [filter('/777/')]}, ({rows: some}) => parts.push(some ?? []));
			const told = (to === 'newer' ? parts : parts.reverse()).flat();
			expect(rows.map(({text}) => text)).toEqual(many.filter(line => line.includes('777')));
			expect(to === 'newer' ? rows.slice(0, told.length) : rows.slice(rows.length - told.length)).toEqual(told);
		}
	});
});

describe('a time', () => {
	test.each<[string, near: number, found: number | undefined]>([
		['14:02:31', 3, 1],
		['14:02:31.142', 3, 3],
		['14:02:32', 3, 5],
		['14:02', 3, 0],
		['0:00', 3, 0],
		['15:00', 3, 8],
		['2026-09-15 09:00:02', 3, 9],
		['2026-09-15 10:00', 3, undefined],
		['09:00:02.005', 9, 9],
		['14:02:33', 9, 6],
		['14:02:33', 7, 6],
	])('%s, looked for from line %i, is line %s', async (time, near, found) => {
		write();
		const {rows} = await page('begin', 'newer');
		const answer = await ask({type: 'time', time: readLogTime(time) as LogTime, near: rows[near]!.place});
		expect(rows.find(({place}) => place === answer.place)?.text).toBe(found === undefined ? undefined : lines[found]);
	});
	test('is found in a file of many blocks and in the one before it', async () => {
		const stamp = (second: number) => new Date(Date.UTC(2026, 8, 14, 0, 0, second)).toISOString();
		const line = (index: number) => {
			const [day, clock = ''] = stamp(Math.floor(index / 3))
				.slice(0, 23)
				.split('T');
			return `ACK Sent: ${day} ${clock.slice(0, 8)} - ${'y'.repeat(100)} | at=${clock.slice(0, 8)}.${100 + (index % 3)} by=server-1`;
		};
		const all = Array.from({length: 60_000}, (_, index) => line(index));
		writeFileSync(path.join(folder.path, 'log.1.txt'), `${all.slice(0, 30_000).join('\n')}\n`);
		writeFileSync(file, `${all.slice(30_000).join('\n')}\n`);
		for (const index of [1, 29_999, 30_000, 45_678]) {
			const clock = /at=(\S+)/.exec(all[index]!)![1]!;
			const answer = await ask({type: 'time', time: readLogTime(clock) as LogTime, near: 'end'});
			expect(texts(await page(answer.place!, 'newer', {rows: 1}))).toEqual([all[index]]);
		}
	});
	test('is unknown in a log without any', async () => {
		writeFileSync(file, 'a\nb\n');
		const answer = await ask({type: 'time', time: {clock: '14:02:31.000'}, near: 'end'});
		expect(answer).toMatchObject({place: undefined, stamp: undefined});
	});
});

test('a story is every line with the ID in one run, in the order of their times', async () => {
	write();
	const {rows} = await page('begin', 'newer');
	const story = async (id: string, near: number) => ask({type: 'story', id, near: rows[near]!.place});
	const first = await story('c7-1', 3);
	expect(at(first.rows)).toEqual([1, 2, 3, 4]);
	expect(first.rows.map(({wallMs}) => wallMs! - first.rows[0]!.wallMs!)).toEqual([0, 1, 2, 4]);
	expect(at((await story('c7-1', 10)).rows)).toEqual([10, 9]);
	expect(at((await story('c7-11', 5)).rows)).toEqual([5, 6]);
	expect((await story('c9-9', 5)).rows).toEqual([]);
});

test('a line that was seen is found again, the last one of its kind', async () => {
	write();
	appendFileSync(file, `${lines[3]}\nlast\n`);
	const {rows} = await page('begin', 'newer');
	expect((await ask({type: 'locate', text: lines[3]!})).place).toBe(rows[lines.length]!.place);
	expect((await ask({type: 'locate', text: 'ACK'})).place).toBeUndefined();
	appendFileSync(file, `${'y'.repeat(999)}\n`.repeat(9000));
	expect((await ask({type: 'locate', text: lines[4]!})).place).toBe(rows[4]!.place);
});

test('in a file of 30 MB as little is kept as in a small one', async () => {
	const block = `${Array.from({length: 10_000}, (_, index) => `${index} ${'y'.repeat(90)}`).join('\n')}\n`;
	writeFileSync(file, 'needle at the beginning\n');
	const blocks = 30;
	for (let written = 0; written < blocks; written++) appendFileSync(file, block);
	appendFileSync(file, 'needle near the end\n9999 \n');
	const before = process.memoryUsage().arrayBuffers;
	let most = Number.NEGATIVE_INFINITY;
	let turns = 0;
	const watch = () => {
		turns++;
		most = Math.max(most, process.memoryUsage().arrayBuffers - before);
		return true;
	};
	const watched = <R extends LogRequest>(request: R) => ask(request, () => {}, watch);
	const {rows} = await page('end', 'older', {rows: 2});
	const needle = {type: 'find', from: 'end', to: 'older', filters: [], search: term('needle')} satisfies LogRequest;
	expect((await watched(needle)).place).toBe(rows[0]!.place);
	const first = await watched({...needle, from: rows[0]!.place});
	expect(texts(await page(first.place!, 'newer', {rows: 1}))).toEqual(['needle at the beginning']);
	const {hits} = await watched({type: 'count', from: 'begin', filters: [], search: term('/^9999 /')});
	expect(hits).toBe(blocks + 1);
	expect(turns).toBeGreaterThan(50);
	expect(most).toBeLessThan(16e6);
}, 60_000);
