import {fork} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {StampedPartEvent} from '../../src/domain/event.ts';
import type {ClientsTick} from '../../src/domain/tick.ts';
import {parseLogLine} from '../../src/log/log-line.ts';
import {plainEnvironment, temporaryFolder, unhurried} from '../support/lab.ts';
import {until} from '../support/until.ts';
import {acks, type Behaviour, naks, neverAnswers} from './scripted-server.ts';
import {serve} from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

const programOf = (name: 'client' | 'clients') => path.resolve(import.meta.dirname, `../../dist/${name}.js`);
const start = (name: 'client' | 'clients', args: string[]) =>
	execa(process.execPath, [programOf(name), ...args], {
		...{cwd: folder.path, reject: false, env: plainEnvironment(), extendEnv: false, timeout: 60_000, ...unhurried},
	});
const logLines = () => readFileSync(path.join(folder.path, 'log.txt'), 'utf8').trimEnd().split('\n').map(parseLogLine);

describe('lbtop client', () => {
	test('prints every message and its ACK, writes log.txt, ends after --count with 0', async () => {
		const {port} = await serve(acks);
		const args = [
			'--to',
			`127.0.0.1:${port}`,
			'--rate',
			'100',
			'--count',
			'2',
			'--ack-timeout',
			'20s',
			'--message',
			'HAI IDO',
			'--message',
			'\u001b[2J',
		];
		const {stdout, stderr, exitCode} = await start('client', args);
		expect(stdout.split('\n').map(line => line.replace(/in [\d.]+ (µs|ms)$/, 'in T'))).toEqual([
			'sent    c1-1 HAI IDO',
			'ACK     c1-1 from Server 1 in T',
			'sent    c1-2 \\x1b[2J',
			'ACK     c1-2 from Server 1 in T',
		]);
		expect([stderr, exitCode]).toEqual(['', 0]);
		expect(logLines().map(line => line?.label)).toEqual([
			...['Connection', 'Message Sent', 'Message Received', 'Connection', 'Message Sent', 'Message Received'],
			...['Throughput', 'Latency'],
		]);
		expect(logLines()[5]).toMatchObject({text: 'ACK from Server 1', values: {by: 'client-1', id: 'c1-2', try: '1'}});
	});

	test('ends, without a word, when nobody reads it any more', async () => {
		const {port} = await serve(acks);
		const {stderr} = await execa(
			'sh',
			[
				'-c',
				'{ "$0" "$@"; echo "code $?" >&2; } | head -n 1',
				process.execPath,
				programOf('client'),
				'--rate',
				'200',
			].concat(['--to', `127.0.0.1:${port}`, '--ack-timeout', '20s']),
			{cwd: folder.path, env: plainEnvironment(), extendEnv: false, timeout: 60_000},
		);
		expect(stderr).toBe('code 0');
	});

	test('tells retries and what was given up, and ends with 3', async () => {
		const {port} = await serve(naks('busy'));
		const {stdout, exitCode} = await start('client', [
			'--to',
			`127.0.0.1:${port}`,
			'--count',
			'1',
			'--retries',
			'1',
			'--message',
			'x',
		]);
		const [, retry, , failed] = stdout.split('\n');
		expect(retry).toMatch(/^retry {3}c1-1 after NAK busy, again in \d+ ms$/);
		expect(failed).toBe('failed  c1-1 given up after 2 attempts: NAK busy');
		expect(exitCode).toBe(3);
	});

	test('ends gently on SIGTERM', async () => {
		const {port} = await serve(acks);
		const child = start('client', ['--to', `127.0.0.1:${port}`, '--rate', '50']);
		await until(() => child.stdout.readableLength > 0 || logExists());
		child.kill('SIGTERM');
		const {stdout, exitCode} = await child;
		expect(exitCode).toBe(143);
		const count = (word: string) => stdout.split('\n').filter(line => line.startsWith(word)).length;
		expect(count('ACK')).toBe(count('sent'));
	});
	const logExists = () => {
		try {
			return logLines().length > 4;
		} catch {
			return false;
		}
	};
});

