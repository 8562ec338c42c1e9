/**
 * The same clients and servers with HAProxy (`mode tcp`), nginx (stream) and our own balancer between them. What people
 * see is the same, or differs as these tests say.
 */

import {createHash, randomBytes} from 'node:crypto';
import {connect, createServer, type Server, type Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {type Engine, engines, startEngine} from './engines.ts';

let engine: Engine;
const servers: Server[] = [];
const sockets = new Set<Socket>();

const keep = (socket: Socket) => {
	sockets.add(socket);
	socket.on('error', () => {});
	socket.on('close', () => sockets.delete(socket));
	return socket;
};

/** A server that gives its connections to `serve`, checks of ours and looks of others left out: they say PING or nothing. */
const listen = (serve: (socket: Socket, first: Buffer) => void) =>
	new Promise<{port: number; stop(): void}>(resolve => {
		const own = new Set<Socket>();
		const server = createServer({allowHalfOpen: true}, socket => {
			own.add(keep(socket));
			socket.on('end', () => {
				if (socket.bytesRead === 0) socket.end();
			});
			socket.once('data', data => {
				if (String(data) === 'PING\n') socket.end('PONG\n');
				else serve(socket, data as Buffer);
			});
		});
		servers.push(server);
		const stop = () => {
			server.close();
			for (const socket of own) socket.resetAndDestroy();
		};
		server.listen(0, '127.0.0.1', () => resolve({port: (server.address() as {port: number}).port, stop}));
	});

const open = () => keep(connect({host: '127.0.0.1', port: engine.port, allowHalfOpen: true, noDelay: true}));

/** What a client sees until its connection is over: what it heard, and how it ended. */
const watch = (socket: Socket) => {
	const seen = {text: '', bytes: 0, how: ''};
	const digest = createHash('sha256');
	socket.on('data', data => {
		seen.bytes += data.length;
		if (seen.text.length < 1000) seen.text += data;
		digest.update(data);
	});
	socket.once('end', () => {
		seen.how ||= 'FIN';
	});
	socket.once('error', error => {
		seen.how ||= (error as NodeJS.ErrnoException).code!;
	});
	return Object.assign(seen, {digest: () => digest.digest('hex')});
};

const over = (seen: {how: string}) => until(() => seen.how !== '', {ms: 15_000, what: () => JSON.stringify(seen)});

afterEach(async () => {
	for (const socket of sockets) socket.destroy();
	for (const server of servers.splice(0)) server.close();
	await engine?.stop();
});

describe.each(engines.map(row => ({...row, note: row.missing ? ` is skipped: ${row.missing}` : ''})))(
	'$name$note',
	row => {
		const {name} = row;
		const test = it.skipIf(row.missing !== undefined);
		const start = async (...ports: number[]) => {
			engine = await startEngine(row, ports);
		};

		test('a client that half-closes after its question still gets its answer', async () => {
			const server = await listen((socket, first) => {
				socket.once('end', () => setTimeout(() => socket.end(`you said ${first}`), 100));
				if (socket.readableEnded) socket.end(`you said ${first}`);
			});
			await start(server.port);
			const client = open();
			const seen = watch(client);
			client.end('hello');
			await over(seen);
			// nginx's `proxy_half_close` is off unless it is asked for: it takes the client's FIN for the end of all.
			expect(seen.text).toBe(name === 'nginx' ? '' : 'you said hello');
			expect(seen.how).toBe('FIN');
		});

		test('a server that half-closes goes on hearing its client', async () => {
			let heard = '';
			const server = await listen((socket, first) => {
				heard += first;
				socket.on('data', data => {
					heard += data;
				});
				socket.end('bye');
			});
			await start(server.port);
			const client = open();
			const seen = watch(client);
			client.write('hello');
			await over(seen);
			client.write(' and more');
			const isWhole = await until(() => heard === 'hello and more', name === 'nginx' ? {ms: 1000} : {}).catch(
				() => false,
			);
			expect([seen.text, isWhole]).toEqual(['bye', name !== 'nginx']);
		});

		test('a reset of the client reaches the server', async () => {
			let how = '';
			const server = await listen(socket => {
				socket.once('error', error => {
					how ||= (error as NodeJS.ErrnoException).code!;
				});
				socket.once('end', () => {
					how ||= 'FIN';
				});
				socket.write('hello');
			});
			await start(server.port);
			const client = open();
			const seen = watch(client);
			client.write('hi');
			await until(() => seen.text === 'hello');
			client.resetAndDestroy();
			await until(() => how !== '');
			// nginx ends it with a FIN: its servers cannot tell that a client broke off.
			expect(how).toBe(name === 'nginx' ? 'FIN' : 'ECONNRESET');
		});

		test('a reset of the server reaches the client', async () => {
			const server = await listen(socket => socket.resetAndDestroy());
			await start(server.port);
			const client = open();
			const seen = watch(client);
			client.write('hi');
			await over(seen);
			expect(seen.how).toBe({lbtop: 'ECONNRESET', HAProxy: 'FIN', nginx: 'FIN'}[name]);
		});

		test('50 MB each way arrive as they are', async () => {
			const server = await listen((socket, first) => {
				socket.write(first);
				socket.pipe(socket);
			});
			await start(server.port);
			const block = randomBytes(1_000_000);
			const sent = createHash('sha256');
			const client = open();
			const seen = watch(client);
			for (let part = 0; part < 50; part++) {
				sent.update(block);
				if (!client.write(block)) await new Promise(resolve => client.once('drain', resolve));
			}
			await until(() => seen.bytes === 50_000_000, {ms: 30_000, what: () => `${seen.bytes} bytes`});
			client.end();
			await over(seen);
			expect(seen.digest()).toBe(sent.digest('hex'));
		});

		test('400 connections, 40 at once, share two servers evenly', async () => {
			const answer = (text: string) => listen(socket => socket.end(text));
			const [first, second] = [await answer('one'), await answer('two')];
			await start(first.port, second.port);
			const counts: Record<string, number> = {};
			for (let round = 0; round < 10; round++) {
				const all = Array.from({length: 40}, () => {
					const client = open();
					const seen = watch(client);
					client.write('x');
					return {client, seen};
				});
				for (const {client, seen} of all) {
					await over(seen);
					client.end();
					counts[seen.text] = (counts[seen.text] ?? 0) + 1;
				}
			}
			expect(Object.keys(counts).sort()).toEqual(['one', 'two']);
			// The look whether the engine accepts takes a turn of theirs.
			expect(Math.abs(counts.one! - counts.two!)).toBeLessThanOrEqual(2);
		});

		test('when a server is killed its sessions break, the others do not, and nobody new is refused', async () => {
			const echo = (word: string) =>
				listen((socket, first) => {
					socket.write(`${word} ${first}`);
					socket.on('data', data => socket.write(`${word} ${data}`));
				});
			const [first, second] = [await echo('one'), await echo('two')];
			await start(first.port, second.port);
			const clients = Array.from({length: 10}, () => {
				const client = open();
				const seen = watch(client);
				client.write('x');
				return {client, seen};
			});
			await until(() => clients.every(({seen}) => seen.text !== ''));
			first.stop();
			const [broken, whole] = [/^one/, /^two/].map(word => clients.filter(({seen}) => word.test(seen.text)));
			expect(broken!.length).toBeGreaterThanOrEqual(4);
			for (const {seen} of broken!) await over(seen);
			const again = Array.from({length: 10}, () => {
				const client = open();
				const seen = watch(client);
				client.write('y');
				return seen;
			});
			await until(() => again.every(({text}) => text === 'two y'), {ms: 15_000, what: () => JSON.stringify(again)});
			for (const {client, seen} of whole!) {
				client.write('z');
				await until(() => seen.text === 'two xtwo z');
			}
		});
	},
);
