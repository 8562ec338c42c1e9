import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, test} from 'vitest';
import {startChild} from '../../src/orchestrator/child.ts';

const filler = path.resolve(import.meta.dirname, '../programs/fills-its-heap.mjs');
const lbtop = path.resolve(import.meta.dirname, '../../bin/lbtop.js');

/** Without a word to V8 it is five times. */
describe('a heap is collected before it is three times what is in use', {timeout: 90_000}, () => {
	test('in a part', async () => {
		const program = {
			...{id: 'server-1', name: 'Server 1', graceMs: 1000},
			run: {type: 'ours' as const, file: filler, args: () => []},
			ready: {type: 'says-started' as const},
		};
		const said = await new Promise(resolve => {
			const child = startChild(program, 0, {
				onEvents: ([first]) => resolve(first?.event),
				onErrorLine: resolve,
			});
			void child.exited.then(resolve);
		});
		expect(said).toMatchObject({type: 'noted', text: expect.any(String)});
		expect(Number((said as {text: string}).text)).toBeLessThan(3);
	});
	test('in lbtop itself', async () => {
		const {stdout} = await promisify(execFile)(process.execPath, ['--import', filler, lbtop, '--version']);
		const times = Number(stdout.trim().split('\n').at(-1));
		expect(times).toBeGreaterThan(1);
		expect(times).toBeLessThan(3);
	});
});
