import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {freePort} from '../../src/orchestrator/readiness.ts';
import {temporaryFolder} from '../support/lab.ts';
import {runUnderKills} from './support/under-kills.ts';

/** Answers come later than the clients wait, so that many are asked for again, of whoever is there. */
const underRetries = (dedup: string) =>
	runUnderKills({
		kills: 20,
		acked: 400,
		servers: 3,
		seed: 9,
		serverOptions: ['--service-time', 'exp:150ms', '--dedup', dedup],
		clientOptions: ['--clients', '200', '--rate', '300', '--ack-timeout', '250ms', '--retries', '1000'],
	});

const hasRedis = (() => {
	try {
		execFileSync('redis-server', ['--version']);
		return true;
	} catch {
		return false;
	}
})();

describe('servers killed at random, messages sent again', () => {
	test('none: messages are executed twice, and the ledger shows it', async () => {
		const {judgement} = await underRetries('none');
		expect(judgement.doubles).toBeGreaterThan(10);
		expect(judgement).toMatchObject({lost: 0, verdict: 'FAIL'});
	}, 300_000);

	test('server: each forgets in its death, and knows nothing of the others', async () => {
		const {judgement} = await underRetries('server');
		expect(judgement.doubles).toBeGreaterThan(0);
		expect(judgement.lost).toBe(0);
	}, 300_000);

	test('shared: every message is executed once, by the ledger and by what the servers wrote down', async () => {
		const {judgement, records, log} = await underRetries('shared');
		const ids = records.flatMap(({executions}) => executions.map(({id}) => id));
		expect(new Set(ids).size).toBe(ids.length);
		expect(judgement).toMatchObject({doubles: 0, lost: 0, verdict: log.broken.count > 0 ? 'UNKNOWN' : 'PASS'});
		expect(judgement.acked).toBeGreaterThan(100);
	}, 300_000);

	describe.skipIf(!hasRedis)('redis', () => {
		const folder = temporaryFolder();
		let redis: ChildProcess;
		let port = 0;
		beforeAll(async () => {
			port = (await freePort('127.0.0.1', 20_000 + Math.floor(Math.random() * 12_000), new Set()))!;
			const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path];
			redis = spawn('redis-server', args, {stdio: ['ignore', 'pipe', 'inherit']});
			await new Promise<void>(resolve => {
				redis.stdout!.on('data', (chunk: Buffer) => chunk.includes('Ready to accept') && resolve());
			});
		});
		afterAll(() => {
			redis.kill('SIGKILL');
			folder.close();
		});
		test('every message is executed once', async () => {
			const {judgement, records, log} = await underRetries(`redis://127.0.0.1:${port}`);
			const ids = records.flatMap(({executions}) => executions.map(({id}) => id));
			expect(new Set(ids).size).toBe(ids.length);
			expect(judgement).toMatchObject({doubles: 0, lost: 0, verdict: log.broken.count > 0 ? 'UNKNOWN' : 'PASS'});
			expect(judgement.acked).toBeGreaterThan(100);
		}, 300_000);
	});
});
