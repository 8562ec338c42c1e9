import {spawn} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {afterEach, describe, expect, it} from 'vitest';
import {loadBindings} from '../../src/load-balancer/handle-transport/bindings.ts';
import {createHandleTransport} from '../../src/load-balancer/handle-transport/handle-transport.ts';
import {netTransport} from '../../src/load-balancer/net-transport.ts';
import type {Connection, Listener} from '../../src/load-balancer/transport.ts';
import {until} from '../support/until.ts';
import {freePort} from './support/servers.ts';

/** A connection of the transport's, and what was told of it. */
type Told = {connection: Connection; text: () => string; reads: Buffer[]; told: string[]};

const bindings = loadBindings();
const fast = typeof bindings === 'string' ? undefined : createHandleTransport(bindings);

it('has a fast transport on every Node that it is tested with', () => {
	expect(bindings).toBeTypeOf('object');
});

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

/** Something that is told, kept as words: `ended`, `ECONNRESET`. */
function keep(): Told & {handlers: {received(bytes: Buffer): void; ended(): void; failed(error: Error): void}} {
	const reads: Buffer[] = [];
	const told: string[] = [];
	const handlers = {
		received: (bytes: Buffer) => void reads.push(bytes),
		ended: () => void told.push('ended'),
		failed: (error: NodeJS.ErrnoException) => void told.push(error.code ?? error.message),
	};
	const text = () => Buffer.concat(reads).toString('latin1');
	return {connection: undefined as unknown as Connection, reads, told, handlers, text};
}

