import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {freePort, startRawServer, startServer} from './support/servers.ts';

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
		expect(balancer.logged).toContainEqual(
			expect.stringMatching(
				/^Server Server 1 is DOWN \{"server":"Server 1","route":"DOWN","cause":"connection refused","check":"L4CON","ms":"\d+\.\d"\}$/,
			),
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
		expect(balancer.routes('Server 1')).toEqual(['UP', 'UP 2/3', 'UP 1/3', 'DOWN']);
		const change = balancer.events.findLast(event => event.type === 'route-changed');
		expect(change).toMatchObject({server: 'Server 1', cause: 'no answer to its check'});
	});
});
