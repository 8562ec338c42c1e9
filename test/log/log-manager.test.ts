import {execFileSync} from 'node:child_process';
import {
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmdirSync,
	rmSync,
	symlinkSync,
	truncateSync,
	unlinkSync,
	writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {parseLogLine} from '../../src/log/log-line.ts';
import {openLogManager, queueBound} from '../../src/log/log-manager.ts';
import {until} from '../support/until.ts';
import {idsOf, linesOf, openLog} from './log-file-support.ts';

let log: ReturnType<typeof openLog>;
beforeEach(() => {
	log = openLog();
});
afterEach(() => log.close());

describe('writing', () => {
	it('puts a turn’s lines into the file by itself, in order, escaped, under its own name', async () => {
		const manager = log.open();
		manager.write('Message Sent', 'HAI | IDO\n', {id: 'c1-1', try: 1});
		manager.writeReady('ACK Sent', 'ACK from Server 1', 'by=server-1 id=c1-1');
		manager.write('Throughput', 'x', {by: 'clients'});
		expect(linesOf(log.file)).toEqual([]);
		await until(() => linesOf(log.file).length === 3);
		const [first, second, third] = linesOf(log.file).map(line => parseLogLine(line));
		expect(first).toMatchObject({text: 'HAI \\| IDO\\x0a', values: {by: 'test', id: 'c1-1', try: '1'}});
		expect(second).toMatchObject({label: 'ACK Sent', values: {by: 'server-1', id: 'c1-1'}});
		expect(third).toMatchObject({values: {by: 'clients'}});
		expect(Math.abs(first!.wallMs - Date.now())).toBeLessThan(5000);
	});

	it('is in the file when flush returns, and counted', () => {
		const manager = log.open();
		manager.write('Lab', 'é');
		manager.flush();
		const [line] = linesOf(log.file);
		expect(manager.tick()).toEqual({type: 'log-tick', lines: 1, bytes: Buffer.byteLength(line!) + 1, dropped: 0});
	});

	it('settles at once when it has been at rest, and gathers what comes soon after into few writes', async () => {
		const manager = log.open();
		manager.write('Lab', 'first');
		manager.settle();
		expect(linesOf(log.file)).toHaveLength(1);
		for (let n = 0; n < 100; n++) {
			manager.write('Lab', `line ${n}`);
			manager.settle();
		}
		expect(linesOf(log.file).length).toBeLessThan(101);
		await until(() => linesOf(log.file).length === 101);
		expect(manager.tick()).toMatchObject({lines: 101, dropped: 0});
	});

	it('appends to what is there', () => {
		writeFileSync(log.file, 'before\n');
		const manager = log.open();
		manager.write('Lab', 'x');
		manager.close();
		expect(linesOf(log.file)).toHaveLength(2);
		expect(linesOf(log.file)[0]).toBe('before');
	});

	it('closes twice; a line after that is counted as lost', () => {
		const manager = log.open();
		manager.close();
		manager.close();
		manager.write('Lab', 'late');
		manager.flush();
		expect(manager.tick().dropped).toBe(1);
	});

	it('does not wait for the end of the turn with a turn that never ends', () => {
		const manager = log.open();
		for (let i = 0; i < 10_000; i++) manager.writeReady('ACK Sent', 'x'.repeat(1000), `by=s id=m-${i}`);
		expect(manager.tick().lines).toBeGreaterThan(9000);
		manager.flush();
		expect(idsOf(log.file)).toHaveLength(10_000);
	});
});

describe('opening', () => {
	const openAt = (file: string) => openLogManager({file, detail: 'all', maxSizeBytes: 1e8, keep: 5, by: 'test'});
	const folder = () => log.folder;

	it.each([
		['a folder', () => folder(), 'EISDIR', 'it is a folder'],
		['in a missing folder', () => path.join(folder(), 'no', 'log.txt'), 'ENOENT', 'its folder does not exist'],
		['under a file', () => path.join('/dev/null', 'log.txt'), 'ENOTDIR', 'its folder is a file'],
	])('%s is refused in one line', (_, file, code, why) => {
		expect(() => openAt(file())).toThrow(
			expect.objectContaining({
				code,
				message: `log ${file()}: cannot be written (${code}: ${why}); name another with --log FILE`,
			}),
		);
	});

	it('does not hang on a named pipe that nobody reads', () => {
		const pipe = path.join(folder(), 'pipe');
		execFileSync('mkfifo', [pipe]);
		expect(() => openAt(pipe)).toThrow('it is a pipe that nobody reads');
	});
});

describe('the file’s name', () => {
	it.each([
		['renamed', (file: string) => renameSync(file, `${file}.old`)],
		['removed', (file: string) => unlinkSync(file)],
	])('is followed within a second when the file is %s', (_, move) => {
		vi.useFakeTimers({toFake: ['setInterval']});
		const manager = log.open();
		manager.write('Lab', 'before');
		manager.flush();
		move(log.file);
		vi.advanceTimersByTime(1000);
		vi.useRealTimers();
		manager.write('Lab', 'after');
		manager.flush();
		expect(linesOf(log.file)).toHaveLength(1);
	});

	it('loses nothing while a folder stands in the file’s place', async () => {
		const manager = log.open();
		unlinkSync(log.file);
		mkdirSync(log.file);
		let number = 0;
		await until(() => {
			manager.write('Lab', 'x', {id: ++number});
			return manager.tick().error === 'EISDIR';
		});
		const before = manager.tick().lines;
		rmdirSync(log.file);
		await until(() => manager.tick().error === undefined);
		expect(manager.tick()).toMatchObject({lines: number, dropped: 0});
		expect(idsOf(log.file)).toEqual(Array.from({length: number - before}, (_, i) => String(before + i + 1)));
	});
});

describe('a full disk', () => {
	it('costs no line while they fit into the queue', async () => {
		symlinkSync('/dev/full', log.file);
		const manager = log.open();
		for (let i = 1; i <= 1000; i++) manager.write('Lab', 'x', {id: i});
		manager.flush();
		expect(manager.tick()).toEqual({type: 'log-tick', lines: 0, bytes: 0, dropped: 0, error: 'ENOSPC'});
		unlinkSync(log.file);
		await until(() => manager.tick().error === undefined);
		expect(idsOf(log.file)).toHaveLength(1000);
	});

	it('is counted beyond that, and written down when it is over', async () => {
		symlinkSync('/dev/full', log.file);
		const manager = log.open();
		const text = 'x'.repeat(10_000);
		const count = Math.ceil(queueBound / 10_000) + 200;
		for (let i = 1; i <= count; i++) {
			manager.writeReady('Lab', text, `by=test id=${i}`);
			manager.flush();
		}
		const {dropped} = manager.tick();
		expect(dropped).toBeGreaterThan(100);
		expect(dropped).toBeLessThan(300);
		unlinkSync(log.file);
		await until(() => manager.tick().error === undefined);
		const lines = linesOf(log.file).map(line => parseLogLine(line)!);
		expect(lines.at(-1)).toMatchObject({
			label: 'Lab',
			text: `${dropped} log lines were lost`,
			values: {by: 'test', dropped: String(dropped), cause: 'ENOSPC'},
		});
		expect(lines.slice(0, -1).map(line => line.values?.id)).toEqual(
			Array.from({length: count - dropped}, (_, i) => String(i + 1)),
		);
		expect(manager.tick()).toMatchObject({lines: count - dropped + 1, dropped});
	});

	it('is not tried again for every line', () => {
		symlinkSync('/dev/full', log.file);
		const manager = log.open();
		const started = performance.now();
		for (let i = 0; i < 20_000; i++) {
			manager.writeReady('Lab', 'x'.repeat(300), 'by=test');
			manager.flush();
		}
		// Each try encodes the whole queue: 20,000 of them would be 40 GB.
		expect(performance.now() - started).toBeLessThan(3000);
	});

	it('tears no line: what a short write left is taken back', async context => {
		const disk = mountSmallDisk();
		if (!disk) return context.skip('no tmpfs can be mounted here');
		try {
			const file = path.join(disk.path, 'log.txt');
			const ballast = path.join(disk.path, 'ballast');
			writeFileSync(ballast, Buffer.alloc(48 * 1024));
			const manager = openLogManager({file, detail: 'all', maxSizeBytes: 1e8, keep: 5, by: 'test'});
			for (let i = 1; i <= 400; i++) manager.write('Lab', 'some text to fill it', {id: i});
			manager.flush();
			const {error, lines} = manager.tick();
			expect(error).toBe('ENOSPC');
			expect(lines).toBeGreaterThan(50);
			expect(idsOf(file)).toHaveLength(lines);
			truncateSync(ballast, 0);
			await until(() => manager.tick().error === undefined);
			manager.close();
			expect(idsOf(file)).toEqual(Array.from({length: 400}, (_, i) => String(i + 1)));
			expect(manager.tick()).toMatchObject({lines: 400, dropped: 0});
		} finally {
			disk.close();
		}
	});
});

/** A disk of 64 KiB, or undefined where we may not mount one. */
function mountSmallDisk(): {path: string; close(): void} | undefined {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-disk-'));
	const close = () => rmSync(folder, {recursive: true, force: true});
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], {stdio: 'ignore'});
	} catch {
		close();
		return undefined;
	}
	return {
		path: folder,
		close: () => {
			// Lazily: a test that fails leaves its file open.
			execFileSync('umount', ['-l', folder]);
			close();
		},
	};
}
