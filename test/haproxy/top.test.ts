/** `lbtop top` as its user has it: a real HAProxy where one is installed, and lbtop's own balancer everywhere. */

import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:net';
import path from 'node:path';
import {afterAll, afterEach, describe, expect, test} from 'vitest';
import {askRuntime} from '../../src/haproxy/ask-runtime.ts';
import {lbtop, plainEnvironment, runLbtop, temporaryFolder} from '../support/lab.ts';
import {launch, type Term} from '../support/term.ts';
import {until} from '../support/until.ts';

const version = spawnSync('haproxy', ['-v'], {encoding: 'utf8'}).stdout?.split('\n')[0] ?? '';
if (version === '') process.stderr.write('skipped: no haproxy is installed for lbtop top to look at\n');

const folder = temporaryFolder();
const at = (name: string) => path.join(folder.path, name);
const open: {close(): void}[] = [];
afterEach(() => {
	for (const each of open.splice(0).reverse()) each.close();
});
afterAll(folder.close);

async function server(): Promise<{port: number; stop(): void}> {
	const listener: Server = createServer(socket =>
		socket.on('error', () => {}).on('data', () => socket.end('PONG from s\n')),
	).listen(0, '127.0.0.1');
	await until(() => listener.listening);
	open.push(listener);
	return {port: (listener.address() as {port: number}).port, stop: () => void listener.close()};
}

/** Starts a program that answers at a socket in a while; `close` ends it and waits for nothing. */
async function answering(file: string, args: string[], socket: string): Promise<ChildProcess> {
	const child = spawn(file, args, {stdio: 'ignore', env: plainEnvironment()});
	open.push({close: () => void child.kill('SIGKILL')});
	await until(() => askRuntime({path: socket}, 'show info').catch(() => ''), {what: `${file} answers at ${socket}`});
	return child;
}

function screen(socket: string, more: string[] = []): Term {
	const term = launch(process.execPath, [lbtop, 'top', '--haproxy', socket, ...more], {columns: 120, rows: 40});
	open.push(term);
	return term;
}

