import {afterEach, describe, expect, it} from 'vitest';
import {netTransport} from '../../src/load-balancer/net-transport.ts';
import type {Transport} from '../../src/load-balancer/transport.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

/** A server that answers when it is told to, the oldest first. */
async function startHeldServer(name: string, options = {}) {
	const held: (() => void)[] = [];
	const server = await startServer(name, {
		answer: line => new Promise(resolve => held.push(() => resolve(acknowledge(line, name)))),
		...options,
	});
	return {server, release: () => held.shift()?.(), held};
}
const told = (cause: string) => balancer.logged.filter(line => line.includes(`"cause":"${cause}"`));

describe('maxconn of the balancer', () => {
	it('turns away whoever comes when it is full, in words, and counts it; later comers are served', async () => {
		balancer = await startBalancer([await startServer('Server 1')], {limits: {maxConnections: 3}});
		const inside = await Promise.all([1, 2, 3].map(() => connectTo(balancer.port)));
		for (const client of inside) client.send('x\n');
		for (const client of inside) await client.receives(1);
		const outside = await connectTo(balancer.port);
		await until(outside.isClosed);
		expect(outside.text()).toBe('NAK from Load Balancer: busy maxconn reached\n');
		expect(balancer.tick()).toMatchObject({accepted: 3, struck: {maxconn: 1}});
		expect(told('maxconn')).toEqual(['Connection Client refused {"cause":"maxconn"}']);
		inside[0]!.socket.destroy();
		await until(async () => (await exchange(balancer.port, '#a x\n')) === '#a ACK from Server 1\n');
	});
	it('cuts a flood short, and tells of it in few lines', async () => {
		balancer = await startBalancer([await startServer('Server 1')], {limits: {maxConnections: 1}});
		const inside = await connectTo(balancer.port);
		const from = performance.now();
		const flood = await Promise.all(Array.from({length: 300}, () => connectTo(balancer.port)));
		await until(() => flood.every(client => client.isClosed()));
		expect(balancer.tick().struck.maxconn).toBe(300);
		inside.send('#a x\n');
		expect(await inside.receives(1)).toEqual(['#a ACK from Server 1']);
		await until(() => told('maxconn').length > 1, {what: 'the others, told together'});
		// The first at once, and the others once a second.
		expect(told('maxconn').length).toBeLessThan(3 + (performance.now() - from) / 1000);
		for (const client of flood) client.socket.destroy();
		await until(() => balancer.tick().clientConnections === 1);
	});
});

describe('source-maxconn', () => {
	it('bounds the clients of one address, and only those', async () => {
		balancer = await startBalancer([await startServer('Server 1')], {limits: {maxConnectionsPerSource: 2}});
		const first = await connectTo(balancer.port);
		const second = await connectTo(balancer.port);
		const third = await connectTo(balancer.port);
		await until(third.isClosed);
		expect(third.text()).toBe('NAK from Load Balancer: busy source-maxconn reached\n');
		const other = await connectTo(balancer.port, {localAddress: '127.0.0.2'});
		for (const client of [first, second, other]) {
			client.send('x\n');
			await client.receives(1);
		}
		first.socket.destroy();
		await until(async () => (await exchange(balancer.port, 'x\n')) === 'ACK from Server 1\n');
		expect(balancer.tick().struck['source-maxconn']).toBeGreaterThanOrEqual(1);
	});
});

