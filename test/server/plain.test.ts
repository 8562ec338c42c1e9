import {EventEmitter} from 'node:events';
import type {Socket} from 'node:net';
import fc from 'fast-check';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openConnection, patience, type Shared} from '../../src/server/connection.ts';
import {createServerFaults} from '../../src/server/faults/server-faults.ts';
import {until} from '../support/until.ts';
import {startTestServer, type TestServer} from './support.ts';

let server: TestServer;
beforeEach(async () => {
	server = await startTestServer();
});
afterEach(() => server.close());

const ack = 'ACK from Server 1\n';

describe('a plain connection', () => {
	it.each([
		['a line', 'HAI IDO\n', ack],
		['an empty line', '\n', ack],
		['a line with an ID', '#c1-17 HAI IDO\n', `#c1-17 ${ack}`],
		['an ID and nothing else', '#c1-17\n', `#c1-17 ${ack}`],
		['a carriage return', '#c1-17\r\nHAI\r\n', `#c1-17 ${ack}${ack}`],
		['a last line ended by FIN', '#a x\nlast', `#a ${ack}${ack}`],
		['only FIN', '', ''],
		['a malformed ID, which is text', '#c1/17 HAI\n#\n# x\n', ack.repeat(3)],
		[
			'an ID of 64 characters and one of 65',
			`#${'i'.repeat(64)} x\n#${'i'.repeat(65)} x\n`,
			`#${'i'.repeat(64)} ${ack}${ack}`,
		],
		['NUL, escape codes and invalid UTF-8', Buffer.from('#a \0\x1b[2J\xff\xfe\xc3\n', 'latin1'), `#a ${ack}`],
		['TRUNK that is not the whole line', 'TRUNKS\nTRUNK\n', ack.repeat(2)],
		['PING', 'PING\n', 'PONG from Server 1 trunk/1\n'],
		['PING with an ID', '#p PING\n', '#p PONG from Server 1 trunk/1\n'],
		['what only looks like PING', 'PINGS\nping\n PING\n#p  PING\n', `${ack.repeat(3)}#p ${ack}`],
	])('answers %s', async (_, request, reply) => expect(await server.ask(request)).toBe(reply));

	it('answers a line that comes byte by byte, and several that come at once, in order', async () => {
		const client = server.connect();
		for (const byte of '#slow HAI IDO\n') {
			client.send(byte);
			await new Promise(resolve => setImmediate(resolve));
		}
		await client.gets(`#slow ${ack}`);
		client.send(Array.from({length: 500}, (_, i) => `#m-${i} text ${i}\n`).join(''));
		await until(() => client.linesOf().length === 501);
		expect(client.linesOf().slice(1)).toEqual(Array.from({length: 500}, (_, i) => `#m-${i} ACK from Server 1`));
	});

	it('stays open when its peer is silent between two messages', async () => {
		const client = server.connect();
		client.send('one\n');
		await client.gets(ack);
		client.send('two\n');
		await client.gets(ack.repeat(2));
		expect(server.tick()).toMatchObject({connections: 1, accepted: 1, received: 2, acked: 2, executed: 2, inFlight: 0});
	});

	it('gives the same replies however its bytes are cut', async () => {
		const line = fc.oneof(
			fc.string({unit: 'binary', maxLength: 20}).map(text => text.replaceAll('\n', ' ')),
			fc.stringMatching(/^#[a-z0-9]{1,3} [a-z ]{0,9}\r?$/),
			fc.constant('PING'),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(line, {maxLength: 12}), fc.array(fc.nat(40)), async (lines, sizes) => {
				const data = Buffer.from(lines.map(each => `${each}\n`).join(''));
				const client = server.connect();
				let at = 0;
				for (const size of sizes) {
					client.send(data.subarray(at, at + size));
					at += size;
					await new Promise(resolve => setImmediate(resolve));
				}
				client.socket.end(data.subarray(at));
				await client.ended();
				expect(client.received()).toBe(lines.map(expectedReply).join(''));
			}),
			{numRuns: 60},
		);
	});
});

function expectedReply(line: string): string {
	const content = line.replace(/\r$/, '');
	const id = /^#[A-Za-z0-9._:-]{1,64}(?= |$)/.exec(content)?.[0] ?? '';
	const text = id ? content.slice(id.length + 1) : content;
	return `${id}${id && ' '}${text === 'PING' ? 'PONG from Server 1 trunk/1\n' : ack}`;
}