describe.each([
	['public', netTransport],
	['fast', fast!],
])('the %s transport', (_, transport) => {
	/** Listens, and gives each connection that is accepted. */
	const listen = async ({isPaused = false} = {}) => {
		const accepted: Told[] = [];
		const listener: Listener = await transport.listen(
			{host: '127.0.0.1', port: 0, isPaused},
			connection => {
				const kept = Object.assign(keep(), {connection});
				closing.push(() => connection.destroy());
				accepted.push(kept);
				return kept;
			},
			{
				received: (kept, bytes) => kept.handlers.received(bytes),
				ended: kept => kept.handlers.ended(),
				failed: (kept, error) => kept.handlers.failed(error),
			},
		);
		closing.push(listener.close);
		const next = async () => {
			const place = accepted.length;
			const socket = connectSocket(listener.port);
			await until(() => accepted.length > place);
			return {...accepted[place]!, socket};
		};
		return {port: listener.port, accepted, next};
	};

	/** A connection made by the transport, and the peer's socket. */
	const dial = async (options: {isFleeting?: boolean} = {}) => {
		const {port, sockets} = await startPeer();
		const kept = keep();
		const connection = transport.connect(
			{host: '127.0.0.1', port, timeoutMs: 5000, isFleeting: false, ...options},
			{...kept.handlers, connected: () => kept.told.push('connected')},
		);
		closing.push(() => connection.destroy());
		await until(() => sockets.length > 0 && kept.told.length > 0);
		return {...kept, connection, socket: sockets[0]!};
	};

	it('passes bytes both ways, and what was received stays as it was', async () => {
		const {next} = await listen();
		const {connection, socket, reads, text} = await next();
		const heard = textOf(socket);
		const sent = [...Array(200).keys()].map(i => String(i).padStart(i < 100 ? 10 : 1000, '.'));
		for (const [i, line] of sent.entries()) {
			socket.write(line);
			await until(() => text().length === sent.slice(0, i + 1).join('').length);
		}
		expect(reads.length).toBeGreaterThanOrEqual(sent.length);
		expect(text()).toBe(sent.join(''));
		connection.write('caf\u00e9\n', 'latin1');
		connection.write(Buffer.from('bytes\n'));
		await until(() => heard() === 'caf\u00e9\nbytes\n');
		expect(connection.bytesWritten).toBe(11);
		expect([connection.remoteAddress, connection.remotePort]).toEqual([socket.localAddress, socket.localPort]);
		expect([connection.localAddress, connection.localPort]).toEqual([socket.remoteAddress, socket.remotePort]);
	});

	it('writes what a peer that does not read has no room for when it reads again', async () => {
		const {next} = await listen();
		const {connection, socket} = await next();
		socket.pause();
		const bytes = randomBytes(8_000_000);
		let isWritten = false;
		let hasDrained = false;
		// Nobody else keeps these bytes: what is under way must not be collected.
		for (let at = 0; at < bytes.length; at += 1_000_000)
			connection.write(Uint8Array.prototype.slice.call(bytes, at, at + 1_000_000));
		const isTaken = connection.write('the end', 'latin1', () => {
			isWritten = true;
		});
		connection.once('drain', () => {
			hasDrained = true;
		});
		expect(isTaken).toBe(false);
		expect(connection.writableLength).toBeGreaterThan(1_000_000);
		expect(connection.bytesWritten).toBe(8_000_007);
		collectGarbage();
		for (let i = 0; i < 20; i++) Buffer.alloc(1_000_000, 1);
		expect([isWritten, hasDrained]).toEqual([false, false]);
		const digest = createHash('sha256');
		let length = 0;
		socket.on('data', data => {
			length += data.length;
			digest.update(data);
		});
		socket.resume();
		await until(() => length === 8_000_007);
		await until(() => isWritten && hasDrained && connection.writableLength === 0);
		const expected = createHash('sha256').update(bytes).update('the end').digest('hex');
		expect(digest.digest('hex')).toBe(expected);
	});

	it('writes what is said between cork and uncork together', async () => {
		const {next} = await listen();
		const {connection, socket} = await next();
		const heard = textOf(socket);
		const long = 'x'.repeat(3_000_000);
		const told: string[] = [];
		connection.cork();
		connection.write(Buffer.from('one '), () => told.push('one'));
		connection.write(Buffer.from(long));
		connection.write(' three', 'latin1', () => told.push('three'));
		await settled();
		expect(heard()).toBe('');
		connection.uncork();
		collectGarbage();
		await until(() => heard().length === long.length + 10);
		expect(heard() === `one ${long} three`).toBe(true);
		await until(() => told.length === 2);
		connection.cork();
		connection.uncork();
		connection.cork();
		connection.write('nobody', 'latin1');
		connection.destroy();
		connection.uncork();
	});

	it('keeps apart what one says at length and another in short', async () => {
		const {next} = await listen();
		const [long, short] = [await next(), await next()];
		const said = randomBytes(3_000_000);
		for (let at = 0; at < said.length; at += 50_000) {
			long.socket.write(said.subarray(at, at + 50_000));
			short.socket.write(`${at} `);
			if (at % 500_000 === 0) await settled();
		}
		await until(() => long.text().length === said.length && short.text().endsWith('2950000 '));
		expect(Buffer.concat(long.reads).equals(said)).toBe(true);
		long.socket.write('short again');
		short.socket.write('still');
		await until(() => long.text().endsWith('short again') && short.text().endsWith('still'));
	});

	it('does not read while paused', async () => {
		const {next} = await listen({isPaused: true});
		const {connection, socket, text} = await next();
		socket.write('one');
		await settled();
		expect(text()).toBe('');
		connection.resume();
		await until(() => text() === 'one');
		connection.pause();
		// A read may be under way when it is paused, but none after.
		let sent = 0;
		while (socket.write('x'.repeat(100_000)) || sent < 20_000_000) sent += 100_000;
		await settled();
		expect(text().length).toBeLessThan(1_000_000);
		connection.resume();
		await until(() => text().length > 20_000_000);
	});

	it('hears an end and may go on to write, and the other way round', async () => {
		const {next} = await listen();
		const first = await next();
		const heard = textOf(first.socket);
		first.socket.end('said');
		await until(() => first.told.length > 0);
		expect([first.text(), first.told]).toEqual(['said', ['ended']]);
		first.connection.write('answered', 'latin1');
		await until(() => heard() === 'answered');

		const second = await next();
		let hasLeft = false;
		second.connection.write('all', 'latin1');
		second.connection.end(() => {
			hasLeft = true;
		});
		const all = textOf(second.socket);
		await until(() => second.socket.readableEnded && hasLeft);
		expect(all()).toBe('all');
		second.socket.write('still heard');
		await until(() => second.text() === 'still heard');
	});

	it('says the end after everything that waits', async () => {
		const {next} = await listen();
		const {connection, socket} = await next();
		socket.pause();
		connection.write(Buffer.alloc(5_000_000));
		let hasLeft = false;
		connection.end(() => {
			hasLeft = true;
		});
		await settled();
		expect(hasLeft).toBe(false);
		let length = 0;
		socket.on('data', data => {
			length += data.length;
		});
		socket.resume();
		await until(() => socket.readableEnded && hasLeft);
		expect(length).toBe(5_000_000);
	});

	it('tells of a reset once, and resets', async () => {
		const {next} = await listen();
		const first = await next();
		first.socket.resetAndDestroy();
		await until(() => first.told.length > 0);
		first.connection.write('nobody', 'latin1');
		await settled();
		expect(first.told).toEqual(['ECONNRESET']);

		const second = await next();
		let cause = '';
		second.socket.on('error', (error: NodeJS.ErrnoException) => {
			cause = error.code ?? '';
		});
		second.connection.resetAndDestroy();
		await until(() => cause === 'ECONNRESET');
		expect(second.told).toEqual([]);
	});

	it('resets also while writes and an end wait', async () => {
		const {next} = await listen();
		const {connection, socket} = await next();
		let length = 0;
		let isCut = false;
		socket.on('data', data => {
			length += data.length;
		});
		// After data a reset may look like an end to Node's sockets.
		for (const event of ['end', 'error']) {
			socket.on(event, () => {
				isCut = true;
			});
		}
		socket.pause();
		let hasLeft = false;
		connection.write(Buffer.alloc(5_000_000));
		connection.end(() => {
			hasLeft = true;
		});
		await settled();
		connection.resetAndDestroy();
		socket.resume();
		await until(() => isCut && hasLeft);
		expect(length).toBeLessThan(5_000_000);
	});

	it('tells that a peer went while it was written to', async () => {
		const {next} = await listen();
		const {connection, socket, told} = await next();
		connection.pause();
		socket.resetAndDestroy();
		await until(() => {
			connection.write('x'.repeat(1000), 'latin1');
			return told.length > 0;
		});
		expect(['EPIPE', 'ECONNRESET']).toContain(told[0]);
		expect(told).toHaveLength(1);
	});

	it('may be used after it was closed', async () => {
		const {next} = await listen();
		const {connection, socket, told} = await next();
		connection.once('drain', () => {});
		connection.destroy();
		connection.destroy();
		connection.resetAndDestroy();
		connection.pause();
		connection.resume();
		connection.setNoDelay(true);
		connection.end();
		connection.write('x', 'latin1');
		connection.write(Buffer.alloc(10));
		expect(connection.writableLength).toBe(0);
		socket.resume();
		await until(() => socket.readableEnded);
		expect(told.filter(word => word.startsWith('E') && word !== 'ERR_STREAM_DESTROYED')).toEqual([]);
	});

	it('connects, and what was written before leaves then', async () => {
		const {port, sockets} = await startPeer();
		const kept = keep();
		const connection = transport.connect({host: '127.0.0.1', port, timeoutMs: 5000, isFleeting: true}, kept.handlers);
		connection.write('early', 'latin1');
		connection.write(Buffer.from(' bird'));
		expect(connection.writableLength).toBe(10);
		connection.end();
		await until(() => sockets.length > 0);
		const heard = textOf(sockets[0]!);
		await until(() => sockets[0]!.readableEnded);
		expect(heard()).toBe('early bird');
		sockets[0]!.end('worm');
		await until(() => kept.told.includes('ended'));
		expect(kept.text().startsWith('worm')).toBe(true);
		connection.destroy();
	});

	it.each(['127.0.0.1', '::1', 'localhost', '255.255.255.255'])(
		'tells that %s refused, after connect has returned',
		async host => {
			const kept = keep();
			const port = await freePort();
			const connection = transport.connect({host, port, timeoutMs: 5000, isFleeting: true}, kept.handlers);
			expect(kept.told).toEqual([]);
			await until(() => kept.told.length > 0);
			expect(['ECONNREFUSED', 'EADDRNOTAVAIL', 'ENETUNREACH', 'EACCES']).toContain(kept.told[0]);
			connection.destroy();
		},
	);

	it('tells nothing of a connection that is closed before it is made', async () => {
		const {port} = await startPeer();
		const kept = keep();
		const connection = transport.connect({host: '127.0.0.1', port, timeoutMs: 5000, isFleeting: true}, kept.handlers);
		connection.write('x', 'latin1');
		connection.destroy();
		await settled();
		expect(kept.told).toEqual([]);
	});

	it('gives up a connection that is not made in time', async () => {
		const port = await deafPort();
		const kept = [keep(), keep(), keep(), keep()];
		for (const {handlers} of kept) {
			const connection = transport.connect({host: '127.0.0.1', port, timeoutMs: 200, isFleeting: true}, handlers);
			closing.push(() => connection.destroy());
		}
		await until(() => kept.some(({told}) => told[0] === 'ETIMEDOUT'));
	});

	it('says for people why it cannot listen', async () => {
		const {port} = await listen();
		const second = transport.listen({host: '127.0.0.1', port, isPaused: false}, keep, {
			received: () => {},
			ended: () => {},
			failed: () => {},
		});
		await expect(second).rejects.toThrow(`could not listen on 127.0.0.1:${port}: the port is taken`);
	});

	it('leaves nothing open', async () => {
		const {next, accepted} = await listen();
		const before = openSockets();
		for (let i = 0; i < 30; i++) {
			const {connection, socket, told} = await next();
			if (i % 3 === 0) connection.resetAndDestroy();
			else if (i % 3 === 1) {
				socket.end();
				await until(() => told.length > 0);
				connection.end();
			} else {
				connection.write(Buffer.alloc(5_000_000));
				connection.destroy();
			}
			socket.destroy();
			const made = await dial();
			made.connection.destroy();
			made.socket.destroy();
		}
		expect(accepted).toHaveLength(30);
		for (const close of closing.splice(0)) close();
		await until(() => openSockets() <= before);
	});
});