test.each([
	[[], 2, "top: --haproxy SOCKET is missing; it is 'lbtop top --haproxy /run/haproxy/admin.sock'"],
	[['/run/x.sock'], 2, "it is 'lbtop top --haproxy /run/x.sock'"],
	[['--haproxi', 'x'], 2, "unknown option '--haproxi'; the nearest is --haproxy"],
	[['--haproxy', 'x', '--every', '10ms'], 2, 'It is a duration from 1s to 1m.'],
	[['--haproxy', '/nowhere/h.sock'], 4, 'HAProxy at /nowhere/h.sock: no such file or folder (ENOENT)'],
])('%j is exit %i', async (args, code, words) => {
	const {exitCode, stderr} = await runLbtop(['top', ...args], folder.path);
	expect(exitCode).toBe(code);
	expect(stderr).toContain(words);
	expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('what answers and is not HAProxy is exit 4', async () => {
	const {port} = await server();
	const {exitCode, stderr} = await runLbtop(['top', '--haproxy', `127.0.0.1:${port}`], folder.path);
	expect([exitCode, stderr]).toEqual([
		4,
		expect.stringContaining('what answers there is not HAProxy, or it is its master'),
	]);
});

test("lbtop's own balancer: as lines, as JSON, and by keys", async () => {
	const socket = at('own.sock');
	const [one, two] = [await server(), await server()];
	const servers = [one, two].flatMap(({port}, index) => ['--server', `127.0.0.1:${port},name=s${index + 1}`]);
	const balancer = [lbtop, 'balancer', '--port', '0', '--log-detail', 'off', '--mode', 'connection'];
	await answering(
		process.execPath,
		[...balancer, '--log', at('log.txt'), '--stats-socket', socket, ...servers],
		socket,
	);

	const plain = spawn(process.execPath, [lbtop, 'top', '--haproxy', socket, '--plain'], {env: plainEnvironment()});
	open.push({close: () => void plain.kill('SIGKILL')});
	let lines = '';
	plain.stdout.on('data', chunk => {
		lines += chunk;
	});
	await until(() => / 0 sessions\/s {2}now 0 queue 0 .* s1 \w+ 0 {2}s2 \w+ 0\n/.test(lines), {what: () => lines});
	expect(lines).toMatch(/^\S+ lbtop: lbtop \S+, backend lab: it counts sessions, not ACKs\n/);
	const short = await runLbtop(['top', '--haproxy', socket, '--plain', '--for', '1ms'], folder.path);
	expect([short.exitCode, short.stderr]).toEqual([0, '']);

	const json = await runLbtop(['top', '--haproxy', socket, '--json'], folder.path);
	expect(JSON.parse(json.stdout)).toMatchObject({
		program: 'lbtop',
		backend: 'lab',
		servers: [{id: 'lab/s1'}, {id: 'lab/s2'}],
	});

	const term = screen(socket);
	await term.until(/LBTOP/);
	await term.until(/s1 +EXTERNAL +UP /);
	term.press('D');
	await term.until(/'set server lab\/s1 state drain'/);
	term.press('y');
	await term.until(/\$ echo "set server lab\/s1 state drain" \| socat - /);
	await term.until(/s1 .*DRAIN/);
	term.press('q');
	expect((await term.exited).exitCode).toBe(0);
});

describe.skipIf(version === '')(version, () => {
	test('a server goes, another is drained, HAProxy goes and comes: seen, said and done', async () => {
		const socket = at('admin.sock');
		const [one, two] = [await server(), await server()];
		const config = at('haproxy.cfg');
		writeFileSync(
			config,
			`global
  stats socket ${socket} mode 600 level admin
  stats socket ${at('user.sock')} mode 600 level user
defaults
  mode tcp
  timeout connect 1s
  timeout client 5s
  timeout server 5s
backend pool
  balance roundrobin
  default-server check inter 100ms rise 1 fall 2
  server s1 127.0.0.1:${one.port}
  server s2 127.0.0.1:${two.port}
backend other
  server a 127.0.0.1:${one.port}
`,
		);
		const haproxy = await answering('haproxy', ['-db', '-f', config], socket);

		const wrong = await runLbtop(['top', '--haproxy', socket, '--backend', 'x'], folder.path);
		expect([wrong.exitCode, wrong.stderr]).toEqual([
			2,
			expect.stringContaining("it has no backend 'x'; there are pool, other"),
		]);

		const term = screen(socket);
		await term.until(/backend pool of 2 +sessions, not ACKs/);
		await term.until(/there are more backends: other/);
		two.stop();
		await term.until(/s2 DOWN \(L4CON/);
		term.press('D');
		await term.until(/at work\?/);
		term.press('y');
		await term.until(/s1 DRAIN \(it was told so\)/);
		expect(await askRuntime({path: socket}, 'show servers state pool')).toMatch(/ s1 127.0.0.1 2 8 /);
		term.press('w');
		await term.until(/weight of s1/);
		term.press('0\r');
		await term.until(/\$ echo "set server pool\/s1 weight 0" \| socat - /);

		haproxy.kill('SIGKILL');
		await term.until(/STALE/);
		await term.until(/HAProxy NOT-READY|HAProxy is NOT-READY/);
		await answering('haproxy', ['-db', '-f', config], socket);
		await term.until(/HAProxy answers again/);
		await term.until(/HAProxy is another process now/);
		expect(term.screen()).not.toContain('STALE');
		term.press('q');
		expect((await term.exited).exitCode).toBe(0);

		const reader = screen(at('user.sock'));
		await reader.until(/HAPROXY/);
		reader.press('d');
		await reader.until(/at work\?/);
		reader.press('y');
		await reader.until(/refused: +HAProxy refuses: Permission denied/);
		reader.press('q');
		expect((await reader.exited).exitCode).toBe(0);
	});
});
