import type {Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const plain = {speaksTrunk: false};

/** A server that answers `PING`, and gives every other line to `serve`. */
const startLineServer = (serve: (socket: Socket, line: string) => void) =>
	startRawServer('Server 1', socket => {
		let text = '';
		socket.on('data', data => {
			text += data.toString('latin1');
			for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
				const line = text.slice(0, end);
				text = text.slice(end + 1);
				if (line === 'PING') socket.write('PONG\n');
				else serve(socket, line);
			}
		});
		socket.on('end', () => socket.end());
	});

describe('a server that does not speak the trunk', () => {
	it('is asked one message at a time, on connections that are kept', async () => {
		let inWork = 0;
		let mostAtOnce = 0;
		const server = await startServer('Server 1', {
			...plain,
			answer: async line => {
				mostAtOnce = Math.max(mostAtOnce, ++inWork);
				await new Promise(resolve => setImmediate(resolve));
				inWork--;
				return acknowledge(line, 'Server 1');
			},
		});
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		client.send(Array.from({length: 1000}, (_, i) => `#m${i} x\n`).join(''));
		const lines = await client.receives(1000);
		expect(new Set(lines).size).toBe(1000);
		expect(server.trunks).toBe(0);
		expect(mostAtOnce).toBeLessThanOrEqual(64);
		expect(mostAtOnce).toBeGreaterThan(1);
		expect(balancer.backend('Server 1')).toMatchObject({answered: 1000, inFlight: 0});
		expect(balancer.backend('Server 1').connections).toBeLessThanOrEqual(64);
	});

	it('that echoes no ID has its replies put under the requests’', async () => {
		balancer = await startBalancer([await startServer('Server 1', {...plain, answer: () => 'ACK from Server 1'})]);
		const client = await connectTo(balancer.port);
		client.send('#a x\nno id\n# text\n#b y\n');
		expect((await client.receives(4)).sort()).toEqual([
			'#a ACK from Server 1',
			'#b ACK from Server 1',
			'ACK from Server 1',
			'ACK from Server 1',
		]);
	});

	it('shares evenly with one that does, also in a burst', async () => {
		const servers = [await startServer('Server 1', plain), await startServer('Server 2')];
		balancer = await startBalancer(servers);
		const client = await connectTo(balancer.port);
		client.send('x\n'.repeat(201));
		await client.receives(201);
		expect(servers.map(server => server.asked.length).sort((a, b) => a - b)).toEqual([100, 101]);
	});

	it('takes over, line by line, what a broken trunk had in one frame', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const trunk = await startServer('Server 1', {answer: () => undefined});
		const answer = async (line: string) => released.then(() => `2 ${line}`);
		const other = await startServer('Server 2', {...plain, answer});
		balancer = await startBalancer([trunk, other]);
		balancer.command({type: 'drain', server: 'Server 2'});
		const client = await connectTo(balancer.port);
		const lines = Array.from({length: 60}, (_, i) => `${i}`);
		client.send(`${lines.join('\n')}\n`);
		await until(() => trunk.asked.length === 60);
		balancer.command({type: 'ready', server: 'Server 2'});
		await trunk.kill();
		await until(() => other.asked.length === 60);
		client.send('later\n');
		await until(() => other.asked.length === 61);
		release();
		expect(await client.receives(61)).toEqual([...lines, 'later'].map(line => `2 ${line}`));
		await untilIdle(balancer);
	});

	it('serves one message a connection, when it will not keep them', async () => {
		const server = await startServer('Server 1', {...plain, isOneShot: true});
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		client.send(Array.from({length: 300}, (_, i) => `#m${i} x\n`).join(''));
		for (let i = 0; i < 10; i++) await exchange(balancer.port, 'one more\n');
		const lines = await client.receives(300);
		expect(new Set(lines).size).toBe(300);
		expect(lines.every(line => line.endsWith('ACK from Server 1'))).toBe(true);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
		expect(balancer.backend('Server 1').errors).toBe(0);
		await until(() => balancer.backend('Server 1').connections === 0);
	});

	it('may end its only answer with FIN alone', async () => {
		const server = await startLineServer(socket => socket.end('ACK from Server 1'));
		balancer = await startBalancer([server]);
		expect(await exchange(balancer.port, '#a x\n')).toBe('#a ACK from Server 1\n');
		expect(await exchange(balancer.port, 'y\n')).toBe('ACK from Server 1\n');
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});

	it('may end a kept connection whenever it has nothing to do', async () => {
		let answered = 0;
		const server = await startLineServer((socket, line) => {
			socket.write(`${acknowledge(line, 'Server 1')}\n`);
			if (++answered % 3 === 0) socket.end();
		});
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 30; i++) {
			client.send(`#m${i} x\n`);
			await client.receives(i + 1);
		}
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});
});

describe('a plain server that fails', () => {
	it.each([
		['closes in the middle of its reply', (socket: Socket) => socket.end('AC')],
		['closes without a reply', (socket: Socket) => socket.end()],
		['resets', (socket: Socket) => socket.resetAndDestroy()],
		['never ends its reply', (socket: Socket) => socket.write('x'.repeat(100_000))],
	])('(%s) is down, and the message goes to another', async (_, serve) => {
		const broken = await startLineServer(serve);
		balancer = await startBalancer([broken, await startServer('Server 2', plain)]);
		for (const id of ['a', 'b', 'c'])
			expect(await exchange(balancer.port, `#${id} x\n`)).toBe(`#${id} ACK from Server 2\n`);
		expect(balancer.routes('Server 1')).toContain('DOWN');
	});

	it('has too much waiting: it is busy', async () => {
		const server = await startServer('Server 1', {...plain, answer: () => undefined});
		balancer = await startBalancer([server], {limits: {framesPerClient: 1e6, messagesPerClient: 1e6}});
		const client = await connectTo(balancer.port);
		const most = 10_000 + 64;
		client.send(Array.from({length: most + 5}, (_, i) => `#m${i} x\n`).join(''));
		const lines = await client.receives(5);
		expect(lines[0]).toBe(`#m${most} NAK from Load Balancer: busy every server is full (breaker)`);
		expect(balancer.backend('Server 1').inFlight).toBe(most);
		expect(balancer.tick().nak).toBe(5);
	});

	it('never answers: the message is given up, the next is asked on another connection', async () => {
		const server = await startLineServer((socket, line) => {
			if (!line.includes('lost')) socket.write(`${acknowledge(line, 'Server 1')}\n`);
		});
		balancer = await startBalancer([server], {limits: {answerMs: 1000}});
		expect(await exchange(balancer.port, '#a lost\n')).toBe(
			'#a NAK from Load Balancer: unavailable no answer in 1 s\n',
		);
		expect(await exchange(balancer.port, '#b found\n')).toBe('#b ACK from Server 1\n');
		expect(balancer.backend('Server 1')).toMatchObject({inFlight: 0, connections: 1});
	});
});
