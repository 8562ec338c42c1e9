import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {until} from '../support/until.ts';

const alone = path.resolve(import.meta.dirname, '../../bin/alone.js');
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'lbtop-alone-'));
});
afterEach(() => rmSync(folder, {recursive: true}));

/** A program that writes when its work begins and ends, and works until there is a file of that name. */
const program = (name: string, end: string) => `
	import {appendFileSync, existsSync} from 'node:fs';
	import {alone} from ${JSON.stringify(alone)};
	const say = text => appendFileSync(${JSON.stringify(path.join(folder, 'said'))}, text + '\\n');
	alone(${JSON.stringify(folder)}, () => {
		say('${name} begins');
		while (!existsSync(${JSON.stringify(path.join(folder, end))}))
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
		say('${name} ends');
	}, () => say('${name} waits'));`;
const node = (text: string) => ['--input-type=module', '--eval', text];
const said = () => {
	try {
		return readFileSync(path.join(folder, 'said'), 'utf8').trim().split('\n');
	} catch {
		return []; // nothing said yet
	}
};

test('the second waits for the first, and says so', async () => {
	const first = spawn(process.execPath, node(program('first', 'enough')));
	await until(() => said().includes('first begins'));
	const second = spawn(process.execPath, node(program('second', 'said')));
	await until(() => said().includes('second waits'));
	writeFileSync(path.join(folder, 'enough'), '');
	await until(() => second.exitCode === 0);
	expect(said()).toEqual(['first begins', 'second waits', 'first ends', 'second begins', 'second ends']);
	await until(() => first.exitCode !== null);
});

test('takes over from one that was killed', async () => {
	const first = spawn(process.execPath, node(program('first', 'never')));
	await until(() => said().includes('first begins'));
	first.kill('SIGKILL');
	await until(() => first.signalCode !== null);
	expect(spawnSync(process.execPath, node(program('second', 'said'))).status).toBe(0);
	expect(said().slice(-2)).toEqual(['second begins', 'second ends']);
});
