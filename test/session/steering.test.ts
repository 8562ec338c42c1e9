import {rmSync, writeFileSync} from 'node:fs';
import {connect} from 'node:net';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, expect, test} from 'vitest';
import type {ControlRequest} from '../../src/control/protocol.ts';
import {socketPath} from '../../src/control/socket-path.ts';
import {type Lab, lbtop, plainEnvironment, runLbtop, startLab, temporaryFolder, unhurried} from '../support/lab.ts';
import {until} from '../support/until.ts';

let lab: Lab | undefined;
afterEach(async () => {
	await lab?.close();
	lab = undefined;
});

const served = (n: number) => async () => (await lab!.status()).servers[n - 1]!.forwarded;
const routeOf = async (id: string) => (await lab!.status()).servers.find(server => server.id === id)?.route;
const grown = async (count: () => Promise<number>, by: number, what: string) => {
	const before = await count();
	await until(async () => (await count()) >= before + by, {what});
};

/** What a unix socket answers to a line, as a script would ask it. */
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

/** Ends the lab and proves that nobody waited in vain for what was done to it. */
const endWhole = async () => {
	const {summary} = await lab!.quit();
	const failed = lab!.log().filter(line => line.startsWith('Message Failed'));
	expect(failed).toEqual([]);
	expect(summary).toMatchObject({failed: 0, inFlight: 0});
	expect(summary.sent).toBe(summary.acked);
	return summary;
};

test('drained over the stats socket: nothing new to it, nothing lost; a crashed balancer still knows', async () => {
	// Patient clients: how soon a balancer is back on a busy machine is not the question here.
	lab = await startLab(['--rate', '200', '--retries', '50']);
	const socket = (await lab.status()).balancer.statsSocket!;
	await grown(served(1), 20, 'Server 1 is used');
	expect(await ask(socket, 'set server lab/Server-1 state drain; get weight lab/Server-1')).toBe('\n1 (initial 1)\n\n');
	await until(async () => (await routeOf('server-1')) === 'DRAIN', {what: 'DRAIN'});
	await grown(served(2), 1, 'a tick after the drain');
	const before = await served(1)();
	await grown(served(2), 60, 'Server 2 has all of it');
	expect(await served(1)()).toBe(before);
	expect(await ask(socket, 'show stat')).toMatch(/^lab,Server-1,.*,DRAIN,/m);
	expect(lab.log().some(line => line.includes('runtime API: set server lab/Server-1 state drain'))).toBe(true);

	await lab.tell({type: 'kill-restart', part: 'balancer'});
	await until(async () => (await lab!.status()).balancer.restarts === 1 && (await routeOf('server-1')) === 'DRAIN', {
		what: 'DRAIN again',
	});
	await grown(served(2), 60, 'Server 2 goes on');
	expect(await served(1)()).toBe(before);
	expect((await lab.tell({type: 'ready', part: 'server-1'})).ok).toBe(true);
	await grown(served(1), 20, 'Server 1 is used again');
	await endWhole();
});

test('a server is added, gets its share, is moved and removed, and nothing is cut', async () => {
	lab = await startLab(['--rate', '200', '--service-time', '2ms']);
	const tell = async (request: ControlRequest) => expect(await lab!.tell(request)).toMatchObject({ok: true});
	await tell({type: 'add-server'});
	await until(async () => (await routeOf('server-3')) === 'UP', {what: 'Server 3 is UP'});
	await grown(served(3), 30, 'Server 3 is used');
	await tell({type: 'weight', part: 'server-3', weight: 0});
	await until(async () => (await routeOf('server-3')) === 'DRAIN', {what: 'weight 0 drains'});
	await tell({type: 'weight', part: 'server-3', weight: 4});
	await grown(served(3), 30, 'Server 3 is used again');
	await tell({type: 'remove-server', part: 'server-3'});
	await until(async () => (await lab!.status()).servers[2]!.administration === null, {what: 'Server 3 is removed'});
	await grown(served(1), 30, 'the others go on');
	const {host, port} = (await lab.status()).plan.servers[2]!;
	expect(await lab.tell({type: 'drain', part: 'server-3'})).toMatchObject({
		ok: false,
		reason: /not among the balancer/,
	});
	await tell({type: 'address', part: 'server-1', host, port});
	await until(async () => (await routeOf('server-1')) === 'UP', {what: 'Server 1 is UP elsewhere'});
	await grown(served(1), 30, 'Server 1 is used there');
	const summary = await endWhole();
	const ends = lab.log().filter(line => / stopped \(code 0\)/.test(line));
	expect(ends.map(line => /part=(\S+)/.exec(line)![1]).filter(part => !part!.startsWith('server-'))[0]).toBe('clients');
	expect(ends.findIndex(line => line.includes('part=balancer'))).toBeLessThan(
		ends.findIndex(line => line.includes('part=server-')),
	);
	expect(summary.servers.map(({id}) => id)).toEqual(['server-1', 'server-2', 'server-3']);
});

