import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Summary} from '../../src/report/summary.ts';
import {runLbtop, temporaryFolder} from '../support/lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());
const run = (...args: string[]) => runLbtop(args, folder.path);

describe('lbtop run', () => {
	test('prints one JSON object and nothing else on stdout; the law holds; every message has its share', async () => {
		const {stdout, stderr, exitCode} = await run(
			'run',
			'--for',
			'2s',
			'--rate',
			'200',
			'--json',
			'--seed',
			'7',
			// A busy machine may take its time: a retry elsewhere would be a true double.
			'--ack-timeout',
			'20s',
			'--check-timeout',
			'20s',
			'--check',
			'failed==0',
			'--check',
			'acked==sent',
		);
		expect(stderr).toContain('all parts are ready');
		expect(exitCode).toBe(0);
		const summary = JSON.parse(stdout) as Summary;
		expect(summary).toMatchObject({
			inFlight: 0,
			failed: 0,
			retriesByCause: {timeout: 0, refused: 0, reset: 0, nak: 0, closed: 0},
			balancer: {hedged: 0, amplification: 1},
			lost: 0,
			duplicates: 0,
			ledger: 'exact',
			verdict: 'PASS',
			incidents: [],
		});
		expect(summary.sent).toBe(summary.acked + summary.failed);
		// What was due when the time was over, and not sent yet, is dropped.
		expect(summary.sent + summary.dropped).toBeGreaterThan(390);
		expect(summary.sent).toBeGreaterThan(0);
		expect(summary.plan.seed).toBe(7);
		const [first, second] = summary.servers.map(({acked}) => acked);
		expect(Math.abs(first! - second!)).toBeLessThanOrEqual(1);
		expect(first! + second!).toBe(summary.acked);
		expect(summary.latencyMs.count).toBe(summary.acked);
		expect(summary.latencyMs.p50).toBeGreaterThan(0);
		const log = readFileSync(join(folder.path, 'log.txt'));
		const lines = log.filter(byte => byte === 10).length;
		expect(log.toString()).toMatch(/^Server: [-\d :]+ - Log audit stopped \(code 0\)/m);
		expect(summary.log).toEqual({file: 'log.txt', lines, bytes: log.length, dropped: 0, isWhole: true});
	});
	test('a check that fails is exit 3 and named; one that cannot be judged is not a pass', async () => {
		const failing = await run('run', '--for', '1s', '--json', '--check', 'acked==0');
		expect(failing.exitCode).toBe(3);
		expect(failing.stderr).toContain('check failed: acked==0');
		expect(JSON.parse(failing.stdout).verdict).toBe('FAIL');
		const unknown = await run('run', '--for', '1s', '--json', '--log-detail', 'clients', '--check', 'lost==0');
		expect(unknown.exitCode).toBe(3);
		expect(unknown.stderr).toContain('cannot be judged: lost==0');
		expect(JSON.parse(unknown.stdout).verdict).toBe('UNKNOWN');
	});
	test('a broken check that asks for it stops the run, exit 3, however well it ends', async () => {
		const args = [
			'run',
			'--for',
			'50s',
			'--rate',
			'100',
			'--json',
			'--check',
			'sent<60; abort',
			'--check',
			'failed==0',
		];
		const {stdout, stderr, exitCode} = await run(...args);
		expect(exitCode).toBe(3);
		expect(stderr).toMatch(
			/check 'sent<60; abort' is broken \(is \d+\), which cannot mend any more: the run is stopped/,
		);
		const summary = JSON.parse(stdout) as Summary;
		expect(summary.durationMs).toBeLessThan(20_000);
		expect(summary.verdict).toBe('FAIL');
		expect(summary.checks).toMatchObject([
			{ok: false, stopped: true},
			{expr: 'failed==0', ok: true},
		]);
		expect(summary.inFlight).toBe(0);
	});
	test('a ramp over pipelined connections: the law holds, latencies are of every server and of the last 10 s', async () => {
		const args = ['--rate', '0..1000/2s', '--connect', 'persistent', '--depth', '8', '--log-detail', 'off'];
		const {stdout, exitCode} = await run('run', '--for', '3s', '--json', ...args);
		expect(exitCode).toBe(0);
		const summary = JSON.parse(stdout) as Summary;
		expect(summary.plan.clients).toMatchObject({rate: {type: 'ramp', from: 0, to: 1000, overMs: 2000}, depth: 8});
		expect(summary.sent + summary.dropped).toBeGreaterThan(1500);
		expect(summary.sent).toBe(summary.acked + summary.failed);
		expect(summary.servers.map(({latencyMs}) => latencyMs.count)).toEqual(summary.servers.map(({acked}) => acked));
		expect(summary.last10s.latencyMs.count).toBe(summary.acked);
		expect(summary.uncorrectedLatencyMs.count).toBe(summary.acked);
	});
	test.each([['run'], []])('%j takes --json, --plain and --ascii, also from lbtop.yaml', async (...command) => {
		const options = ['--for', '1s', '--rate', '50'];
		const given = await run(...command, ...options, '--json', '--plain', '--ascii');
		writeFileSync(join(folder.path, 'both.yaml'), 'json: true\nplain: on\nascii: yes\ntheme: dark\n');
		const written = await run(...command, ...options, '--config', 'both.yaml');
		for (const {stdout, stderr, exitCode} of [given, written]) {
			expect(exitCode).toBe(0);
			expect(JSON.parse(stdout)).toMatchObject({verdict: 'PASS', inFlight: 0});
			expect(stderr).toContain('all parts are ready');
		}
	});
	test('the environment is for the lab: its parts take none of their own options from there', async () => {
		const environment = {LBTOP_RATE: '50', LBTOP_MAX_LINE: '16', LBTOP_FAULT: 'no-ack', LBTOP_SERVERS_FILE: '/nowhere'};
		const {stdout, exitCode} = await runLbtop(['run', '--for', '1s', '--json'], folder.path, environment);
		expect(exitCode).toBe(0);
		expect(JSON.parse(stdout)).toMatchObject({failed: 0, plan: {clients: {rate: 50}}});
	});
	test('the control socket is gone when the run is', async () => {
		const {stderr} = await run('run', '--for', '1s');
		const socket = /control socket (\S+)/.exec(stderr)?.[1];
		expect(socket).toMatch(/\.sock$/);
		expect(existsSync(socket!)).toBe(false);
	});
	test("an option of lbtop's own servers is told to do nothing where there are none", async () => {
		const own = ['run', '--port', '0', '--for', '1s', '--service-time', '1ms'];
		const elsewhere = await run(...own, '--server', '127.0.0.1:1,name=A');
		expect(elsewhere.stderr).toContain("lbtop: --service-time is for lbtop's own servers, and this run has none");
		expect((await run(...own)).stderr).not.toContain('own servers');
	});
	test('closing words are at most 20 lines', async () => {
		const {stdout} = await run('run', '--for', '1s', '--servers', '12');
		expect(stdout.split('\n').length).toBeLessThanOrEqual(20);
		expect(stdout).toMatch(/sent [\d,]+ = acked [\d,]+ \+ failed 0 \+ in flight 0/);
	});
});

