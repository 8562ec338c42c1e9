import {readdirSync, readFileSync} from 'node:fs';
import {connect, type Socket} from 'node:net';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {plainEnvironment, temporaryFolder, unhurried} from '../support/lab.ts';
import {until} from '../support/until.ts';
import {closeClients, connectTo, exchange} from './support/clients.ts';
import {acknowledge, freePort, startServer, type TestServer} from './support/servers.ts';

const program = path.resolve(import.meta.dirname, '../../dist/balancer.js');
let folder: ReturnType<typeof temporaryFolder>;
let server: TestServer;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(async () => {
	closeClients();
	await server.kill();
	folder.close();
});

/** A balancer as a process of its own, under the bounds that these words of a shell and of Node set. */
async function start({shell = '', node = [] as string[], args = [] as string[]}) {
	const port = await freePort();
	const command = [process.execPath, ...node, program, '--port', `${port}`, '--server', `127.0.0.1:${server.port}`];
	const words = [...command, ...args].map(word => `'${word}'`).join(' ');
	const child = execa('/bin/sh', ['-c', `${shell} exec ${words}`], {
		...{cwd: folder.path, reject: false, env: plainEnvironment(), extendEnv: false, timeout: 60_000, ...unhurried},
	});
	let stdout = '';
	child.stdout.on('data', data => {
		stdout += data;
	});
	await until(() => stdout.includes('listening'), {what: () => `listening; it said ${stdout}`});
	return {
		port,
		logged: (text: string) => readFileSync(path.join(folder.path, 'log.txt'), 'utf8').includes(text),
		openFiles: () => readdirSync(`/proc/${child.pid}/fd`).length,
		isAlive: () => child.exitCode === null,
		stop: async () => {
			child.kill('SIGTERM');
			return child;
		},
	};
}

type Flooder = {socket: Socket; text: string; isClosed: boolean};

/** Many clients, some of whom may be cut off before they are connected. */
async function flood(port: number, count: number, said: string): Promise<Flooder[]> {
	const flooders: Flooder[] = [];
	const open = () =>
		new Promise<void>(resolve => {
			const flooder: Flooder = {socket: connect(port, '127.0.0.1'), text: '', isClosed: false};
			flooders.push(flooder);
			const {socket} = flooder;
			socket.on('data', data => {
				flooder.text += data.toString('latin1');
			});
			// Refused in the rough way: just what some of them are to meet.
			socket.on('error', () => {});
			socket.on('close', () => {
				flooder.isClosed = true;
				resolve();
			});
			socket.on('connect', () => {
				socket.write(said);
				resolve();
			});
		});
	for (let left = count; left > 0; left -= 100) await Promise.all(Array.from({length: Math.min(100, left)}, open));
	return flooders;
}

const isServed = (port: number) =>
	until(async () => /^#again ACK/.test(await exchange(port, '#again x\n')), {what: 'served again'});

describe.skipIf(process.platform !== 'linux')('few open files', () => {
	it.each([
		['as many clients as fit', []],
		['asked to take more', ['--maxconn', '100000']],
	])('(%s): a flood is refused and told of, who is in is served, and others when it is over', async (_, args) => {
		server = await startServer('Server 1');
		const balancer = await start({shell: 'ulimit -n 120;', args});
		const first = await connectTo(balancer.port);
		first.send('#first x\n');
		await first.receives(1);
		const clients = await flood(balancer.port, 500, '#m x\n');
		await until(() => clients.filter(client => client.isClosed).length >= 380, {what: 'refused'});
		expect(balancer.openFiles()).toBeLessThanOrEqual(120);
		first.send('#second x\n');
		expect(await first.receives(2)).toEqual(['#first ACK from Server 1', '#second ACK from Server 1']);
		await until(() => clients.filter(client => client.text.includes('ACK')).length > 30, {what: 'who is in is served'});
		await until(() => balancer.logged('cause=maxconn'));
		for (const client of clients) client.socket.destroy();
		await isServed(balancer.port);
		expect(balancer.logged('Server 1 is DOWN')).toBe(false);
		expect((await balancer.stop()).exitCode).toBe(143);
	});
});

describe('little memory', () => {
	it('is never run out of: a flood of clients with much to say is refused, and it serves again', async () => {
		let answerAll = () => {};
		const mayAnswer = new Promise<void>(resolve => {
			answerAll = resolve;
		});
		server = await startServer('Server 1', {answer: line => mayAnswer.then(() => acknowledge(line, 'Server 1'))});
		const balancer = await start({node: ['--max-old-space-size=32'], args: ['--answer-timeout', '1h']});
		const clients = await flood(balancer.port, 1600, '#m x\n'.repeat(150));
		const refused = () => clients.some(client => client.text.includes('busy maxconn reached'));
		await until(refused, {ms: 30_000, what: 'clients are refused'});
		await until(() => balancer.logged('cause=memory') && balancer.logged('cause=maxconn'), {ms: 30_000, what: 'told'});
		expect(balancer.isAlive()).toBe(true);
		for (const client of clients) client.socket.destroy();
		answerAll();
		await isServed(balancer.port);
		expect((await balancer.stop()).exitCode).toBe(143);
	}, 90_000);
});
