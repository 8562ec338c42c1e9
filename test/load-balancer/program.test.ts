import {readFileSync} from 'node:fs';
import path from 'node:path';
import {execa} from 'execa';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {parseLogLine} from '../../src/log/log-line.ts';
import {plainEnvironment, temporaryFolder, unhurried} from '../support/lab.ts';
import {until} from '../support/until.ts';
import {closeClients, connectTo, exchange} from './support/clients.ts';
import {freePort, startRawServer, startServer} from './support/servers.ts';

const program = path.resolve(import.meta.dirname, '../../dist/balancer.js');
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => {
	closeClients();
	folder.close();
});

const start = (args: string[]) =>
	execa(process.execPath, [program, ...args], {
		...{cwd: folder.path, reject: false, env: plainEnvironment(), extendEnv: false, timeout: 60_000, ...unhurried},
	});
const fails = async (args: string[]) => {
	const {stdout, stderr, exitCode} = await start(args);
	return {stdout, stderr, exitCode};
};

describe('lbtop balancer', () => {
	it('balances, tells what happens, writes log.txt, and drains at SIGTERM', async () => {
		const servers = [await startServer('Server 1'), await startServer('B')];
		const [first, second] = servers.map(server => `127.0.0.1:${server.port}`);
		const port = await freePort();
		const child = start(['--port', `${port}`, '--server', first!, '--server', `${second},name=B`]);
		let stdout = '';
		child.stdout.on('data', data => {
			stdout += data;
		});
		await until(() => stdout.includes('listening'));
		const answers = [await exchange(port, '#a HAI IDO\n'), await exchange(port, '#b HAI IDO\n')];
		expect(answers.map(answer => answer.slice(2)).sort()).toEqual([' ACK from B\n', ' ACK from Server 1\n']);
		await servers[0]!.kill();
		await until(() => stdout.includes('Server 1 is DOWN (connection '));
		child.kill('SIGTERM');
		const {exitCode} = await child;
		expect(exitCode).toBe(143);
		expect(stdout).toContain(`Load Balancer listening on 127.0.0.1:${port}\n`);
		expect(stdout).toContain('Load Balancer stopped after 2 messages\n');
		const lines = readFileSync(path.join(folder.path, 'log.txt'), 'utf8').trimEnd().split('\n').map(parseLogLine);
		expect(lines.filter(line => line?.label === 'Forwarded').map(line => line?.values)).toMatchObject([
			{by: 'balancer', id: 'a', algorithm: 'round-robin'},
			{by: 'balancer', id: 'b', algorithm: 'round-robin'},
		]);
		const told = lines.filter(line => line?.label === 'Server').map(line => line?.text);
		expect(told).toContain('B is UP');
		expect(told).toContain(`Load Balancer is listening on 127.0.0.1:${port}`);
		expect(told).toContain('Server 1 is DOWN');
		await servers[1]!.kill();
	});

	it('joins connections in connection mode', async () => {
		const server = await startRawServer('Server 1', socket => socket.pipe(socket));
		const port = await freePort();
		const child = start(['--mode', 'connection', '--port', `${port}`, '--server', `127.0.0.1:${server.port}`]);
		let stdout = '';
		child.stdout.on('data', data => {
			stdout += data;
		});
		await until(() => stdout.includes('listening'));
		expect(await exchange(port, 'any\0thing')).toBe('any\0thing');
		child.kill('SIGTERM');
		await child;
		expect(stdout).toContain('Load Balancer stopped after 1 connection\n');
		await server.kill();
	});

	it.each(['fast', 'public'])('says that its transport is %s, and nothing else', async transport => {
		const server = await startServer('Server 1');
		const child = execa(process.execPath, [program, '--port', '0', '--server', `127.0.0.1:${server.port}`], {
			...{cwd: folder.path, reject: false, extendEnv: false, timeout: 60_000, ...unhurried},
			env: {...plainEnvironment(), LBTOP_TRANSPORT: transport},
		});
		let stdout = '';
		child.stdout.on('data', data => {
			stdout += data;
		});
		await until(() => stdout.includes('listening'));
		child.kill('SIGTERM');
		const {stderr} = await child;
		expect(stderr).toBe('');
		expect(readFileSync(path.join(folder.path, 'log.txt'), 'utf8')).toContain(` transport=${transport}\n`);
		await server.kill();
	});

	it.each(['fast', 'public'])('refuses clients when it may open no more files, and goes on (%s)', async transport => {
		const server = await startServer('Server 1');
		const port = await freePort();
		const command = `ulimit -n 48; exec '${process.execPath}' '${program}' --port ${port} --transport ${transport} --server 127.0.0.1:${server.port}`;
		const child = execa('sh', ['-c', command], {
			...{cwd: folder.path, reject: false, env: plainEnvironment(), extendEnv: false, timeout: 60_000, ...unhurried},
		});
		let stdout = '';
		child.stdout.on('data', data => {
			stdout += data;
		});
		await until(() => stdout.includes('listening'));
		const attempts = await Promise.allSettled(Array.from({length: 80}, () => connectTo(port)));
		const clients = attempts.flatMap(attempt => (attempt.status === 'fulfilled' ? [attempt.value] : []));
		for (const client of clients) client.send('x\n');
		const isOver = () => clients.every(client => client.isClosed() || client.lines().length > 0);
		await until(isOver);
		const answered = clients.filter(client => client.lines().length > 0).length;
		expect(answered).toBeGreaterThan(5);
		expect(answered).toBeLessThan(48);
		for (const client of clients) client.socket.destroy();
		await until(async () => (await exchange(port, '#after x\n').catch(() => '')) === '#after ACK from Server 1\n');
		expect(stdout).not.toContain('DOWN');
		child.kill('SIGTERM');
		expect((await child).stderr).toBe('');
		await server.kill();
	});

	it.each([
		[[], /^lbtop: no --server was given; for example: lbtop balancer --port 9000 --server 127\.0\.0\.1:9001/],
		[
			['--server', '127.0.0.1:1,name=A', '--server', '127.0.0.1:2,name=A'],
			/^lbtop: two servers are named 'A'; give each/,
		],
		[['--server', '127.0.0.1:1', '--server', '127.0.0.1:2,name=Server 1'], /^lbtop: two servers are named 'Server 1'/],
		[
			['--server', 'name=A,command=node x.js {port}'],
			/^lbtop: --server A has a command: the balancer alone starts no servers/,
		],
		[['--server', '127.0.0.1:1', '--mode', 'magic'], /^lbtop: .*--mode.*message, connection/],
		[['--server', '127.0.0.1:1', '--algorithm', 'magic'], /^lbtop: .*--algorithm.*round-robin/],
	])('refuses %j in one line', async (args, why) => {
		const {stdout, stderr, exitCode} = await fails(args);
		expect([stdout, exitCode]).toEqual(['', 2]);
		expect(stderr).toMatch(why);
		expect(stderr.split('\n')).toHaveLength(1);
	});

	it('that cannot listen says where, why and what to do, and ends with 4', async () => {
		const taken = await startServer('Server 1');
		const {stderr, exitCode} = await fails(['--port', `${taken.port}`, '--server', `127.0.0.1:${taken.port}`]);
		expect(exitCode).toBe(4);
		expect(stderr).toBe(
			`lbtop: balancer: could not listen on 127.0.0.1:${taken.port}: the port is taken; choose another with --port or end the program that has it`,
		);
		await taken.kill();
	});
});
