import {afterEach, describe, expect, it} from 'vitest';
import {netTransport} from '../../src/load-balancer/net-transport.ts';
import type {Transport} from '../../src/load-balancer/transport.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, freePort, startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const never = () => undefined;
const unreachable = async (name: string) => ({name, host: '127.0.0.1', port: await freePort(), weight: 1});

describe('no server', () => {
	it('up: each line is refused at once, under its ID', async () => {
		balancer = await startBalancer([await unreachable('Server 1'), await unreachable('Server 2')]);
		expect(balancer.routes('Server 1')[0]).toBe('DOWN');
		expect(await exchange(balancer.port, '#a x\ny\n# no id\n')).toBe(
			[
				'#a NAK from Load Balancer: unavailable no server is up\n',
				'NAK from Load Balancer: unavailable no server is up\n',
				'NAK from Load Balancer: unavailable no server is up\n',
			].join(''),
		);
		expect(balancer.tick().nak).toBe(3);
		expect(balancer.logged).toContain(
			'Server Server 1 is DOWN {"server":"Server 1","route":"DOWN","cause":"connection refused"}',
		);
	});

	it('left: what is under way is refused, nothing hangs', async () => {
		const server = await startServer('Server 1', {answer: never});
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		client.send(`#a x\n${'y\n'.repeat(100)}`);
		await until(() => server.asked.length === 101);
		await server.kill();
		const lines = await client.receives(101);
		expect(new Set(lines)).toEqual(
			new Set([
				'NAK from Load Balancer: unavailable no server is up',
				'#a NAK from Load Balancer: unavailable no server is up',
			]),
		);
		await untilIdle(balancer);
		expect(balancer.backend('Server 1')).toMatchObject({answered: 0, redelivered: 0, connections: 0, errors: 1});
	});
});

describe('a server that breaks', () => {
	it('has what it has not answered taken to another, in order, once', async () => {
		const broken = await startServer('Server 1', {answer: never});
		const other = await startServer('Server 2', {answer: line => `2 ${line}`});
		balancer = await startBalancer([broken, other]);
		const client = await connectTo(balancer.port);
		const asked = ['one', '#x two', 'three', ...Array.from({length: 200}, (_, i) => `burst ${i}`)];
		client.send('one\n#x two\nthree\n');
		await until(() => broken.asked.length + other.asked.length === 3);
		client.send(
			asked
				.slice(3)
				.map(line => `${line}\n`)
				.join(''),
		);
		await until(() => broken.asked.length + other.asked.length === 203);
		await broken.kill();
		const lines = await client.receives(203);
		expect(lines.filter(line => !line.includes('#')).map(line => line.slice(2))).toEqual(
			asked.filter(line => !line.includes('#')),
		);
		expect([...other.asked].sort()).toEqual([...asked].sort());
		await untilIdle(balancer);
		expect(balancer.backend('Server 1')).toMatchObject({answered: 0, redelivered: broken.asked.length});
		expect(balancer.backend('Server 2')).toMatchObject({answered: 203, forwarded: 203, redelivered: 0});
		expect(balancer.route('Server 1')).toBe('DOWN');
	});

	it('loses no message while it is killed and started again and again', async () => {
		const steady = await startServer('Server 2');
		let shaky = await startServer('Server 1');
		balancer = await startBalancer([shaky, steady]);
		const client = await connectTo(balancer.port);
		let sent = 0;
		for (let life = 0; life < 5; life++) {
			await until(() => balancer.route('Server 1') === 'UP');
			for (let i = 0; i < 40; i++) {
				client.send(`#m${sent++} x\n`);
				if (i % 8 === 0) await new Promise(resolve => setImmediate(resolve));
				if (i === 20) await shaky.kill();
			}
			shaky = await startServer('Server 1', {port: shaky.port});
		}
		const lines = await client.receives(sent);
		expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(sent);
		expect(lines.every(line => line.includes('ACK from'))).toBe(true);
		await shaky.kill();
	});

	it('gets nothing new from the moment it broke', async () => {
		const broken = await startServer('Server 1');
		const other = await startServer('Server 2');
		balancer = await startBalancer([broken, other]);
		await broken.kill();
		await until(() => balancer.route('Server 1') === 'DOWN');
		for (let i = 0; i < 4; i++) expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 2\n');
	});

	it('is back after two checks that went well', async () => {
		const first = await startServer('Server 1');
		balancer = await startBalancer([first]);
		await first.kill();
		await until(() => balancer.route('Server 1') === 'DOWN');
		const second = await startServer('Server 1', {port: first.port});
		await until(() => balancer.route('Server 1') === 'UP');
		expect(balancer.routes('Server 1')).toEqual(['UP', 'DOWN', 'DOWN 1/2', 'UP']);
		expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 1\n');
		await second.kill();
	});

	it('is checked at once, not when its next check is due', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server], {health: {interMs: 60_000, fastInterMs: 60_000}});
		await until(() => server.connections.size === 1);
		for (const socket of server.connections) socket.resetAndDestroy();
		await until(() => balancer.route('Server 1') === 'DOWN 1/2');
	});

	it('over the same message again and again gets it no more than four times in all', async () => {
		const poisoned = () =>
			startRawServer('', socket => {
				socket.on('data', data => {
					const text = data.toString();
					if (text.includes('PING')) socket.write('PONG from X trunk/1\n');
					if (text.includes('poison')) socket.resetAndDestroy();
				});
			});
		const servers = await Promise.all(Array.from({length: 6}, poisoned));
		servers.forEach((server, place) => {
			server.name = `Server ${place + 1}`;
		});
		balancer = await startBalancer(servers);
		expect(await exchange(balancer.port, '#a poison\n')).toBe(
			'#a NAK from Load Balancer: unavailable 4 servers broke over it\n',
		);
		expect(balancer.tick().backends.reduce((sum, {forwarded}) => sum + forwarded, 0)).toBe(4);
	});
});

