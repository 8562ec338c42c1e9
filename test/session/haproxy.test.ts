import {existsSync, readdirSync} from 'node:fs';
import os from 'node:os';
import {afterEach, describe, expect, test} from 'vitest';
import {findProgram} from '../../src/engines/find-program.ts';
import type {Summary} from '../../src/report/summary.ts';
import {type Lab, runLbtop, startLab, temporaryFolder} from '../support/lab.ts';
import {isAlive} from '../support/processes.ts';
import {until} from '../support/until.ts';

const missing = findProgram('haproxy') === undefined ? 'haproxy is not installed here' : undefined;
if (missing) console.log(`HAProxy as the engine is not tested: ${missing}`);

const folder = temporaryFolder();

describe('at the door', () => {
	test.each<[args: string[], code: number, words: string]>([
		[
			['--algorithm', 'maglev'],
			2,
			'--algorithm maglev: HAProxy has none such; with --engine haproxy it is one of round-robin,',
		],
		[['--mode', 'message'], 2, '--mode message: HAProxy balances connections and reads no messages;'],
		[['--hedge', '5ms'], 2, '--hedge: HAProxy does nothing of the kind here; leave it out, or use --engine embedded'],
	])('%j', async (args, code, words) => {
		const {exitCode, stderr, stdout} = await runLbtop(
			['run', '--engine', 'haproxy', '--for', '1s', ...args],
			folder.path,
		);
		expect({exitCode, stdout}).toEqual({exitCode: code, stdout: ''});
		expect(stderr).toContain(words);
		expect(stderr.split('\n')).toHaveLength(1);
	});
	test('where there is no haproxy', async () => {
		const {exitCode, stderr} = await runLbtop(['run', '--engine', 'haproxy', '--for', '1s'], folder.path, {
			PATH: '/none',
		});
		expect(exitCode).toBe(4);
		expect(stderr).toBe('lbtop: command not found: haproxy; install it, or --engine embedded');
	});
});