describe('maxconn of a server', () => {
	it('lets what is more wait, and serves it in order as answers come', async () => {
		const {server, release} = await startHeldServer('Server 1');
		balancer = await startBalancer([{...server, maxconn: 2}]);
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 6; i++) client.send(`#m${i} x\n`);
		await until(() => balancer.tick().waiting === 4 && server.asked.length === 2);
		expect(server.asked).toEqual(['#m0 x', '#m1 x']);
		for (let i = 3; i <= 6; i++) {
			release();
			await until(() => server.asked.length === i);
		}
		expect(server.asked).toEqual(['#m0 x', '#m1 x', '#m2 x', '#m3 x', '#m4 x', '#m5 x']);
		expect(balancer.tick().waiting).toBe(0);
		release();
		release();
		expect((await client.receives(6)).sort()).toEqual([0, 1, 2, 3, 4, 5].map(i => `#m${i} ACK from Server 1`));
		expect(balancer.tick()).toMatchObject({messages: 6, attempts: 6, nak: 0});
	});
	it('sends a burst to the servers that have room, and lets the rest wait', async () => {
		const small = await startHeldServer('Server 1');
		const large = await startHeldServer('Server 2');
		balancer = await startBalancer([{...small.server, maxconn: 1}, large.server], {limits: {serverMaxconn: 30}});
		const client = await connectTo(balancer.port);
		client.send(Array.from({length: 100}, (_, i) => `#m${i} x\n`).join(''));
		await until(() => balancer.tick().waiting === 69 && large.server.asked.length === 30);
		expect(small.server.asked).toHaveLength(1);
		await until(() => {
			small.release();
			large.release();
			return client.lines().length === 100;
		});
		expect(new Set(client.lines().map(line => line.split(' ')[0])).size).toBe(100);
		await untilIdle(balancer);
	});
	it('is not passed by when the line is full: busy, at once, under its ID', async () => {
		const {server, release} = await startHeldServer('Server 1');
		balancer = await startBalancer([server], {limits: {serverMaxconn: 1, maxQueue: 2}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n#c x\n#d x\n');
		expect(await client.receives(1)).toEqual(['#d NAK from Load Balancer: busy every server is full (maxqueue)']);
		expect(told('maxqueue')).toHaveLength(1);
		expect(balancer.tick()).toMatchObject({waiting: 2, nak: 1, struck: {maxqueue: 1}});
		for (let i = 0; i < 3; i++) {
			await until(() => balancer.backend('Server 1').inFlight === 1);
			release();
			await client.receives(i + 2);
		}
	});
	it('keeps nobody waiting longer than the queue-timeout', async () => {
		const {server} = await startHeldServer('Server 1');
		balancer = await startBalancer([server], {limits: {serverMaxconn: 1, queueMs: 150}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => balancer.backend('Server 1').inFlight === 1);
		const start = performance.now();
		client.send('#b x\n#c x\n');
		const lines = await client.receives(2);
		expect(performance.now() - start).toBeGreaterThanOrEqual(140);
		expect(lines).toEqual(
			['#b', '#c'].map(id => `${id} NAK from Load Balancer: busy every server is full (queue-timeout)`),
		);
		expect(balancer.tick()).toMatchObject({waiting: 0, struck: {'queue-timeout': 2}});
	});
	it('forgets what waits for a client that is gone', async () => {
		const {server, release} = await startHeldServer('Server 1');
		balancer = await startBalancer([server], {limits: {serverMaxconn: 1, maxQueue: 3}});
		const [leaver, stayer] = [await connectTo(balancer.port), await connectTo(balancer.port)];
		stayer.send('#a x\n');
		await until(() => server.asked.length === 1);
		leaver.send('#l1 x\n#l2 x\n#l3 x\n');
		await until(() => balancer.tick().waiting === 3);
		leaver.socket.resetAndDestroy();
		await until(() => balancer.tick().clientConnections === 1);
		stayer.send('#b x\n');
		await until(() => balancer.tick().waiting === 1);
		release();
		await until(() => server.asked.length === 2);
		release();
		await stayer.receives(2);
		expect(server.asked).toEqual(['#a x', '#b x']);
	});
	it('goes with its server: what waits is refused when none is left', async () => {
		const {server} = await startHeldServer('Server 1');
		balancer = await startBalancer([server], {limits: {serverMaxconn: 1}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n#c x\n');
		await until(() => balancer.tick().waiting === 2);
		await server.kill();
		expect((await client.receives(3)).map(line => line.slice(3))).toEqual(
			Array(3).fill('NAK from Load Balancer: unavailable no server is up'),
		);
	});
});

describe('the circuit breaker', () => {
	it('passes a server by, and refuses at once when all are open: nothing waits', async () => {
		const first = await startHeldServer('Server 1');
		const second = await startHeldServer('Server 2');
		balancer = await startBalancer([first.server, second.server], {
			limits: {breaker: {connections: 64, pending: 10, requests: 3, retries: 0}},
		});
		const client = await connectTo(balancer.port);
		client.send(Array.from({length: 8}, (_, i) => `#m${i} x\n`).join(''));
		const lines = await client.receives(2);
		expect(lines).toEqual(
			['#m6', '#m7'].map(id => `${id} NAK from Load Balancer: busy every server is full (breaker)`),
		);
		expect(balancer.tick()).toMatchObject({waiting: 0, struck: {breaker: 2}});
		first.release();
		await client.receives(3);
		client.send('#again x\n');
		await until(() => first.server.asked.length === 4);
	});
	it('bounds how many messages that were sent again a server has at once', async () => {
		const broken = await startHeldServer('Server 1');
		const other = await startHeldServer('Server 2');
		balancer = await startBalancer([broken.server, other.server], {
			limits: {breaker: {connections: 64, pending: 10, requests: 0, retries: 3}},
		});
		const client = await connectTo(balancer.port);
		client.send(Array.from({length: 16}, (_, i) => `#m${i} x\n`).join(''));
		await until(() => broken.server.asked.length === 8 && other.server.asked.length === 8);
		await broken.server.kill();
		const lines = await client.receives(5);
		expect(lines.every(line => line.endsWith('NAK from Load Balancer: busy every server is full (breaker)'))).toBe(
			true,
		);
		await until(() => other.server.asked.length === 11);
		await until(() => {
			other.release();
			return client.lines().length === 16;
		});
		await untilIdle(balancer);
	});
});

describe('time-outs of clients', () => {
	it('first byte: one that says nothing is closed, one that speaks is not', async () => {
		balancer = await startBalancer([await startServer('Server 1')], {limits: {firstByteMs: 200}});
		const start = performance.now();
		const speaker = await connectTo(balancer.port);
		speaker.send('x\n');
		await speaker.receives(1);
		const silent = await connectTo(balancer.port);
		await until(silent.isClosed);
		expect(performance.now() - start).toBeGreaterThan(150);
		expect(told('first-byte-timeout')).toEqual(['Connection Client closed {"cause":"first-byte-timeout"}']);
		speaker.send('y\n');
		expect(await speaker.receives(2)).toHaveLength(2);
	});
	it('idle: one that spoke and has its answers is closed after a while', async () => {
		balancer = await startBalancer([await startServer('Server 1')], {limits: {idleMs: 200}});
		const client = await connectTo(balancer.port);
		client.send('x\n');
		await until(client.isClosed);
		expect(client.lines()).toEqual(['ACK from Server 1']);
		expect(told('idle-timeout')).toHaveLength(1);
		expect(balancer.tick().struck['idle-timeout']).toBe(1);
	});
	it('idle does not strike one that waits for its answer', async () => {
		const {server, release} = await startHeldServer('Server 1');
		balancer = await startBalancer([server], {limits: {idleMs: 100}});
		const client = await connectTo(balancer.port);
		client.send('x\n');
		await until(() => server.asked.length === 1);
		const idler = await connectTo(balancer.port);
		idler.send('\n');
		await until(() => server.asked.length === 2);
		await new Promise(resolve => setTimeout(resolve, 400));
		release();
		release();
		expect(await client.receives(1)).toEqual(['ACK from Server 1']);
	});
	it('stall: one that takes no answers is cut off, and it is said why', async () => {
		balancer = await startBalancer([await startServer('Server 1', {answer: line => line.repeat(30)})], {
			limits: {stallMs: 300},
		});
		const stuck = await connectTo(balancer.port);
		stuck.socket.pause();
		for (let i = 0; i < 400; i++) stuck.send(`#a ${'x'.repeat(1000)}\n`);
		await until(() => balancer.tick().clientConnections === 0);
		expect(told('stall-timeout')).toHaveLength(1);
	});
	it('answer: a message is given up, and it is said whose fault it is', async () => {
		const {server} = await startHeldServer('Server 1');
		balancer = await startBalancer([server], {limits: {answerMs: 200}});
		expect(await exchange(balancer.port, '#a x\n')).toBe('#a NAK from Load Balancer: unavailable no answer in 0.2 s\n');
		expect(told('answer-timeout')).toEqual(['Server Server 1 did not answer {"cause":"answer-timeout"}']);
	});
});

describe('time-outs of servers', () => {
	it('connect: one that cannot be reached is down, its messages are answered elsewhere, and it is said why', async () => {
		const far = await startServer('Server 1', {speaksTrunk: false});
		const deaf = {received: () => {}, ended: () => {}, failed: () => {}};
		// Its checks reach it, and what messages go on does not.
		const transport: Transport = {
			...netTransport,
			connect: (options, handlers) => {
				if (options.port !== far.port || options.timeoutMs !== 150) return netTransport.connect(options, handlers);
				const error = Object.assign(new Error('connection timed out'), {code: 'ETIMEDOUT'});
				setTimeout(handlers.failed, options.timeoutMs, error);
				return netTransport.connect(options, deaf);
			},
		};
		balancer = await startBalancer([far, await startServer('Server 2')], {transport, limits: {connectMs: 150}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n');
		expect((await client.receives(2)).sort()).toEqual(['#a ACK from Server 2', '#b ACK from Server 2']);
		expect(told('connect-timeout')).toEqual(['Server Server 1 cannot be reached {"cause":"connect-timeout"}']);
		expect(balancer.tick()).toMatchObject({messages: 2, attempts: 3, struck: {'connect-timeout': 1}});
	});
});
