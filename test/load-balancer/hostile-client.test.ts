import fc from 'fast-check';
import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {startServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

describe('a line that is too long', () => {
	it('is refused under its ID after the answers before it, then the connection ends', async () => {
		const server = await startServer('Server 1');
		balancer = await startBalancer([server]);
		const client = await connectTo(balancer.port);
		client.send(`first\n#big ${'x'.repeat(1024 * 1024)}\nnever asked\n`);
		await until(client.isClosed);
		expect(client.lines().sort()).toEqual(['#big NAK from Load Balancer: too-long', 'ACK from Server 1']);
		expect(server.asked).toEqual(['first']);
		client.socket.end();
		await until(() => balancer.tick().clientConnections === 0);
	});

	it('need not end at all', async () => {
		balancer = await startBalancer([await startServer('Server 1')]);
		const client = await connectTo(balancer.port);
		client.send('x'.repeat(65_539));
		await until(client.isClosed);
		expect(client.text()).toBe('NAK from Load Balancer: too-long\n');
		await until(() => balancer.tick().clientConnections === 0, {what: 'cut off though it never says goodbye'});
	});

	it('comes after lines whose answers wait', async () => {
		let release = () => {};
		const released = new Promise<void>(resolve => {
			release = resolve;
		});
		const server = await startServer('Server 1', {answer: async line => released.then(() => `re: ${line}`)});
		balancer = await startBalancer([server], {settings: {maxLineBytes: 20}});
		const client = await connectTo(balancer.port);
		client.send(`one\n${'x'.repeat(21)}\ntwo\n`);
		await until(() => server.asked.length === 1);
		client.send('three\n');
		release();
		await until(client.isClosed);
		expect(client.text()).toBe('re: one\nNAK from Load Balancer: too-long\n');
	});

	it('is longer than --max-line says', async () => {
		balancer = await startBalancer([await startServer('Server 1')], {settings: {maxLineBytes: 16}});
		expect(await exchange(balancer.port, `${'x'.repeat(16)}\r\n`)).toBe('ACK from Server 1\n');
		expect(await exchange(balancer.port, `${'x'.repeat(17)}\n`)).toBe('NAK from Load Balancer: too-long\n');
	});
});

describe('a client that never reads', () => {
	it('is not read from any more, costs little, slows nobody, and is cut off in the end', async () => {
		const server = await startServer('Server 1', {answer: line => line.repeat(20)});
		balancer = await startBalancer([server], {limits: {stallMs: 2000}});
		const stuck = await connectTo(balancer.port);
		stuck.socket.pause();
		const line = `#a ${'x'.repeat(1000)}\n`;
		let isBlocked = false;
		for (let i = 0; i < 3000 && !isBlocked; i++) {
			for (let j = 0; j < 20; j++) stuck.socket.write(line);
			await new Promise(resolve => setImmediate(resolve));
			isBlocked = stuck.socket.writableLength > 4 * 1024 * 1024;
		}
		expect(isBlocked).toBe(true);
		await untilIdle(balancer);
		const asked = server.asked.length;
		expect(await exchange(balancer.port, '#b x\n')).toBe(`${'#b x'.repeat(20)}\n`);
		expect(server.asked.length).toBe(asked + 1);
		await until(() => balancer.tick().clientConnections === 0);
	});

	it('but only for a while gets everything in the end', async () => {
		balancer = await startBalancer([await startServer('Server 1', {answer: line => line.repeat(20)})]);
		const slow = await connectTo(balancer.port);
		slow.socket.pause();
		const count = 3000;
		for (let i = 0; i < count; i++) slow.send(`#m${i} ${'x'.repeat(100)}\n`);
		await until(() => balancer.backend('Server 1').answered > 100 && balancer.backend('Server 1').inFlight === 0);
		slow.socket.resume();
		const lines = await slow.receives(count);
		expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(count);
	});
});

describe('a client with too much under way', () => {
	it('is read on when half of it is answered', async () => {
		const waiting: (() => void)[] = [];
		const server = await startServer('Server 1', {
			answer: line => new Promise(resolve => waiting.push(() => resolve(line))),
		});
		balancer = await startBalancer([server], {limits: {framesPerClient: 100}});
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 40_000; i++) client.send(`#m${i} ${'x'.repeat(90)}\n`);
		await until(() => server.asked.length > 100);
		let before = 0;
		await until(async () => {
			before = server.asked.length;
			await new Promise(resolve => setTimeout(resolve, 50));
			return server.asked.length === before;
		});
		expect(before).toBeLessThan(30_000);
		await until(() => {
			for (const answer of waiting.splice(0)) answer();
			return client.lines().length === 40_000;
		});
	});
});

describe('a crowd with too much under way together', () => {
	it('is read on when half of it is answered', async () => {
		const waiting: (() => void)[] = [];
		const server = await startServer('Server 1', {
			answer: line => new Promise(resolve => waiting.push(() => resolve(line))),
		});
		balancer = await startBalancer([server], {limits: {requestBytes: 20_000}});
		const clients = await Promise.all(Array.from({length: 20}, () => connectTo(balancer.port)));
		const line = `${'x'.repeat(999)}\n`;
		for (const client of clients) for (let i = 0; i < 300; i++) client.send(line);
		await until(() => server.asked.length >= 20);
		// What one read of each may bring on top.
		const most = 20 + 20 * 132;
		let before = 0;
		await until(async () => {
			before = server.asked.length;
			await new Promise(resolve => setTimeout(resolve, 50));
			return server.asked.length === before;
		});
		expect(before).toBeLessThanOrEqual(most);
		await until(() => {
			for (const answer of waiting.splice(0)) answer();
			return clients.every(client => client.lines().length === 300);
		});
	});
});

describe('any bytes at all', () => {
	it('get one answer a line, and leave the balancer well', async () => {
		const server = await startServer('Server 1', {answer: () => 'ACK from Server 1'});
		balancer = await startBalancer([server], {settings: {maxLineBytes: 200}});
		const bytes = fc.uint8Array({maxLength: 300});
		await fc.assert(
			fc.asyncProperty(bytes, async content => {
				const said = Buffer.from(content).toString('latin1');
				const lines = said === '' || said.endsWith('\n') ? said.split('\n').slice(0, -1) : said.split('\n');
				const long = lines.findIndex(line => line.replace(/\r$/, '').length > 200);
				const answers = (await exchange(balancer.port, Buffer.from(content))).split('\n').slice(0, -1);
				expect(answers.length).toBe(long < 0 ? lines.length : long + 1);
			}),
			{numRuns: 150},
		);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});
});

describe('a client that is gone', () => {
	it('with its answers under way leaves nothing behind', async () => {
		const waiting: (() => void)[] = [];
		const server = await startServer('Server 1', {
			answer: line => new Promise(resolve => waiting.push(() => resolve(line))),
		});
		balancer = await startBalancer([server]);
		for (let i = 0; i < 20; i++) {
			const client = await connectTo(balancer.port);
			client.send('a\n#b x\nc\n');
			await until(() => server.asked.length === (i + 1) * 3);
			client.socket.resetAndDestroy();
		}
		await until(() => balancer.tick().clientConnections === 0);
		for (const answer of waiting) answer();
		await untilIdle(balancer);
		const answer = exchange(balancer.port, 'x\n');
		await until(() => waiting.length === 61);
		waiting[60]!();
		expect(await answer).toBe('x\n');
	});
});