test('SIGHUP reloads --servers-file; a bad file changes nothing and says which line', async () => {
	const folder = temporaryFolder();
	const file = path.join(folder.path, 'servers');
	const socket = path.join(folder.path, 'stats.sock');
	writeFileSync(file, '127.0.0.1:1,name=A,weight=2\n127.0.0.1:2,name=B\n');
	const options = ['--port', '0', '--servers-file', file, '--stats-socket', socket];
	const child = execa(process.execPath, [lbtop, 'balancer', ...options], {
		...{cwd: folder.path, reject: false, env: plainEnvironment(), extendEnv: false, ...unhurried},
	});
	let said = '';
	child.stdout.on('data', chunk => {
		said += chunk;
	});
	const reload = async (content: string, expected: RegExp) => {
		writeFileSync(file, content);
		child.kill('SIGHUP');
		await until(() => expected.test(said), {what: () => `${expected}: ${said}`});
	};
	try {
		await until(() => said.includes('listening'), {what: () => `listening: ${said}`});
		await until(() => ask(socket, 'show version').then(Boolean, () => false), {what: 'the socket'});
		await ask(socket, 'set server lab/A state maint');
		await reload('127.0.0.1:1,name=A\nB\n', /nothing reloaded: .*servers:2: 'B'/);
		const names = async () => [
			...(await ask(socket, 'show servers state')).matchAll(/^3 lab \d+ (\S+) \S+ \d (\d) (\d)/gm),
		];
		expect((await names()).map(([, ...row]) => row)).toEqual([
			['A', '1', '2'],
			['B', '0', '1'],
		]);
		await reload('127.0.0.1:1,name=A,weight=3\n127.0.0.1:3,name=C\n', /reloaded .*: 1 added, 1 changed, 1 removed/);
		expect((await names()).map(([, ...row]) => row)).toEqual([
			['A', '1', '3'],
			['C', '0', '1'],
		]);
	} finally {
		child.kill('SIGTERM');
		await child;
		folder.close();
		rmSync(socket, {force: true});
	}
});

test('routes are marked as stale by ctl while the balancer that tells them is paused', async () => {
	lab = await startLab(['--rate', '10', '--ack-timeout', '10s']);
	const {pid, folder, status} = lab;
	const ctl = async (...words: string[]) =>
		(await runLbtop(['ctl', ...words, '--socket', socketPath(pid)], folder)).stdout;
	expect(await ctl('servers', 'list')).toMatch(/weight 1 +UP\s/);
	await ctl('pause', 'balancer');
	await until(async () => (await status()).balancer.process === 'PAUSED', {what: 'the balancer is paused'});
	expect(await ctl('servers', 'list')).toMatch(/weight 1 +~UP\s/);
	expect(await ctl('status')).toMatch(/^server-2 +Server 2 +READY +~UP\s/m);
	await ctl('resume', 'balancer');
	await until(async () => (await status()).balancer.process === 'READY', {what: 'the balancer goes on'});
	expect(await ctl('servers', 'list')).toMatch(/weight 1 +UP\s/);
	await endWhole();
}, 60_000);
