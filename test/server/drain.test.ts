import net from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {startServer} from '../../src/server/server.ts';
import {until} from '../support/until.ts';
import {startTestServer, type TestServer} from './support.ts';

let server: TestServer;
afterEach(() => server.close());

const ack = 'ACK from Server 1\n';
const slow = {serviceTime: {type: 'constant', ms: 150}} as const;

describe('a server that stops', () => {
	it('answers what it has read, then ends each connection, and accepts none', async () => {
		server = await startTestServer({...slow, concurrency: 1});
		const [plain, trunk, idle] = [server.connect(), server.connect(), server.connect()];
		plain.send('#a x\n#b x\n');
		trunk.send('TRUNK\nB 1 5\n#c x\nB 2 5\nunfi');
		await until(() => server.tick().received === 3 && server.tick().connections === 3);
		const stopped = server.stop();
		plain.send('#late x\n');
		trunk.send('nB 3 8\n#late x\n');
		await Promise.all([plain.ended(), trunk.ended(), idle.ended()]);
		expect(plain.received()).toBe(`#a ${ack}#b ${ack}`);
		expect(trunk.received()).toBe(`B 1 21\n#c ${ack}`);
		expect(idle.received()).toBe('');
		expect([plain.error(), trunk.error(), idle.error()]).toEqual(['', '', '']);
		for (const client of [plain, trunk, idle]) client.socket.end();
		await stopped;
		expect(server.tick()).toMatchObject({received: 3, executed: 3, connections: 0, inFlight: 0});
		await expect(connectError(server.port)).resolves.toBe('ECONNREFUSED');
		expect(server.log().at(-1)?.text).toBe('Server 1 stopped after 3 messages');
	});

	it('does not wait for peers that never close, nor stop twice', async () => {
		server = await startTestServer();
		const client = server.connect();
		client.send('x\n');
		await client.gets(ack);
		const started = performance.now();
		await Promise.all([server.stop(), server.stop()]);
		const elapsed = performance.now() - started;
		expect(elapsed).toBeGreaterThan(250);
		await until(() => server.tick().connections === 0);
		expect(server.log().filter(({text}) => text.includes('stopped'))).toHaveLength(1);
	});

	it('is quick when nobody is there', async () => {
		server = await startTestServer();
		// Counted in turns of the loop, of which there are thousands in the time that peers are waited for.
		let turns = 0;
		const count = () => {
			turns++;
			turn = setImmediate(count);
		};
		let turn = setImmediate(count);
		await server.stop();
		clearImmediate(turn);
		expect(turns).toBeLessThan(20);
	});
});

it('a taken port is refused with what to do', async () => {
	server = await startTestServer();
	const {port} = server;
	const settings = {
		name: 'B',
		by: 'b',
		host: '127.0.0.1',
		port,
		queueLimit: 9,
		remembers: true,
		concurrency: 0,
		maxLineBytes: 65_536,
	};
	const tools = {log: server.manager, now: () => 0, random: () => 0};
	await expect(
		startServer({...settings, serviceTime: {type: 'constant', ms: 0}, peerTimeoutMs: 60_000}, tools),
	).rejects.toMatchObject({
		code: 'EADDRINUSE',
		message: `port ${port} on 127.0.0.1 is taken; give another with --port`,
	});
});

function connectError(port: number): Promise<string> {
	return new Promise(resolve => {
		const socket = net.connect(port, '127.0.0.1', () => resolve('connected'));
		socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
	});
}
