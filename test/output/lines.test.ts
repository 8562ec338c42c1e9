import {closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Lines, openLines} from '../../src/output/lines.ts';
import {readAll} from '../support/full-pipe.ts';
import {until} from '../support/until.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(os.tmpdir(), 'lbtop-lines-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

/** This process' stdout, were it that file. */
const streamOf = (fd: number, write: (text: string) => void = () => {}) =>
	({fd, on() {}, write}) as unknown as NodeJS.WriteStream;

describe.skipIf(process.platform !== 'linux')('lines into a pipe', () => {
	let reader: number;
	let writer: number;
	let lines: Lines;
	beforeEach(async () => {
		const file = path.join(folder, 'pipe');
		await execa('mkfifo', [file]);
		reader = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
		writer = openSync(file, constants.O_WRONLY);
		lines = openLines(streamOf(writer));
	});
	afterEach(() => {
		closeSync(writer);
		closeSync(reader);
	});
	const read = () => readAll(reader);

	test('what is read at once is taken at once', async () => {
		lines.print('one');
		lines.print('two\nthree');
		await lines.taken();
		expect(read()).toBe('one\ntwo\nthree\n');
	});

	test('who does not read holds nobody up; what is beyond the bound is left out, counted, and said once read on', async () => {
		const long = 'x'.repeat(99_999);
		for (let line = 0; line < 20; line++) lines.print(`${long}\n${line}`);
		let isTaken = false;
		void lines.taken().then(() => {
			isTaken = true;
		});
		let text = '';
		await until(() => {
			text += read();
			return isTaken;
		});
		lines.print('on we go');
		text += read();
		const kept = text.split('\n').filter(line => line.length > 0 && line !== long);
		const numbers = kept.slice(0, -2);
		expect(numbers).toEqual(numbers.map((_, line) => `${line}`));
		expect(numbers.length).toBeGreaterThan(8);
		expect(kept.slice(-2)).toEqual([
			`lbtop: ${2 * (20 - numbers.length)} lines were left out here: nobody read them`,
			'on we go',
		]);
	});

	test('where nobody will read any more nothing is waited for', async () => {
		for (let line = 0; line < 20; line++) lines.print('x'.repeat(10_000));
		closeSync(reader);
		await lines.taken();
		lines.print('y');
		await lines.taken();
		reader = openSync(path.join(folder, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
		expect(read()).not.toContain('y');
	});
});

test('a file is written by Node, behind what is in it', () => {
	const file = path.join(folder, 'out.txt');
	writeFileSync(file, 'before\n');
	const fd = openSync(file, 'a');
	const written: string[] = [];
	openLines(streamOf(fd, text => void written.push(text))).print('after');
	closeSync(fd);
	expect(written).toEqual(['after\n']);
});