describe('a line that is too long', () => {
	const longest = 'x'.repeat(65_536);

	it('is one byte longer than 65,536', async () => {
		expect(await server.ask(`${longest}\n${longest}\r\n${longest}`)).toBe(ack.repeat(3));
		expect(await server.ask(`before\n${longest}x\nafter\n`)).toBe(`${ack}NAK from Server 1: too-long\n`);
	});

	it.each([
		['1 MiB', 'x'.repeat(1024 * 1024), ''],
		['1 MiB with an ID', `#big ${'x'.repeat(1024 * 1024)}`, '#big '],
	])('of %s is refused before its end, and the connection closed', async (_, line, id) => {
		const client = server.connect();
		client.send(line);
		await client.ended();
		expect(client.received()).toBe(`${id}NAK from Server 1: too-long\n`);
		expect(client.error()).toBe('');
		expect(server.tick()).toMatchObject({received: 1, nak: 1, acked: 0});
	});

	it('does not let its peer send for ever after', async () => {
		const client = server.connect();
		const chunk = Buffer.alloc(1024 * 1024, 'x');
		await until(() => {
			if (client.socket.writableLength < 4 * chunk.length) client.send(chunk);
			return client.error() !== '';
		});
		expect(['ECONNRESET', 'EPIPE']).toContain(client.error());
		await until(() => server.tick().connections === 0);
	});
});

describe('a peer that keeps us waiting', () => {
	let quick: TestServer;
	beforeEach(async () => {
		quick = await startTestServer({peerTimeoutMs: 120});
	});
	afterEach(() => quick.close());

	it('for the rest of its line is told so and left, also when bytes keep dripping', async () => {
		const client = quick.connect();
		await until(() => {
			client.send('x');
			return client.received() !== '';
		});
		await client.ended();
		expect(client.received()).toBe('NAK from Server 1: bad-request line not finished in time\n');
		client.socket.end();
		await until(() => quick.tick().connections === 0);
	});

	it('for its next line may do so for ever', async () => {
		const [idle, late] = [quick.connect(), quick.connect()];
		idle.send('x\n');
		await idle.gets(ack);
		late.send('x');
		await late.ended();
		idle.send('y\n');
		await idle.gets(ack.repeat(2));
	});

	it('by not closing after us is closed', async () => {
		const client = quick.connect();
		client.send(`${'x'.repeat(70_000)}\n`);
		await client.ended();
		await until(() => quick.tick().connections === 0);
	});

	it('by not taking its replies is closed', async () => {
		const client = quick.connect();
		client.socket.pause();
		await until(() => {
			if (client.socket.writableLength < 1024 * 1024) client.send('PING\n'.repeat(10_000));
			return client.socket.destroyed || (quick.tick().accepted === 1 && quick.tick().connections === 0);
		});
	});
});

it('a peer that takes its replies slowly is not late, one that stops taking them is', () => {
	let isDestroyed = false;
	const destroy = () => {
		isDestroyed = true;
	};
	const socket = Object.assign(new EventEmitter(), {writableLength: 1000, bytesWritten: 1000, destroy});
	const work = {} as Shared['work'];
	const faults = createServerFaults({random: Math.random, crash: () => {}});
	const shared = {work, faults, maxLineBytes: 100, awaitTurnEnd: () => {}, endTurnOf: () => {}, onFinish: () => {}};
	const connection = openConnection(socket as unknown as Socket, shared, () => {});
	for (let i = 0; i < 10 * patience; i++) {
		socket.bytesWritten++;
		connection.sweep();
	}
	expect(isDestroyed).toBe(false);
	for (let i = 0; i <= patience; i++) connection.sweep();
	expect(isDestroyed).toBe(true);
});

describe('a peer that never reads', () => {
	it('is not read from either, so that its replies stay few', async () => {
		const quiet = await startTestServer({detail: 'off'});
		const client = quiet.connect();
		client.socket.pause();
		const request = Buffer.from(`#${'i'.repeat(64)} x\n`.repeat(1000));
		const replyBytes = 65 + 1 + ack.length;
		let sent = 0;
		let received = 0;
		await until(async () => {
			while (client.socket.writableLength < 1024 * 1024) {
				client.send(request);
				sent += 1000;
			}
			const before = quiet.tick().received;
			await new Promise(resolve => setTimeout(resolve, 50));
			received = quiet.tick().received;
			return received > 0 && received === before;
		});
		expect(received).toBeLessThan(sent);
		// What the kernel's buffers hold, and little more.
		expect(received * replyBytes).toBeLessThan(24 * 1024 * 1024);
		client.socket.resume();
		client.socket.end();
		await until(() => quiet.tick().acked === sent);
		await quiet.close();
	});

	it('can vanish', async () => {
		const client = server.connect();
		client.send('\n'.repeat(1000));
		await client.connected();
		client.socket.resetAndDestroy();
		await until(() => server.tick().accepted === 1 && server.tick().connections === 0);
		expect(await server.ask('still here\n')).toBe(ack);
	});
});

it('serves 1,000 connections at once', async () => {
	const clients = Array.from({length: 1000}, () => server.connect());
	await until(() => server.tick().connections === 1000);
	for (const [index, client] of clients.entries()) client.send(`#m-${index} HAI\n`);
	await until(() => clients.every((client, index) => client.received() === `#m-${index} ${ack}`));
	for (const client of clients) client.socket.end();
	await until(() => server.tick().connections === 0);
	expect(server.tick()).toMatchObject({accepted: 1000, received: 1000, acked: 1000});
});