describe.skipIf(missing !== undefined)('a lab with HAProxy', () => {
	let lab: Lab | undefined;
	afterEach(async () => {
		await lab?.close();
		lab = undefined;
	});
	const route = async (id: string) => (await lab!.status()).servers.find(server => server.id === id)!.route;
	const haproxyPid = () => lab!.pidOf('haproxy')!;
	const foldersOf = (pid: number) => readdirSync(os.tmpdir()).filter(name => name.startsWith(`lbtop-engine-${pid}-`));

	test('a server is killed: every message is ACKed, the shares are even, the ledger is exact', async () => {
		lab = await startLab(['--engine', 'haproxy', '--rate', '200', '--retries', '20']);
		// A server that the machine holds up for a moment has its half of the ACKs later.
		const isEven = async () => {
			const {acked, servers} = await lab!.status();
			return acked > 100 && servers.every(({share}) => Math.abs(share! - 0.5) < 0.05);
		};
		await until(isEven, {what: 'each server has half of more than 100 ACKs'});
		expect((await lab.status()).servers.map(({route: now}) => now)).toEqual(['UP', 'UP']);
		expect(foldersOf(lab.pid)).toHaveLength(1);
		process.kill(lab.pidOf('Server 1')!, 'SIGKILL');
		const isOut = () => lab!.log().some(line => /^Server: .* - Server 1 is DOWN \| .*cause=/.test(line));
		await until(isOut, {what: 'it is out, and log.txt says so'});
		await until(async () => (await route('server-1')) === 'UP', {what: 'it is back'});
		const {summary, exitCode} = await lab.quit();
		expect(summary).toMatchObject({failed: 0, inFlight: 0, lost: 0, ledger: 'exact', ledgerReasons: []});
		expect(summary.acked).toBe(summary.sent);
		expect(summary.plan.balancer).toMatchObject({engine: 'haproxy', mode: 'connection'});
		expect(summary.balancer).toMatchObject({engine: 'haproxy', struck: null, process: 'STOPPED'});
		expect(summary.balancer.accepted).toBe(summary.attempts);
		expect(summary.servers[0]).toMatchObject({restarts: 1});
		expect(exitCode).toBe(0);
		expect(foldersOf(lab.pid)).toEqual([]);
	});

	test('it is told over its socket, and a later life of it has what was set; what it cannot do is said', async () => {
		lab = await startLab(['--engine', 'haproxy', '--rate', '100', '--servers', '3', '--retries', '20']);
		const {statsSocket, address} = (await lab.status()).balancer;
		expect(existsSync(statsSocket!)).toBe(true);
		await lab.tell({type: 'drain', part: 'server-1'});
		await until(async () => (await route('server-1')) === 'DRAIN', {what: 'the drain'});
		await lab.tell({type: 'maint', part: 'server-2'});
		await until(async () => (await route('server-2')) === 'MAINT', {what: 'the maintenance'});
		await lab.tell({type: 'weight', part: 'server-3', weight: 7});
		await until(async () => (await lab!.status()).servers[2]!.weight === 7, {what: 'the weight'});
		const set = (await lab.status()).servers.map(({administration}) => administration);
		expect(set).toEqual(['drain', 'maint', 'ready']);
		const pid = haproxyPid();
		process.kill(pid, 'SIGKILL');
		const hasSecondLife = async () => {
			const {restarts, process: now} = (await lab!.status()).balancer;
			return restarts === 1 && now === 'READY';
		};
		await until(hasSecondLife, {what: 'a second life'});
		expect(isAlive(pid)).toBe(false);
		const before = (await lab.status()).acked;
		await until(async () => (await lab!.status()).acked > before + 20, {what: 'ACKs of the second life'});
		expect((await lab.status()).servers.map(({route: now, weight}) => [now, weight])).toEqual([
			...[
				['DRAIN', 1],
				['MAINT', 1],
				['UP', 7],
			],
		]);
		expect((await lab.status()).balancer.address).toBe(address);
		await lab.tell({type: 'ready', part: 'server-1'});
		await until(async () => (await route('server-1')) === 'UP', {what: 'it is back'});
		expect(await lab.tell({type: 'algorithm', algorithm: 'random'})).toEqual({
			...{ok: false, reason: 'HAProxy takes its algorithm when it starts; start the lab with another --algorithm'},
		});
		expect(await lab.tell({type: 'add-server'})).toMatchObject({
			ok: false,
			reason: expect.stringMatching(/^HAProxy has/),
		});
		expect(await lab.tell({type: 'why', id: 'c1-1'})).toMatchObject({
			ok: false,
			reason: expect.stringMatching(/HAProxy/),
		});
		const latency = {type: 'fault', part: 'server-1', fault: 'latency 5ms'} as never;
		expect(await lab.tell(latency)).toMatchObject({ok: false, reason: expect.stringMatching(/wires, not HAProxy/)});
		const {summary, exitCode} = await lab.quit();
		expect({failed: summary.failed, exitCode}).toEqual({failed: 0, exitCode: 0});
	});

	test('what HAProxy has against its configuration is told in its words', async () => {
		const args = ['run', '--engine', 'haproxy', '--for', '1s', '--server', 'nowhere.invalid:9001'];
		const {exitCode, stderr} = await runLbtop(args, folder.path);
		expect(exitCode).toBe(4);
		expect(stderr).toMatch(/lbtop: the load balancer could not be started: .*could not resolve address/);
	});

	test('the scenario kill-one holds', async () => {
		const {exitCode, stdout} = await runLbtop(['run', 'kill-one', '--engine', 'haproxy', '--json'], folder.path);
		const {verdict, lost, checks, ledgerReasons, scenario} = JSON.parse(stdout) as Summary;
		// An undo that is refused fails nothing: the server runs already.
		const broken = [...checks, ...scenario!.entries.filter(({kind}) => kind !== 'undo')].filter(({ok}) => !ok);
		expect({exitCode, verdict, lost, broken, ledgerReasons}).toEqual({
			...{exitCode: 0, verdict: 'PASS', lost: 0, broken: [], ledgerReasons: []},
		});
	});
});