describe('a server that is frozen', () => {
	it('is found by its checks, and its messages go elsewhere', async () => {
		let isFrozen = false;
		const frozen = await startRawServer('Server 1', socket => {
			socket.on('data', data => {
				if (isFrozen) return;
				if (String(data) === 'PING\n') socket.write('PONG from Server 1 trunk/1\n');
			});
		});
		const other = await startServer('Server 2');
		balancer = await startBalancer([frozen, other], {health: {timeoutMs: 150}});
		isFrozen = true;
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n');
		expect((await client.receives(2)).sort()).toEqual(['#a ACK from Server 2', '#b ACK from Server 2']);
		expect(balancer.routes('Server 1')).toEqual(['UP', 'UP 1/3', 'UP 2/3', 'DOWN']);
		const change = balancer.events.findLast(event => event.type === 'route-changed');
		expect(change).toMatchObject({server: 'Server 1', cause: 'no answer to its check'});
	});
});

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

describe('drain', () => {
	it('gives nothing new to a server, lets it finish, and checks it further', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const drained = await startServer('Server 1', {
			answer: async line => {
				await released;
				return acknowledge(line, 'Server 1');
			},
		});
		const other = await startServer('Server 2');
		balancer = await startBalancer([drained, other]);
		const client = await connectTo(balancer.port);
		client.send('#a x\n#b x\n');
		await until(() => drained.asked.length === 1);
		balancer.command({type: 'drain', server: 'Server 1'});
		expect(balancer.route('Server 1')).toBe('DRAIN');
		for (let i = 0; i < 4; i++) expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 2\n');
		expect(drained.asked).toHaveLength(1);
		release();
		expect((await client.receives(2)).sort()).toEqual(['#a ACK from Server 1', '#b ACK from Server 2']);
		balancer.command({type: 'ready', server: 'Server 1'});
		expect(balancer.route('Server 1')).toBe('UP');
		expect([await exchange(balancer.port, 'x\n'), await exchange(balancer.port, 'x\n')].sort()).toEqual([
			'ACK from Server 1\n',
			'ACK from Server 2\n',
		]);
	});

	it('of the only server refuses what comes', async () => {
		balancer = await startBalancer([await startServer('Server 1')]);
		balancer.command({type: 'drain', server: 'Server 1'});
		expect(await exchange(balancer.port, 'x\n')).toBe('NAK from Load Balancer: unavailable no server is up\n');
	});

	it('goes on through a death', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server]);
		balancer.command({type: 'drain', server: 'Server 1'});
		await server.kill();
		await until(() => balancer.route('Server 1') === 'DOWN');
		const again = await startServer('Server 1', {port: server.port});
		await until(() => balancer.route('Server 1') === 'DRAIN');
		await again.kill();
	});
});

describe('a stop', () => {
	it('finishes what is under way, and closes the clients', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const server = await startServer('Server 1', {
			answer: async line => {
				await released;
				return acknowledge(line, 'Server 1');
			},
		});
		balancer = await startBalancer([server], {limits: {stopMs: 5000}});
		const idle = await connectTo(balancer.port);
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => server.asked.length === 1);
		const stopped = balancer.stop();
		await until(idle.isClosed);
		expect(client.isClosed()).toBe(false);
		release();
		await until(client.isClosed);
		expect(client.text()).toBe('#a ACK from Server 1\n');
		for (const each of [idle, client]) each.socket.end();
		await stopped;
		await balancer.stop();
		await expect(connectTo(balancer.port)).rejects.toThrow('ECONNREFUSED');
	});

	it('does not wait for ever', async () => {
		const server = await startServer('Server 1', {answer: never});
		balancer = await startBalancer([server], {limits: {stopMs: 100}});
		const client = await connectTo(balancer.port);
		client.send('x\n');
		await until(() => server.asked.length === 1);
		await balancer.stop();
		await until(client.isClosed);
	});
});
