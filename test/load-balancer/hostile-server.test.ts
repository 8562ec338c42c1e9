import {afterEach, describe, expect, it} from 'vitest';
import {netTransport} from '../../src/load-balancer/net-transport.ts';
import type {Transport} from '../../src/load-balancer/transport.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const never = () => undefined;

describe('a server that reads late', () => {
	it('gets every byte as it was, and nothing twice', async () => {
		let open = () => {};
		const server = await startServer('Server 1', {
			onTrunk: socket => {
				socket.pause();
				open = () => socket.resume();
			},
			answer: line => line,
		});
		const limits = {
			requestBytesPerClient: 1e9,
			requestBytes: 1e9,
			framesPerClient: 1e9,
			messagesPerClient: 1e9,
			unsentBytes: 1e9,
		};
		balancer = await startBalancer([server], {limits});
		const client = await connectTo(balancer.port);
		const lines = Array.from({length: 20_000}, (_, i) => `#m${i} ${String(i).repeat(100)}`);
		for (let i = 0; i < lines.length; i += 10) {
			client.send(`${lines.slice(i, i + 10).join('\n')}\n`);
			if (i % 1000 === 0) await new Promise(resolve => setImmediate(resolve));
		}
		await until(() => balancer.backend('Server 1').inFlight === lines.length);
		open();
		expect((await client.receives(lines.length)).sort()).toEqual(lines.sort());
		expect(server.asked).toHaveLength(lines.length);
	});
});

describe('want on our own side', () => {
	it('says nothing of a server', async () => {
		let isWanting = false;
		const transport: Transport = {
			...netTransport,
			connect: (options, handlers) => {
				if (!isWanting) return netTransport.connect(options, handlers);
				const connection = netTransport.connect(options, {...handlers, received: () => {}, connected: () => {}});
				failures++;
				setImmediate(() => handlers.failed(Object.assign(new Error('too many open files'), {code: 'EMFILE'})));
				return connection;
			},
		};
		let failures = 0;
		balancer = await startBalancer([await startServer('Server 1')], {transport});
		isWanting = true;
		await until(() => failures > 5);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
		expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 1\n');
	});
});

describe('a server that talks nonsense', () => {
	it.each([
		['not a frame', () => 'ACK from Server 1\n', 'bad frame: no frame begins here'],
		['a slot nobody asked under', () => 'B 77 4\nabc\n', 'bad frame: nobody asked under slot 77'],
		['an answer without an end', (slot: string) => `B ${slot} 3\nabc`, 'bad frame: its last line has no end'],
		['an answer twice', (slot: string) => `B ${slot} 2\na\n`.repeat(2), /^bad frame: nobody asked under slot/],
		['an empty answer', (slot: string) => `B ${slot} 0\n`, 'bad frame: a length of 0 bytes'],
		['an endless answer', (slot: string) => `B ${slot} 999999999\n`, 'bad frame: a length of 999999999 bytes'],
	])('(%s) is down, with the cause', async (_, say, cause) => {
		const mad = await startRawServer('Server 1', socket => {
			socket.on('data', data => {
				const text = data.toString();
				if (text === 'PING\n') socket.write('PONG from Server 1 trunk/1\n');
				const slot = /B (\d+)/.exec(text)?.[1];
				if (slot !== undefined) socket.write(say(slot));
			});
		});
		const sane = await startServer('Server 2');
		balancer = await startBalancer([mad, sane]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n');
		const lines = await client.receives(2);
		expect(lines).toContain('#b ACK from Server 2');
		await until(() => balancer.routes('Server 1').includes('DOWN'));
		const change = balancer.events.find(event => event.type === 'route-changed' && event.to.state === 'DOWN');
		expect(change && 'cause' in change && change.cause).toMatch(cause);
	});
});

describe('a server that does not answer a message', () => {
	it('has it given up after a while, and the connection goes on', async () => {
		const server = await startServer('Server 1', {
			answer: line => (line.includes('lost') ? undefined : acknowledge(line, 'Server 1')),
		});
		balancer = await startBalancer([server], {limits: {answerMs: 1000}});
		const client = await connectTo(balancer.port);
		client.send('lost\n');
		await until(() => server.asked.length === 1);
		client.send('found\n#a found\n');
		expect(await client.receives(3)).toEqual([
			'#a ACK from Server 1',
			'NAK from Load Balancer: unavailable no answer in 1 s',
			'ACK from Server 1',
		]);
		client.send('more\n');
		expect((await client.receives(4))[3]).toBe('ACK from Server 1');
		expect(balancer.routes('Server 1')).toEqual(['UP']);
		expect(balancer.backend('Server 1').inFlight).toBe(0);
	});

	it('and does so too late hurts nobody', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const server = await startServer('Server 1', {
			answer: async line => {
				if (line.includes('late')) await released;
				return acknowledge(line, 'Server 1');
			},
		});
		balancer = await startBalancer([server], {limits: {answerMs: 1000}});
		const client = await connectTo(balancer.port);
		client.send('#late x\n');
		expect(await client.receives(1)).toEqual(['#late NAK from Load Balancer: unavailable no answer in 1 s']);
		release();
		for (let i = 0; i < 20; i++) client.send(`#m${i} x\n`);
		await client.receives(21);
		expect(client.lines().filter(line => line.startsWith('#late'))).toHaveLength(1);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});

	it('does not keep its clients from leaving', async () => {
		const server = await startServer('Server 1', {answer: never});
		balancer = await startBalancer([server], {limits: {answerMs: 1000}});
		for (let i = 0; i < 10; i++) {
			const client = await connectTo(balancer.port);
			client.send(`#gone${i} x\n`);
			await until(() => server.asked.length === i + 1);
			client.socket.resetAndDestroy();
		}
		await until(() => balancer.tick().clientConnections === 0);
		await untilIdle(balancer);
	});
});
