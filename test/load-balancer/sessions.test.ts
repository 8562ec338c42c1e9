import {connect, type Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import type {Limits} from '../../src/load-balancer/settings.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo, exchange, type TestClient} from './support/clients.ts';
import {startEcho, startSayingServer, unreachable} from './support/plain-tcp.ts';
import type {TestServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const start = (servers: Parameters<typeof startBalancer>[0], limits: Partial<Limits> = {}, sessions = {}) =>
	startBalancer(servers, {
		...{settings: {mode: 'connection', sessions: {onMarkedDown: 'none', ...sessions}}, detail: 'all', limits},
	});

const ended = () => balancer.logged.filter(line => line.startsWith('Connection Session ended {'));
const endings = () => ended().map(line => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, unknown>);

/** Resolves with how the client's connection ended, `end` or an error's code, and when: ms from `from`. */
const closing = (client: TestClient, from = performance.now()) =>
	new Promise<{how: string; ms: number}>(resolve => {
		const tell = (how: string) => resolve({how, ms: performance.now() - from});
		client.socket.once('end', () => tell('end'));
		client.socket.once('error', error => tell((error as NodeJS.ErrnoException).code!));
	});

const say = async (text: string) => {
	const client = await connectTo(balancer.port);
	client.send(`${text}\n`);
	return client;
};

describe('a server with maxconn', () => {
	const full = async (limits: Partial<Limits> = {}) => {
		balancer = await start([{...(await startEcho('Server 1')), maxconn: 1}], limits);
		const first = await say('first');
		await first.receives(1);
		return first;
	};

	it('lets others wait, and serves them in their order', async () => {
		const first = await full();
		const waiting = [await say('second'), await say('third')];
		await until(() => balancer.tick().clientConnections === 3);
		expect(waiting.map(client => client.text())).toEqual(['', '']);
		first.socket.end();
		await waiting[0]!.receives(1);
		expect(waiting[1]!.text()).toBe('');
		waiting[0]!.socket.destroy();
		expect(await waiting[1]!.receives(1)).toEqual(['third']);
		expect(balancer.backend('Server 1')).toMatchObject({inFlight: 1, connections: 1});
	});

	it('keeps what a waiting client said, and its FIN', async () => {
		const first = await full();
		const waiting = exchange(balancer.port, 'all I have to say');
		await until(() => balancer.tick().clientConnections === 2);
		first.socket.end();
		expect(await waiting).toBe('all I have to say');
	});

	it('closes one that waited too long, gently and in time', async () => {
		await full({queueMs: 300});
		const from = performance.now();
		const {how, ms} = await closing(await say('second'), from);
		expect(how).toBe('end');
		expect(ms).toBeGreaterThan(290);
		expect(endings()).toMatchObject([{end: 'sQ', cause: 'no server had room in time', up: 0, down: 0, connects: 0}]);
		expect(balancer.logged.join('\n')).toContain('"cause":"queue-timeout"');
	});

	it('refuses at once who finds the line full', async () => {
		await full({maxQueue: 1});
		await connectTo(balancer.port);
		expect((await closing(await say('third'))).how).toBe('end');
		expect(endings()).toMatchObject([{end: 'PQ'}]);
		expect(balancer.tick().clientConnections).toBe(2);
	});

	it('forgets one that leaves the line', async () => {
		const first = await full({maxQueue: 1});
		const second = await connectTo(balancer.port);
		await until(() => balancer.tick().clientConnections === 2);
		second.socket.resetAndDestroy();
		await until(() => balancer.tick().clientConnections === 1);
		expect(endings()).toMatchObject([{end: 'CQ'}]);
		const third = await say('third');
		first.socket.end();
		expect(await third.receives(1)).toEqual(['third']);
	});
});

describe('limits at the door', () => {
	it('count clients of one address', async () => {
		balancer = await start([await startEcho('Server 1')], {maxConnectionsPerSource: 2});
		const clients = [await say('one'), await say('two')];
		for (const client of clients) await client.receives(1);
		const third = await connectTo(balancer.port);
		await until(third.isClosed);
		const other = connect({host: '127.0.0.1', port: balancer.port, localAddress: '127.0.0.2'});
		other.on('error', () => {});
		let heard = '';
		other.on('data', data => {
			heard += data;
		});
		other.write('from elsewhere');
		await until(() => heard === 'from elsewhere');
		other.destroy();
		clients[0]!.socket.end();
		await until(() => balancer.tick().clientConnections === 1);
		expect(await exchange(balancer.port, 'again')).toBe('again');
		expect(endings()[0]).toMatchObject({end: 'PC', cause: 'too many clients from one address'});
	});

	it('count all clients', async () => {
		balancer = await start([await startEcho('Server 1')], {maxConnections: 1});
		const first = await say('one');
		await first.receives(1);
		const second = await connectTo(balancer.port);
		await until(second.isClosed);
		expect(balancer.logged.join('\n')).toContain('"cause":"maxconn"');
		first.socket.end();
		await until(() => balancer.tick().clientConnections === 0);
		expect(await exchange(balancer.port, 'again')).toBe('again');
	});
});

describe('a server that cannot be reached', () => {
	it('costs a client no wait when there is another', async () => {
		const gone = await startEcho('Server 1');
		balancer = await startBalancer([gone, await startEcho('Server 2')], {
			...{settings: {mode: 'connection'}, health: {interMs: 60_000}, detail: 'all'},
			// Were it tried again after its second of rest, that would be the only other try.
			limits: {redeliveries: 1},
		});
		await gone.kill();
		for (let i = 0; i < 4; i++) expect(await exchange(balancer.port, 'x')).toBe('x');
		expect(endings().map(({connects}) => connects)).toContain(2);
		expect(endings().every(({end, server}) => end === '--' && server === 'Server 2')).toBe(true);
	});

	it('is told by name when it does not accept in time, and another is taken', async () => {
		const transport = unreachable();
		balancer = await startBalancer([await startEcho('Server 1'), await startEcho('Server 2')], {
			...{
				settings: {mode: 'connection'},
				limits: {connectMs: 100},
				health: {interMs: 60_000},
				detail: 'all',
				transport,
			},
		});
		transport.block('first');
		for (let i = 0; i < 2; i++) expect(await exchange(balancer.port, 'x')).toBe('x');
		expect(balancer.logged.join('\n')).toMatch(
			/Server Server \d did not accept a connection in time .*connect-timeout/,
		);
	});

	it('ends a client after so many tries', async () => {
		const transport = unreachable();
		balancer = await startBalancer([await startEcho('Server 1'), await startEcho('Server 2')], {
			...{settings: {mode: 'connection'}, limits: {connectMs: 50, redeliveries: 1}, health: {interMs: 60_000}},
			...{detail: 'all', transport},
		});
		transport.block('all');
		expect(await exchange(balancer.port, 'x')).toBe('');
		expect(endings()).toMatchObject([{end: 'sC', connects: 2, up: 0}]);
		expect(balancer.tick().backends.map(({inFlight, connections}) => [inFlight, connections])).toEqual([
			[0, 0],
			[0, 0],
		]);
	});
});

describe('time-outs', () => {
	// How soon after its time each strikes is in `sessions/watch.test.ts`, where nothing but its own clock counts.
	/** `from`: before what sets the time going. */
	const notBefore = async (client: TestClient, from: number, wantedMs: number) =>
		expect((await closing(client, from)).ms).toBeGreaterThanOrEqual(wantedMs - 5);

	it.each([
		['cD', 'client-timeout', {clientMs: 300}],
		['sD', 'server-timeout', {serverMs: 300}],
	])('%s: %s', async (word, name, limits) => {
		balancer = await start([await startEcho('Server 1')], limits);
		const from = performance.now();
		const client = await say('hello');
		const closed = notBefore(client, from, 300);
		await client.receives(1);
		await closed;
		expect(endings()).toMatchObject([{end: word, up: 6, down: 6}]);
		expect(balancer.logged.join('\n')).toContain(`"cause":"${name}"`);
	});

	it('do not strike who speaks or hears', async () => {
		const server = await startSayingServer(socket => {
			const timer = setInterval(() => socket.write('.'), 50);
			socket.once('close', () => clearInterval(timer));
		});
		balancer = await start([server], {clientMs: 1000, serverMs: 1000});
		const client = await say('go');
		const from = performance.now();
		await until(() => performance.now() - from > 2500 && client.text().length > 12);
		expect(client.isClosed()).toBe(false);
	});

	it('half-close: the one that has not ended is given less time', async () => {
		balancer = await start([await startSayingServer(socket => void socket.write('wait\n'))], {halfCloseMs: 300});
		const client = await say('go');
		await client.receives(1);
		const from = performance.now();
		client.socket.end();
		await notBefore(client, from, 300);
		expect(endings()).toMatchObject([{end: 'sD', cause: 'the server was silent after the client had ended'}]);
		expect(balancer.logged.join('\n')).toContain('"cause":"half-close-timeout"');
	});

	it.each(['client', 'server'] as const)('write-stall: a %s that takes nothing is cut off', async side => {
		const block = Buffer.alloc(1 << 20);
		const flood = (socket: Socket) => {
			socket.on('error', () => {});
			const go = () => {
				while (!socket.destroyed && socket.write(block));
			};
			socket.on('drain', go);
			go();
		};
		const server = await startSayingServer(socket => (side === 'client' ? flood(socket) : socket.pause()));
		balancer = await start([server], {stallMs: 300});
		const client = await say('go');
		client.socket.pause();
		if (side === 'server') flood(client.socket);
		const from = performance.now();
		await until(() => endings().length === 1);
		expect(performance.now() - from).toBeGreaterThan(290);
		expect(endings()).toMatchObject([{end: side === 'client' ? 'cD' : 'sD', cause: `the ${side} took nothing`}]);
		expect(balancer.logged.join('\n')).toContain('"cause":"stall-timeout"');
	});
});

describe('sessions of a server', () => {
	const onServerOne = async () => {
		const clients = [await say('a'), await say('b')];
		for (const client of clients) await client.receives(1);
		return clients;
	};

	const goDown = async (server: TestServer) => {
		server.stopListening();
		await until(() => balancer.route(server.name) === 'DOWN');
	};

	it('go on when it is DOWN', async () => {
		const server = await startEcho('Server 1');
		balancer = await start([server]);
		const clients = await onServerOne();
		await goDown(server);
		for (const client of clients) {
			client.send('still there\n');
			await client.receives(2);
		}
	});

	it('are shut down then when that is wanted', async () => {
		const server = await startEcho('Server 1');
		balancer = await start([server], {}, {onMarkedDown: 'shutdown-sessions'});
		const clients = await onServerOne();
		const closings = clients.map(closing);
		await goDown(server);
		expect((await Promise.all(closings)).map(({how}) => how)).toEqual(['ECONNRESET', 'ECONNRESET']);
		expect(endings().map(({end}) => end)).toEqual(['D-', 'D-']);
	});

	it('are listed, and shut down on request', async () => {
		balancer = await start([await startEcho('Server 1'), await startEcho('Server 2')]);
		const clients = await onServerOne();
		const ports = clients.map(({socket}) => `127.0.0.1:${socket.localPort}`);
		expect(balancer.sessions()).toMatchObject(
			ports.map((source, place) => ({source, server: `Server ${place + 1}`, phase: 'joined', up: 2, down: 2})),
		);
		expect(balancer.shutdownSessions('Server 2')).toBe(true);
		expect(balancer.shutdownSessions('Server 9')).toBe(false);
		await until(clients[1]!.isClosed);
		expect(endings()).toMatchObject([{end: 'K-', server: 'Server 2'}]);
		expect(balancer.sessions().map(({server}) => server)).toEqual(['Server 1']);
		clients[0]!.send('still here\n');
		await clients[0]!.receives(2);
	});
});

describe('many and much', () => {
	it('leaves nothing behind after 1,500 connections of every ending', async () => {
		const server = await startSayingServer(socket => {
			socket.write('yes\n');
			socket.on('end', () => socket.end());
		});
		balancer = await start([server]);
		const sockets = () => process.getActiveResourcesInfo().filter(name => name.startsWith('TCP')).length;
		const rounds = async (count: number) => {
			for (let round = 0; round < count; round++) {
				await Promise.all(
					Array.from({length: 30}, async (_, place) => {
						const client = await say('hello');
						if (place % 3 === 0) client.socket.resetAndDestroy();
						else await client.receives(1);
						if (place % 3 === 1) client.socket.destroy();
						else client.socket.end();
						await until(() => client.socket.destroyed || client.isClosed());
						client.socket.destroy();
					}),
				);
			}
			await until(() => balancer.tick().clientConnections === 0);
		};
		await rounds(5);
		const before = sockets();
		await rounds(45);
		await until(() => sockets() <= before, {what: () => `${before} sockets as before; there are ${sockets()}`});
		expect(balancer.tick()).toMatchObject({accepted: 1500, clientConnections: 0});
		expect(balancer.backend('Server 1')).toMatchObject({inFlight: 0, connections: 0});
		expect(ended()).toHaveLength(1500);
	});
});