describe('a mistake is one line and exit 2', () => {
	test.each([
		['client', [], '--to is missing'],
		['clients', [], '--to is missing: where to send. Example: lbtop clients --to 127.0.0.1:9000'],
		['client', ['--to', 'nowhere'], 'HOST:PORT'],
		['client', ['--to', '127.0.0.1:9', '--message', 'a\nb'], '--message is one line, but "a\\nb" holds a line\'s end'],
		['clients', ['--to', '127.0.0.1:9', '--clients', '10001'], '--clients'],
		['clients', ['--to', '127.0.0.1:9', '--rate', '100..'], 'a ramp 100..5000/30s, steps 100,500,1000@10s'],
		['clients', ['--to', '127.0.0.1:9', '--depth', '2'], '--depth 2: a connection per message carries one message'],
		[
			'clients',
			['--to', '127.0.0.1:9', '--arrivals-file', 'none.txt'],
			'cannot be read: no such file or folder (ENOENT)',
		],
		[
			'clients',
			['--to', '127.0.0.1:9', '--connect', 'persistent', '--clients', '10000', '--depth', '101'],
			'more than 1000000 messages in flight',
		],
	] as const)('lbtop %s %j', async (name, args, words) => {
		const {stdout, stderr, exitCode} = await start(name, [...args]);
		expect(stderr).toMatch(/^lbtop: [^\n]*$/);
		expect(stderr).toContain(words);
		expect([stdout, exitCode]).toEqual(['', 2]);
	});
	test('a log that cannot be written is exit 4', async () => {
		const {stderr, exitCode} = await start('clients', ['--to', '127.0.0.1:9', '--log', '.']);
		expect(stderr).toMatch(/^lbtop: clients: log \.: [^\n]*--log FILE$/);
		expect(exitCode).toBe(4);
	});
});

