import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Verification} from '../../src/ledger/verify.ts';
import {runLbtop, temporaryFolder} from '../support/lab.ts';
import {executed, gaveUp, listening, received, sent, started, stopped, whole} from './support/write-log.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());
const write = (name: string, ...lines: string[]) =>
	writeFileSync(path.join(folder.path, name), lines.map(line => `${line}\n`).join(''));
const verify = async (...args: string[]) => {
	const {stdout, stderr, exitCode} = await runLbtop(['verify', ...args], folder.path);
	return {stdout, stderr, exitCode, found: args.includes('--json') ? (JSON.parse(stdout) as Verification) : undefined};
};
const head = [started(), listening(1), listening(2)];

describe('exit codes', () => {
	test('0: clean; given up is told and is no failure', async () => {
		write('log.txt', ...head, ...whole('c1-1', 1), sent('c1-2'), gaveUp('c1-2'), stopped());
		const {stdout, exitCode} = await verify();
		expect(exitCode).toBe(0);
		expect(stdout).toContain('LOST 0  DOUBLE 0  GAVE UP 1 (executed 0, not executed 1)  UNKNOWN 0');
		expect(stdout).toMatch(/verdict PASS$/);
	});
	test.each([
		['lost', [sent('c1-1'), received('c1-1', 1)], 'LOST c1-1: no record of an execution'],
		['double', [...whole('c1-1', 1), executed('c1-1', 2)], 'DOUBLE c1-1: executed by Server 1 and Server 2'],
		['unknown', [sent('c1-1')], 'UNKNOWN c1-1'],
	])('3: %s', async (_, lines, words) => {
		write('log.txt', ...head, ...lines, stopped());
		const {stdout, exitCode} = await verify('log.txt');
		expect(exitCode).toBe(3);
		expect(stdout).toContain(words);
		expect(stdout).toContain(`  log.txt:4: ${lines[0]}`);
	});
	test('3: an empty log proves nothing', async () => {
		write('log.txt');
		expect(await verify()).toMatchObject({exitCode: 3, stdout: expect.stringMatching(/no run in it(.|\n)*UNKNOWN$/)});
	});
	test('2: usage; 4: unreadable, in one line that names the file', async () => {
		expect(await verify('--jsn')).toMatchObject({exitCode: 2, stderr: expect.stringMatching(/--jsn.*--json/)});
		mkdirSync(path.join(folder.path, 'folder'));
		for (const file of ['nothing.txt', 'folder'])
			expect(await verify(file)).toMatchObject({
				exitCode: 4,
				stderr: expect.stringMatching(`^lbtop: log ${file}: .*$`),
			});
	});
});

test('rotated files are read oldest first, in whatever order they are named; without them the verdict is unknown', async () => {
	write('log.2.txt', ...head, sent('c1-1'), executed('c1-1', 1));
	write('log.1.txt', received('c1-1', 1), ...whole('c1-2', 2));
	write('log.txt', ...whole('c1-3', 1), stopped());
	const all = await verify('log.txt', 'log.1.txt', 'log.2.txt', '--json');
	expect(all.found).toMatchObject({verdict: 'PASS', files: ['log.2.txt', 'log.1.txt', 'log.txt'], lines: 13});
	expect(await verify('log.txt', 'log.1.txt')).toMatchObject({
		exitCode: 3,
		stdout: expect.stringContaining('verdict UNKNOWN'),
	});
	expect(await verify('log.txt')).toMatchObject({
		exitCode: 3,
		stdout: expect.stringContaining('name the rotated files too'),
	});
});

test('a file that is named twice is read once: its executions are none of others', async () => {
	write('log.1.txt', ...head, ...whole('c1-1', 1));
	write('log.txt', ...whole('c1-2', 1), stopped());
	symlinkSync('log.1.txt', path.join(folder.path, 'same.txt'));
	const {exitCode, found} = await verify('log.txt', 'log.1.txt', './log.txt', 'same.txt', '--json');
	expect(exitCode).toBe(0);
	expect(found).toMatchObject({files: ['log.1.txt', 'log.txt'], lines: 10});
});

test('the last run decides, unless all are asked for', async () => {
	const bad = [...head, ...whole('c1-1', 1), executed('c1-1', 2), stopped()];
	write('log.txt', ...bad, ...head, ...whole('c1-1', 2), stopped());
	expect(await verify('--json')).toMatchObject({exitCode: 0, found: {runsInLog: 2, runs: [{verdict: 'PASS'}]}});
	const {exitCode, found} = await verify('--json', '--all-runs');
	expect(exitCode).toBe(3);
	expect(found!.runs.map(({verdict}) => verdict)).toEqual(['FAIL', 'PASS']);
	expect(found!.offending.map(({id, lines}) => [id, lines.map(({line}) => line)])).toEqual([['c1-1', [4, 5, 6, 7]]]);
});

test('what is lost or double for certain is told before whatever the log cannot tell', async () => {
	const unknown = Array.from({length: 12}, (_, n) => sent(`c1-${n + 1}`));
	write('log.txt', ...head, ...unknown, sent('c2-1'), received('c2-1', 1), ...whole('c2-2', 1), executed('c2-2', 2));
	const {found} = await verify('--json');
	expect(found!.offending.map(({id, verdict}) => `${verdict} ${id}`)).toEqual([
		'LOST c2-1',
		'DOUBLE c2-2',
		...Array.from({length: 8}, (_, n) => `UNKNOWN c1-${n + 1}`),
	]);
});

test('the first ten offending messages have their whole story, from every part, and nobody moves the terminal by it', async () => {
	const lines = Array.from({length: 30}, (_, n) => [
		...whole(`c1-${n + 1}`, 1),
		...(n >= 5 ? [executed(`c1-${n + 1}`, 2)] : []),
	]);
	write('log.txt', ...head, ...lines.flat(), 'evil \x1b[2J line', stopped());
	const {stdout, found} = await verify('--json');
	expect(found!.offending.map(({id}) => id)).toEqual(Array.from({length: 10}, (_, n) => `c1-${n + 6}`));
	expect(found!.offending[0]).toMatchObject({verdict: 'DOUBLE', executedBy: ['Server 1', 'Server 2']});
	expect(found!.offending[0]!.lines).toHaveLength(4);
	expect(found!.foreign).toEqual({count: 1, first: [{file: 'log.txt', line: 119}]});
	expect(stdout).not.toContain('\x1b');
	expect((await verify()).stdout).not.toContain('\x1b');
});
