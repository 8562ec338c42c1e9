import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Summary} from '../../src/report/summary.ts';
import {runLbtop, startLab, temporaryFolder} from '../support/lab.ts';
import {until} from '../support/until.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());
const run = async (...args: string[]) => {
	const {stdout, stderr, exitCode} = await runLbtop(['run', '--json', '--port', '0', ...args], folder.path);
	return {stderr, exitCode, summary: JSON.parse(stdout) as Summary};
};
const verify = async (...args: string[]) => (await runLbtop(['verify', ...args], folder.path)).exitCode;
const liar = (...args: string[]) =>
	`name=Liar,command=${process.execPath} ${path.resolve(import.meta.dirname, '../programs/acks-without-executing.mjs')} {port} Liar ${args.join(' ')}`;

describe('the ledger of a lab', () => {
	test('servers killed under load: exact at the end, and the same as verify finds', async () => {
		const lab = await startLab([
			'--port',
			'0',
			'--rate',
			'300',
			'--connect',
			'persistent',
			'--log-max-size',
			'60kb',
			'--log-keep',
			'100',
		]);
		try {
			for (const server of ['server-1', 'server-2', 'server-1']) {
				const before = (await lab.status()).acked;
				await lab.tell({type: 'kill-restart', part: server});
				await until(async () => (await lab.status()).acked > before + 100, {what: () => 'the load goes on'});
			}
			const live = await lab.status();
			expect(live).toMatchObject({ledger: 'exact', lost: 0});
			const {summary} = await lab.quit();
			expect(summary).toMatchObject({ledger: 'exact', ledgerReasons: [], lost: 0, inFlight: 0});
			const rotated = Array.from({length: 40}, (_, n) => `log.${n + 1}.txt`);
			const {existsSync} = await import('node:fs');
			const logs = ['log.txt', ...rotated].filter(name => existsSync(path.join(lab.folder, name)));
			expect(logs.length).toBeGreaterThan(1);
			const {stdout} = await runLbtop(['verify', '--json', ...logs], lab.folder);
			const [found] = JSON.parse(stdout).runs;
			expect(found).toMatchObject({
				sent: summary.sent,
				acked: summary.acked,
				executed: summary.executed,
				doubles: summary.duplicates,
			});
		} finally {
			await lab.close();
		}
	});

	test('a message that was ACKed and never executed fails the run, without any check', async () => {
		const {exitCode, stderr, summary} = await run('--for', '1s', '--server', liar('log.txt'));
		expect(summary.lost).toBe(summary.acked);
		expect(summary).toMatchObject({ledger: 'exact', verdict: 'FAIL'});
		expect(summary.lost).toBeGreaterThan(0);
		expect(exitCode).toBe(3);
		expect(stderr).toContain('executed by no server');
		expect(await verify()).toBe(3);
	});

	test('a server that keeps no record here leaves it unknown: nothing is called lost, and nothing held', async () => {
		const {exitCode, summary} = await run('--for', '1s', '--server', liar(), '--check', 'lost==0');
		expect(summary).toMatchObject({ledger: 'unknown', lost: null, duplicates: null, verdict: 'UNKNOWN'});
		expect(summary.ledgerReasons).toEqual([expect.stringContaining('Liar keeps no record')]);
		expect(exitCode).toBe(3);
	});

	test.each(['off', 'clients'])('--log-detail %s: unknown, with the reason', async detail => {
		const {exitCode, summary} = await run('--for', '1s', '--log-detail', detail);
		expect(summary).toMatchObject({ledger: 'unknown', lost: null, verdict: 'UNKNOWN'});
		expect(summary.ledgerReasons[0]).toContain(`--log-detail ${detail}`);
		expect(exitCode).toBe(0);
	});

	test('an auditor that was killed reads the whole run again when it is started', async () => {
		const lab = await startLab(['--port', '0', '--rate', '100']);
		try {
			// Before it has said its first word the ledger is unknown, too.
			await until(async () => (await lab.status()).ledger === 'exact', {what: () => 'the auditor has begun'});
			await lab.tell({type: 'kill', part: 'log-audit'});
			await until(async () => (await lab.status()).ledger === 'unknown', {what: () => 'an unknown ledger'});
			expect(await lab.tell({type: 'start', part: 'log-audit'})).toMatchObject({ok: true});
			await until(async () => (await lab.status()).ledger === 'exact', {what: () => 'an exact ledger'});
			const {summary} = await lab.quit();
			expect(summary).toMatchObject({ledger: 'exact', lost: 0, duplicates: 0, executed: summary.acked});
		} finally {
			await lab.close();
		}
	});
});
