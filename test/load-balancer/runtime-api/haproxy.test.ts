/** The same questions to a real HAProxy and to this balancer: the answers have one shape. Skipped where there is none. */

import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openRuntimeApi} from '../../../src/load-balancer/runtime-api/runtime-api.ts';
import {now} from '../../../src/part.ts';
import {temporaryFolder} from '../../support/lab.ts';
import {until} from '../../support/until.ts';
import {startBalancer, type TestBalancer} from '../support/balancer.ts';
import {defaultHealth, defaultLimits} from '../support/defaults.ts';

const version = spawnSync('haproxy', ['-v'], {encoding: 'utf8'}).stdout?.split('\n')[0] ?? '';
const hasHaproxy = version !== '';
if (!hasHaproxy) process.stderr.write('skipped: no haproxy is installed to compare the runtime API with\n');

const ask = (file: string, line: string): Promise<string> =>
	new Promise((resolve, reject) => {
		let answer = '';
		const socket = connect(file, () => socket.write(`${line}\n`));
		socket.on('data', chunk => {
			answer += chunk;
		});
		socket.on('error', reject);
		socket.on('close', () => resolve(answer));
	});

describe.skipIf(!hasHaproxy)(`as ${version}`, () => {
	const folder = temporaryFolder();
	const theirs = path.join(folder.path, 'haproxy.sock');
	const ours = path.join(folder.path, 'ours.sock');
	let haproxy: ReturnType<typeof spawn>;
	let balancer: TestBalancer;
	let close = () => {};

	beforeAll(async () => {
		const probe = createServer().listen(0, '127.0.0.1');
		await until(() => probe.listening, {what: 'a free port'});
		const {port} = probe.address() as {port: number};
		probe.close();
		const config = path.join(folder.path, 'haproxy.cfg');
		writeFileSync(
			config,
			`global
  stats socket ${theirs} mode 600 level admin
defaults
  mode tcp
  timeout connect 1s
  timeout client 1s
  timeout server 1s
frontend lab
  bind 127.0.0.1:${port}
  default_backend lab
backend lab
  balance roundrobin
  server s1 127.0.0.1:1 weight 10 maxconn 99 check
  server s2 127.0.0.1:2 weight 10 maxconn 99 check
`,
		);
		execFileSync('haproxy', ['-c', '-f', config], {stdio: 'ignore'});
		haproxy = spawn('haproxy', ['-db', '-f', config], {stdio: 'ignore'});
		const servers = [1, 2].map(n => ({name: `s${n}`, host: '127.0.0.1', port: n, weight: 10}));
		balancer = await startBalancer(servers);
		const settings = {mode: 'message', health: defaultHealth, limits: defaultLimits} as const;
		const api = await openRuntimeApi(ours, {balancer, settings, version: '0', now, note: () => {}});
		close = api.close;
		await until(() => ask(theirs, 'show info').then(Boolean, () => false), {what: 'haproxy answers'});
	});
	afterAll(async () => {
		close();
		await balancer?.end();
		haproxy?.kill('SIGKILL');
		folder.close();
	});

	/** Answers to errors and changes must be the same to the letter. */
	test.each([
		...[
			'set server',
			'set server lab/none state ready',
			'set server none/s1 state ready',
			'set server lab/s1 state up',
		],
		...['set server lab/s1 state', 'set server lab/s1 weight', 'set server lab/s1 weight 300', 'set weight lab/s1 -1'],
		...['get weight', 'get weight lab/none', 'get weight lab/s1', 'get weight lab/#2', 'get weight #3/s1'],
		...['enable server', 'enable server lab/none', 'shutdown sessions server', 'shutdown sessions server lab/none'],
		...[
			'show servers state none',
			'show servers conn none',
			'set maxconn server lab/s1',
			'shutdown sessions server lab/s1',
		],
		...['set weight lab/s1 50%;get weight lab/s1;set server lab/s1 weight 200%;get weight lab/s1'],
		...['disable server lab/s2;enable server lab/s2;get weight lab/s2', 'set timeout cli x', 'prompt;quit'],
		...['show stat 9 -1 -1 json', 'get weight lab/s1\r', 'set timeout cli 5;get weight lab/s2'],
	])('%j', async line => expect(await ask(ours, line)).toBe(await ask(theirs, line)));

	const header = (text: string) => text.split('\n')[0]!.split(',');
	test('show stat: the same columns in the same order up to the dash, as many cells in each row', async () => {
		const [their, our] = [await ask(theirs, 'show stat'), await ask(ours, 'show stat')];
		const upToDash = (names: string[]) => names.slice(0, names.indexOf('-') + 1);
		expect(upToDash(header(our))).toEqual(upToDash(header(their)));
		const rows = (text: string) =>
			text
				.trimEnd()
				.split('\n')
				.slice(1)
				.map(line => line.split(','));
		for (const row of rows(our)) expect(row).toHaveLength(header(our).length);
		expect(rows(our).map(row => row.slice(0, 2))).toEqual(rows(their).map(row => row.slice(0, 2)));
		const ids = (text: string) =>
			rows(text).map(row =>
				[header(text).indexOf('iid'), header(text).indexOf('sid'), header(text).indexOf('type')].map(
					place => row[place],
				),
			);
		expect(ids(our)).toEqual(ids(their));
	});
	test('both say how many clients have room where nobody set a limit', async () => {
		for (const socket of [ours, theirs])
			expect(Number(/^Maxconn: (\d+)$/m.exec(await ask(socket, 'show info'))?.[1])).toBeGreaterThan(0);
	});
	test('show stat typed and show info typed: what both say has the same place, tags and type', async () => {
		for (const question of ['show stat typed', 'show info typed']) {
			const shapes = async (file: string) =>
				new Map(
					(await ask(file, question))
						.trimEnd()
						.split('\n')
						.filter(Boolean)
						.map(line => {
							const match = /^(.*?\.\D[^.]*)\.1:(\w+:\w+):/.exec(line) ?? [line, line, ''];
							return [match[1]!, match[2]!];
						}),
				);
			const [their, our] = [await shapes(theirs), await shapes(ours)];
			const common = [...our].filter(([key]) => !key.includes('lbtop'));
			expect(common.length).toBeGreaterThan(20);
			// The backend's rates are gauges to HAProxy, its counts of servers metrics: one row of ours serves both kinds.
			const isKnownOdd = (key: string) => /^B\..*\.(rate|rate_max|act|bck|qmax)$/.test(key);
			for (const [key, shape] of common)
				if (!isKnownOdd(key) && their.has(key)) expect([key, shape]).toEqual([key, their.get(key)]);
			const missing = common.filter(([key]) => !their.has(key)).map(([key]) => key.split('.').at(-1));
			// HAProxy leaves these out until its first check is over.
			const late = ['check_status', 'check_duration', 'last_chk'];
			expect(missing.filter(name => !late.includes(name!))).toEqual([]);
		}
	});
	test('show servers state and conn: the same columns', async () => {
		for (const [question, line] of [
			['show servers state', 1],
			['show servers conn', 0],
		] as const) {
			const columns = async (file: string) => (await ask(file, question)).split('\n')[line]!.replace(/\[\d+\]/, '[n]');
			expect(await columns(ours)).toBe(await columns(theirs));
		}
	});
	test('unknown commands and help begin with the same words and end with the same lines', async () => {
		for (const question of ['', 'help', 'show nothing', 'disable', 'help get']) {
			const ends = async (file: string) => {
				const lines = (await ask(file, question)).split('\n');
				return [lines[0], ...lines.slice(-5)];
			};
			expect(await ends(ours)).toEqual(await ends(theirs));
		}
	});
});
