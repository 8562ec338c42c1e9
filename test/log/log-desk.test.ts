import {appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {LogDesk, LogPart} from '../../src/domain/log-reading.ts';
import {openLogDesk} from '../../src/log/log-desk.ts';
import {lbtop, temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
let desk: LogDesk;
const program = path.join(path.dirname(lbtop), 'log-reader.js');
beforeEach(() => {
	folder = temporaryFolder();
	file = path.join(folder.path, 'log.txt');
	desk = openLogDesk({file, program});
});
afterEach(() => {
	desk.close();
	desk.close();
	folder.close();
});

const page = (pattern?: string) =>
	desk.ask({
		type: 'page',
		from: 'begin',
		to: 'newer',
		rows: 10,
		filters: [],
		search: pattern === undefined ? undefined : {type: 'pattern', source: pattern, flags: ''},
	}).answer;
const texts = async (answer: ReturnType<typeof page>) => (await answer)?.rows.map(({text}) => text);

test('a thread answers, in the order of the lines', async () => {
	writeFileSync(file, 'a\nb\n');
	expect(await texts(page())).toEqual(['a', 'b']);
	appendFileSync(file, 'c\n');
	expect(await texts(page())).toEqual(['a', 'b', 'c']);
});

test('what is cancelled has no answer, and no more parts; others are answered', async () => {
	writeFileSync(file, `${'x'.repeat(99)}\n`.repeat(400_000));
	const parts: LogPart[] = [];
	const search = {type: 'pattern' as const, source: 'x+y', flags: ''};
	const long = desk.ask({type: 'count', from: 'begin', filters: [], search}, part => {
		parts.push(part);
		// At once: all the rest may be told by the time that anything else looks.
		long.cancel();
	});
	expect(await long.answer).toBeUndefined();
	expect((await texts(page()))?.length).toBe(10);
	expect(parts).toHaveLength(1);
});

test('an expression without an end is given up, and the next question is answered', async () => {
	writeFileSync(file, `${'a'.repeat(60)}!\n`);
	const [first] = (await page())!.rows;
	await expect(page('(a+)+$')).rejects.toThrow('STUCK');
	const answer = await page();
	expect(answer?.rows).toEqual([first]);
});

test('a log that cannot be read is told with the cause', async () => {
	symlinkSync(file, file);
	await expect(page()).rejects.toThrow('ELOOP');
	rmSync(file);
	mkdirSync(file);
	expect(await texts(page())).toEqual([]);
});

test('once closed it answers nothing', async () => {
	writeFileSync(file, 'a\n');
	const asked = page();
	desk.close();
	expect([await asked, await page()]).toEqual([undefined, undefined]);
});