describe('lbtop clients', () => {
	test('prints a line a second and a summary', async () => {
		const {port} = await serve(acks);
		const child = start('clients', ['--to', `127.0.0.1:${port}`, '--rate', '100', '--ack-timeout', '20s']);
		let said = '';
		child.stdout.on('data', chunk => {
			said += chunk;
		});
		await until(() => /^ .*\n/m.test(said));
		child.kill('SIGTERM');
		const {stdout, exitCode} = await child;
		const lines = stdout.split('\n');
		expect(lines.find(line => line.startsWith(' '))).toMatch(
			/^ +\d+\.\d ACKs\/s {3}sent \d+ {2}acked \d+ {2}failed 0 {2}in flight \d+ {2}retried \d+ {2}waiting \d+$/,
		);
		const summary = lines.slice(lines.findIndex(line => line.startsWith('sent ')));
		expect(summary[0]).toMatch(/^sent (\d+) in [\d.]+ s, ACKed \1 \([\d.]+\/s\), failed 0, in flight 0$/);
		expect(summary[1]).toMatch(/^attempts \d+, retried \d+.*, NAKs 0$/);
		expect(summary.at(-2)).toMatch(/^latency p50 .* max .* \(from the planned time of sending\)$/);
		expect(summary.at(-1)).toMatch(/^ {8}p50 .* max .* \(from the real one\)$/);
		expect(exitCode).toBe(143);
	});

	test('--json prints one object: the law holds, every latency is in it', async () => {
		const sometimesBusy: Behaviour = given => (given.count % 3 === 0 ? naks('busy') : acks)(given);
		const {port} = await serve(sometimesBusy);
		const args = [
			'--to',
			`127.0.0.1:${port}`,
			'--rate',
			'200',
			'--for',
			'1s',
			'--json',
			'--seed',
			'1',
			'--connect',
			'persistent',
			'--retries',
			'100',
		];
		const {stdout, exitCode} = await start('clients', args);
		const summary = JSON.parse(stdout);
		expect(summary).toMatchObject({failed: 0, inFlight: 0, ackedBy: {'Server 1': summary.acked}});
		// What was due when the time was over, and not sent yet, is dropped.
		expect(summary.sent + summary.dropped).toBeGreaterThan(190);
		expect(summary.sent).toBe(summary.acked + summary.failed);
		expect(summary.attempts).toBe(summary.sent + summary.nak);
		expect(summary.retriesByCause).toEqual({timeout: 0, refused: 0, reset: 0, nak: summary.nak, closed: 0});
		expect(summary.nak).toBeGreaterThan(0);
		for (const latency of [summary.latencyMs, summary.uncorrectedLatencyMs]) {
			expect(latency.count).toBe(summary.acked);
			for (const key of ['mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max']) expect(latency[key]).toBeGreaterThan(0);
		}
		expect(exitCode).toBe(0);
	});

	test('ends with 3 when not one message was ACKed', async () => {
		const {port} = await serve(neverAnswers);
		const args = ['--to', `127.0.0.1:${port}`, '--for', '200ms', '--retries', '0', '--ack-timeout', '50ms', '--json'];
		const {stdout, exitCode} = await start('clients', args);
		expect(JSON.parse(stdout)).toMatchObject({acked: 0, inFlight: 0, latencyMs: {p50: null, count: 0}});
		expect(exitCode).toBe(3);
	});

	test('as a child of a lab: ticks, commands, a gentle end; --for of the environment is not its business', async () => {
		const {port} = await serve(acks);
		const ticks: ClientsTick[] = [];
		const child = fork(programOf('clients'), ['--to', `127.0.0.1:${port}`, '--rate', '0.001', '--log-detail', 'off'], {
			...{cwd: folder.path, env: {...plainEnvironment(), LBTOP_FOR: '100ms'}},
		});
		const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve(code ?? signal)));
		child.on('message', events => {
			for (const {event} of events as StampedPartEvent[]) if (event.type === 'clients-tick') ticks.push(event);
		});
		await until(() => ticks.at(-1)?.acked === 1);
		child.send({type: 'rate', rate: 2000});
		await until(() => ticks.length > 5 && ticks.at(-1)!.acked > 200);
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
		for (const {sent, acked, failed, inFlight} of ticks) expect(sent).toBe(acked + failed + inFlight);
		const counted = ticks.flatMap(({latency}) => latency?.all ?? []).reduce((sum, [, count]) => sum + count, 0);
		expect([ticks.at(-1)!.inFlight, counted]).toEqual([0, ticks.at(-1)!.acked]);
	});

	test('ends with its lab, however that ends', async () => {
		const {port} = await serve(acks);
		const child = fork(programOf('clients'), ['--to', `127.0.0.1:${port}`], {
			cwd: folder.path,
			env: plainEnvironment(),
		});
		await new Promise(resolve => child.once('message', resolve));
		const ended = new Promise(resolve => child.on('exit', resolve));
		child.disconnect();
		await ended;
	});

	test('says that it is saturated when it is held up, and counts what was late for it', async () => {
		const {port} = await serve(acks);
		const ticks: ClientsTick[] = [];
		const notes: string[] = [];
		const args = ['--to', `127.0.0.1:${port}`, '--rate', '200', '--connect', 'persistent'];
		const child = fork(programOf('clients'), args, {cwd: folder.path, env: plainEnvironment()});
		const ended = new Promise(resolve => child.on('exit', resolve));
		child.on('message', events => {
			for (const {event} of events as StampedPartEvent[]) {
				if (event.type === 'clients-tick') ticks.push(event);
				if (event.type === 'noted') notes.push(event.text);
			}
		});
		// Its first second is its own: no lag is told of it.
		await until(() => ticks.length > 12);
		const before = ticks.at(-1)!;
		child.kill('SIGSTOP');
		await new Promise(resolve => setTimeout(resolve, 500));
		child.kill('SIGCONT');
		await until(() => ticks.at(-1)!.acked > before.acked + 100);
		child.kill('SIGTERM');
		await ended;
		expect(Math.max(...ticks.map(({loopLagMs}) => loopLagMs))).toBeGreaterThan(400);
		expect(ticks.at(-1)!.late - before.late).toBeGreaterThan(70);
		expect(notes.join('\n')).toMatch(/^generator saturated: its own loop came .* late/);
		expect(logLines().some(line => line?.label === 'Lab' && line.text.startsWith('generator saturated'))).toBe(true);
		const totalMs = (kind: 'all' | 'uncorrected') =>
			ticks.flatMap(({latency}) => latency?.[kind] ?? []).reduce((sum, [us, n]) => sum + (us * n) / 1000, 0);
		// A hundred of them waited, a quarter of a second on the average, before they were sent: only who measures from
		// the planned time sees it.
		expect(totalMs('all') - totalMs('uncorrected')).toBeGreaterThan(15_000);
	});

	test('sends as a file has recorded it, and ends with it; a bad line is named', async () => {
		const server = await serve(acks);
		const file = path.join(folder.path, 'arrivals.txt');
		writeFileSync(file, '# three at once, one later\n0\n0\n0\n300\n');
		const {stdout, exitCode} = await start('clients', [
			'--to',
			`127.0.0.1:${server.port}`,
			'--arrivals-file',
			file,
			'--json',
		]);
		const {sent, acked, durationMs} = JSON.parse(stdout);
		expect([sent, acked, exitCode]).toEqual([4, 4, 0]);
		expect(durationMs).toBeGreaterThanOrEqual(300);
		writeFileSync(file, '0\nsoon\n');
		const refused = await start('clients', ['--to', `127.0.0.1:${server.port}`, '--arrivals-file', file]);
		expect(refused.exitCode).toBe(2);
		expect(refused.stderr).toContain(`${file}:2: 'soon' is not a number of milliseconds since the start`);
	});
});
