import {closeSync, constants, mkdtempSync, openSync, readSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Outlet, openOutlet} from '../../src/output/outlet.ts';
import {until} from '../support/until.ts';

/** Far more than the kernel keeps for a reader. */
const large = Array.from({length: 40_000}, (_, line) => `line ${line}\n`).join('');

// A named pipe stands for the terminal: both may be opened again by their number, and both are full at some time.
let folder: string;
let pipe: number;
let outlet: Outlet;
let told: string[];
beforeEach(async () => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-outlet-'));
	const file = path.join(folder, 'pipe');
	await execa('mkfifo', [file]);
	pipe = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
	told = [];
	const output = {fd: pipe, on() {}, write: () => told.push('written by Node')} as unknown as NodeJS.WriteStream;
	outlet = openOutlet({output, onFree: () => told.push('free'), onGone: () => told.push('gone')});
});
afterEach(() => {
	outlet.close();
	closeSync(pipe);
	rmSync(folder, {recursive: true, force: true});
});

/** All that is there now. */
function read(): string {
	const bytes = Buffer.alloc(65_536);
	let text = '';
	try {
		for (;;) text += bytes.toString('utf8', 0, readSync(pipe, bytes));
	} catch (error) {
		expect((error as NodeJS.ErrnoException).code).toBe('EAGAIN');
		return text;
	}
}

describe.skipIf(process.platform !== 'linux')('the way to a terminal', () => {
	test('what there is room for is there at once', () => {
		outlet.write('ab');
		outlet.write('c');
		expect([outlet.isFree(), read()]).toEqual([true, 'abc']);
		expect(told).toEqual([]);
	});
	test('what there is no room for waits for it, in order, and nobody waits with it', async () => {
		outlet.write(large);
		expect(outlet.isFree()).toBe(false);
		outlet.write('behind it');
		let text = '';
		await until(() => {
			text += read();
			return outlet.isFree();
		});
		text += read();
		expect(text === `${large}behind it`).toBe(true);
		expect(told).toEqual(['free']);
	});
	test('a flush waits so long for it, and drops what was not taken until then', () => {
		outlet.write(large);
		outlet.flush(50);
		expect(outlet.isFree()).toBe(true);
		const taken = read();
		expect(large.startsWith(taken)).toBe(true);
		expect(taken.length).toBeLessThan(large.length);
		outlet.write('x');
		outlet.flush(50);
		expect(read()).toBe('x');
	});
	test('closed, it writes nothing', () => {
		outlet.write(large);
		outlet.close();
		read();
		outlet.write('x');
		expect(read()).toBe('');
	});
});

test('what cannot be opened again is written to by Node', () => {
	const written: string[] = [];
	const output = {on() {}, write: (text: string) => written.push(text)} as unknown as NodeJS.WriteStream;
	const plain = openOutlet({output, onFree() {}, onGone() {}});
	plain.write('a');
	expect([written, plain.isFree()]).toEqual([['a'], true]);
});
