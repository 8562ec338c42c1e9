import {createHash, randomBytes} from 'node:crypto';
import type {Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {freePort, startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const mode = {settings: {mode: 'connection'}} as const;

/** A server that answers checks; a connection that says anything else is given to `serve`, with its first bytes. */
const startPonging = (serve: (socket: Socket, first: string) => void) =>
	startRawServer('Server 1', socket => {
		socket.once('data', data => {
			if (String(data) === 'PING\n') socket.end('PONG\n');
			else serve(socket, String(data));
		});
	});

/** Sends everything back, and shuts down its side when the client has. */
const startEcho = (name: string) =>
	startRawServer(name, socket => {
		socket.pipe(socket);
	});

describe('connection mode', () => {
	it('joins each client to one server, in turn', async () => {
		balancer = await startBalancer([await startServer('Server 1'), await startServer('Server 2')], mode);
		const clients = [await connectTo(balancer.port), await connectTo(balancer.port), await connectTo(balancer.port)];
		for (const client of clients) {
			client.send('one\n');
			await client.receives(1);
			client.send('two\n');
			await client.receives(2);
		}
		const served = clients.map(client => new Set(client.lines()));
		expect(served.map(lines => lines.size)).toEqual([1, 1, 1]);
		expect(served[0]).toEqual(served[2]);
		expect(served[0]).not.toEqual(served[1]);
		expect(balancer.tick()).toMatchObject({clientConnections: 3, accepted: 3});
		expect(
			balancer
				.tick()
				.backends.map(backend => backend.inFlight)
				.sort(),
		).toEqual([1, 2]);
		expect(
			balancer
				.tick()
				.backends.map(backend => backend.connections)
				.sort(),
		).toEqual([1, 2]);
	});

	it('passes 10 MB both ways as they are, and both ends', async () => {
		balancer = await startBalancer([await startEcho('Server 1')], mode);
		const sent = randomBytes(10_000_000);
		const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
		const received = Buffer.from(await exchange(balancer.port, sent), 'latin1');
		expect(digest(received)).toBe(digest(sent));
		await until(() => balancer.backend('Server 1').inFlight === 0);
		expect(balancer.backend('Server 1')).toMatchObject({forwarded: 1, answered: 1, connections: 0, errors: 0});
	});

	it('keeps one direction open when the other has ended', async () => {
		let text = '';
		let hasEnded = false;
		const server = await startPonging((socket, first) => {
			text = first;
			socket.end('bye\n');
			socket.on('data', data => {
				text += data;
			});
			socket.on('end', () => {
				hasEnded = true;
			});
		});
		balancer = await startBalancer([server], mode);
		const client = await connectTo(balancer.port);
		client.send('hello\n');
		await until(client.isClosed);
		client.send('still talking\n');
		client.socket.end();
		await until(() => hasEnded);
		expect([client.text(), text]).toEqual(['bye\n', 'hello\nstill talking\n']);
	});

	it('takes the next server when one cannot be reached', async () => {
		const gone = await startServer('Server 1');
		balancer = await startBalancer([gone, await startServer('Server 2')], {...mode, health: {interMs: 60_000}});
		await gone.kill();
		for (let i = 0; i < 3; i++) expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 2\n');
		expect(balancer.route('Server 1')).toBe('DOWN');
		expect(balancer.backend('Server 1')).toMatchObject({errors: 1, redelivered: 1, inFlight: 0, connections: 0});
	});

	it('ends the client at once when there is no server', async () => {
		balancer = await startBalancer([{name: 'Server 1', host: '127.0.0.1', port: await freePort(), weight: 1}], mode);
		expect(await connectTo(balancer.port).then(async client => until(client.isClosed))).toBe(true);
		await until(() => balancer.tick().clientConnections === 0);
	});

	it('passes a reset on, either way', async () => {
		let seen: string | undefined;
		let said = '';
		const server = await startPonging((socket, first) => {
			if (first === 'reset me\n') socket.resetAndDestroy();
			said = first;
			socket.on('error', error => {
				seen = (error as NodeJS.ErrnoException).code;
			});
		});
		balancer = await startBalancer([server], mode);
		const client = await connectTo(balancer.port);
		let code: string | undefined;
		client.socket.on('error', error => {
			code = (error as NodeJS.ErrnoException).code;
		});
		client.send('reset me\n');
		await until(() => code === 'ECONNRESET');
		const other = await connectTo(balancer.port);
		other.send('x\n');
		await until(() => said === 'x\n');
		other.socket.resetAndDestroy();
		await until(() => seen === 'ECONNRESET');
		await until(() => balancer.tick().clientConnections === 0);
	});

	it('holds little for a side that does not read, and loses nothing', async () => {
		let total = 0;
		let release = () => {};
		const server = await startPonging((socket, first) => {
			total += first.length;
			socket.pause();
			release = () => {
				socket.on('data', data => {
					total += data.length;
				});
				socket.on('end', () => socket.end('done\n'));
				socket.resume();
			};
		});
		balancer = await startBalancer([server], mode);
		const client = await connectTo(balancer.port);
		const block = Buffer.alloc(64 * 1024);
		const before = process.memoryUsage().arrayBuffers;
		let sent = 0;
		let lastWritableAt = performance.now();
		// One block, sent again and again as long as it is taken: what fills memory now is the balancer's.
		await until(() => {
			while (client.socket.writableLength < block.length) {
				client.socket.write(block);
				sent += block.length;
				lastWritableAt = performance.now();
			}
			return performance.now() - lastWritableAt > 300 || sent > 100e6;
		});
		expect(sent).toBeLessThan(50e6);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20e6);
		client.socket.end();
		release();
		await until(client.isClosed);
		expect(client.text()).toBe('done\n');
		expect(total).toBe(sent);
	});

	it('lets connections end by themselves when it stops, for a while', async () => {
		balancer = await startBalancer([await startEcho('Server 1')], {...mode, limits: {stopMs: 5000}});
		const client = await connectTo(balancer.port);
		client.send('one\n');
		await client.receives(1);
		const stopped = balancer.stop();
		client.send('two\n');
		await client.receives(2);
		client.socket.end();
		await stopped;
		expect(balancer.backend('Server 1').answered).toBe(1);
	});
});
