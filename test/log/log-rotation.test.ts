import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {lstatSync, lutimesSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from 'vitest';
import type {LogManager} from '../../src/log/log-manager.ts';
import {rotate, rotatedName} from '../../src/log/log-rotation.ts';
import {bundleProgram} from '../support/bundle.ts';
import {idsOf, openLog} from './log-file-support.ts';

let log: ReturnType<typeof openLog>;
beforeEach(() => {
	log = openLog();
});
afterEach(() => log.close());

it.each([
	['log.txt', 'log.3.txt'],
	['/a.b/log.txt', '/a.b/log.3.txt'],
	['/a.b/log', '/a.b/log.3'],
	['.log', '.log.3'],
	['a.b.txt', 'a.b.3.txt'],
])('%s is rotated to %s', (file, rotated) => expect(rotatedName(file, 3)).toBe(rotated));

describe('under the lock, a second look', () => {
	it.each([
		['another has rotated already', {inode: 1, maxSizeBytes: 0}],
		['the file was emptied', {maxSizeBytes: 1000}],
	])('finds that %s, and leaves all as it is', (_, options) => {
		writeFileSync(log.file, 'x\n');
		rotate({file: log.file, inode: lstatSync(log.file).ino, keep: 3, ...options});
		expect(log.files()).toEqual(['log.txt']);
	});
});

describe('one writer', () => {
	const write = (count: number, settings: {maxSizeBytes: number; keep: number}) => {
		const manager = log.open(settings);
		writeLines(manager, count);
		manager.close();
	};

	it('keeps every line in order over the rotated files', () => {
		write(1000, {maxSizeBytes: 100_000, keep: 9});
		const files = log.files();
		expect(files.length).toBeGreaterThan(3);
		const oldestFirst = files.slice(0, -1).reverse().concat('log.txt');
		const ids = oldestFirst.flatMap(name => idsOf(path.join(log.folder, name)));
		expect(ids).toEqual(numbers(1, 1000));
		for (const name of files) expect(lstatSync(path.join(log.folder, name)).size).toBeLessThan(110_000);
	});

	it('keeps as many files as it may', () => {
		write(2000, {maxSizeBytes: 50_000, keep: 2});
		expect(log.files()).toEqual(['log.1.txt', 'log.2.txt', 'log.txt']);
		const ids = ['log.2.txt', 'log.1.txt', 'log.txt'].flatMap(name => idsOf(path.join(log.folder, name)));
		expect(ids).toEqual(numbers(2001 - ids.length, 2000));
	});

	it('keeps none when none are wanted', () => {
		write(1000, {maxSizeBytes: 50_000, keep: 0});
		expect(log.files()).toEqual(['log.txt']);
		expect(lstatSync(log.file).size).toBeLessThan(60_000);
	});

	it('goes on in the same file, and says so, where it cannot rotate', () => {
		mkdirSync(path.join(log.folder, 'log.1.txt'));
		const manager = log.open({maxSizeBytes: 10_000, keep: 1});
		writeLines(manager, 100);
		expect(idsOf(log.file)).toEqual(numbers(1, 100));
		expect(manager.tick()).toMatchObject({lines: 100, dropped: 0, error: 'EISDIR in rotation'});
	});
});

describe('the lock', () => {
	const small = {maxSizeBytes: 10_000, keep: 9};
	const aMinuteAgo = () => Date.now() / 1000 - 61;
	const lockedBy = (holder: number | undefined) => {
		const lock = `${log.file}.lock`;
		symlinkSync(String(holder), lock);
		return lock;
	};

	it('of a living process is respected: nobody rotates, nothing is lost', () => {
		lockedBy(process.ppid);
		writeLines(log.open(small), 100);
		expect(log.files()).toEqual(['log.txt', 'log.txt.lock']);
		expect(idsOf(log.file)).toHaveLength(100);
	});

	it('of a dead process is cleared away', async () => {
		const child = spawn(process.execPath, ['-e', '']);
		await once(child, 'exit');
		lockedBy(child.pid);
		writeLines(log.open(small), 100);
		expect(log.files()).toContain('log.1.txt');
		expect(log.files().filter(name => name.includes('lock'))).toEqual([]);
	});

	it('that is a minute old is cleared away, whoever has the process id now', () => {
		const lock = lockedBy(process.ppid);
		lutimesSync(lock, aMinuteAgo(), aMinuteAgo());
		writeLines(log.open(small), 100);
		expect(log.files()).toContain('log.1.txt');
		expect(log.files().filter(name => name.includes('lock'))).toEqual([]);
	});

	it('is cleared by one only: not while another holds the right to', async () => {
		const lock = lockedBy(process.ppid);
		lutimesSync(lock, aMinuteAgo(), aMinuteAgo());
		const right = `${lock}.${process.ppid}`;
		symlinkSync('1', right);
		const manager = log.open(small);
		writeLines(manager, 50);
		expect(log.files()).not.toContain('log.1.txt');
		lutimesSync(right, aMinuteAgo(), aMinuteAgo());
		writeLines(manager, 100);
		expect(log.files()).toContain('log.1.txt');
	});
});

describe('four processes that share one log', () => {
	let program: Awaited<ReturnType<typeof bundleProgram>>;
	beforeAll(async () => {
		program = await bundleProgram('test/programs/writes-log-lines.ts');
	});
	afterAll(() => program.close());

	const run = async (by: string, count: number, maxSizeBytes: number) => {
		const args = [log.file, by, count, maxSizeBytes, 1000].map(String);
		const child = spawn(process.execPath, [program.file, ...args], {stdio: ['ignore', 'pipe', 'inherit']});
		let said = '';
		child.stdout.on('data', chunk => {
			said += chunk;
		});
		await once(child, 'close');
		return JSON.parse(said);
	};

	it.each([
		['without rotation', 1e9, 1],
		// How often depends on who gets the lock when: several times is what matters.
		['rotating all the time', 20_000, 3],
	])('%s: every line whole, none lost, none twice', async (_, maxSizeBytes, leastFiles) => {
		const count = 10_000;
		const names = ['a', 'b', 'c', 'd'];
		const ticks = await Promise.all(names.map(name => run(name, count, maxSizeBytes)));
		for (const tick of ticks) expect(tick).toMatchObject({lines: count, dropped: 0});
		expect(log.files().filter(name => name.includes('lock'))).toEqual([]);
		expect(log.files().length).toBeGreaterThanOrEqual(leastFiles);
		const ids = log.files().flatMap(name => idsOf(path.join(log.folder, name)));
		expect(ids).toHaveLength(4 * count);
		for (const name of names) expect(new Set(ids.filter(id => id.startsWith(name))).size).toBe(count);
	});
});

function writeLines(manager: LogManager, count: number) {
	for (let i = 1; i <= count; i++) {
		manager.writeReady('ACK Sent', 'x'.repeat(400), `by=test id=${i}`);
		manager.flush();
	}
}

function numbers(from: number, to: number): string[] {
	return Array.from({length: to - from + 1}, (_, i) => String(from + i));
}