function connectSocket(port: number): Socket {
	const socket = connect({host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true});
	socket.on('error', () => {});
	closing.push(() => socket.destroy());
	return socket;
}

function textOf(socket: Socket): () => string {
	let text = '';
	socket.setEncoding('latin1').on('data', chunk => {
		text += chunk;
	});
	return () => text;
}

/** A server whose connections are kept. */
async function startPeer(): Promise<{port: number; sockets: Socket[]}> {
	const sockets: Socket[] = [];
	const server: Server = createServer({allowHalfOpen: true}, socket => {
		socket.on('error', () => {});
		closing.push(() => socket.destroy());
		sockets.push(socket);
	});
	closing.push(() => server.close());
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {port: (server.address() as {port: number}).port, sockets};
}

/** Accepts the first two or three connections, in the system alone, and no more. */
async function deafPort(): Promise<number> {
	const listen = "listen({host: '127.0.0.1', port: 0, backlog: 1}, function () { console.log(this.address().port) })";
	const deaf = spawn(process.execPath, ['-e', `require('net').createServer().${listen}`]);
	closing.push(() => deaf.kill('SIGKILL'));
	const port = await new Promise<number>(resolve => deaf.stdout.once('data', data => resolve(Number(data))));
	deaf.kill('SIGSTOP');
	return port;
}

/** What `node --expose-gc` gives. */
function collectGarbage() {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
}

function openSockets(): number {
	return process.getActiveResourcesInfo().filter(name => name.startsWith('TCP')).length;
}

/** Two rounds through the system: what was going to happen at once has. */
async function settled() {
	for (let i = 0; i < 2; i++) await new Promise(resolve => setTimeout(resolve, 30));
}