describe('mistakes', () => {
	test.each([
		[['run', '--rat', '5'], 2, /^lbtop: unknown option '--rat'.*--rate/],
		[['--check', 'fialed==0'], 2, /^lbtop: check 'fialed==0'.*names no value/],
		[
			['kil-one'],
			2,
			/^lbtop: unknown command 'kil-one'; did you mean 'lbtop kill-one'\?.* lbtop run --list tells the scenarios$/,
		],
		[['ctll'], 2, /^lbtop: unknown command 'ctll'; did you mean 'lbtop ctl'/],
		[['--rate', '5', 'ctl', 'status'], 2, /^lbtop: 'ctl' is a command: it comes before its options, as in lbtop ctl/],
		[['ctl', 'explode'], 2, /^lbtop: ctl: unknown command 'explode'/],
		[['run', '--server', '127.0.0.1:1,name=A', '--server', '127.0.0.1:2,name=A'], 2, /two servers are named 'A'/],
		[['run', '--log', '.', '--for', '1s'], 4, /^lbtop: .*log \..*EISDIR/],
		[['run', '--log', 'no/such/folder/log.txt'], 4, /^lbtop: .*no\/such\/folder/],
		[
			['run', '--server', 'name=A,command=no-such-program {port}'],
			4,
			/A could not be started: .*not found; correct its command=$/m,
		],
		[
			['run', '--for', '1s', '--port', '0', '--junit', 'no/such/report.xml'],
			1,
			/^lbtop: --junit no\/such\/report.xml: cannot be written: .*; name another file$/,
		],
		[['run', '--config', 'nothing.yaml'], 2, /^lbtop: settings file nothing.yaml/],
		[['ctl', 'status', '--socket', '/tmp/no-such-lab.sock'], 4, /no lab listens there/],
		[['server', '--port', 'x'], 2, /--port/],
		[['balancer'], 2, /--server/],
		[['client'], 2, /--to/],
		[['clients'], 2, /--to/],
	])('%j is exit %d and one line', async (args, code, message) => {
		const {stderr, exitCode} = await run(...args);
		expect(stderr.split('\n').at(-1)).toMatch(message);
		expect(exitCode).toBe(code);
	});
	test.each(['', 'run', 'ctl', 'server', 'balancer', 'client', 'clients'])(
		"'%s --help' shows an example, and of each option one default at most",
		async command => {
			const {stdout, exitCode} = await run(...command.split(' ').filter(Boolean), '--help');
			expect(exitCode).toBe(0);
			expect(stdout).toContain('Example:');
			expect(stdout).toContain('--help');
			const options = stdout.split(/\n(?= +--)/).map(option => option.replaceAll(/\s+/g, ' '));
			expect(options.filter(option => /\(default: .*\(default: |\(default: \)/.test(option))).toEqual([]);
		},
	);
});
