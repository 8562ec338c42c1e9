import {type ChildProcess, spawn} from 'node:child_process';
import type {Socket} from 'node:net';
import path from 'node:path';
import fc from 'fast-check';
import {afterEach, describe, expect, it} from 'vitest';
import type {Limits} from '../../src/load-balancer/settings.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, freePort, startRawServer, startServer} from './support/servers.ts';

let balancer: TestBalancer;
const programs: ChildProcess[] = [];
afterEach(async () => {
	await balancer.end();
	for (const program of programs.splice(0)) program.kill('SIGKILL');
});

const plain = {speaksTrunk: false};
const numbered = (count: number, from = 0) => Array.from({length: count}, (_, i) => `#m${from + i} x\n`).join('');
const styles = () => balancer.logged.filter(line => line.includes('spoken to plainly'));
const isSwitched = () => styles().some(line => line.includes('it echoes IDs'));

/** Has a balancer of `auto` find out what its plain server does. */
async function prove() {
	const client = await connectTo(balancer.port);
	await until(async () => {
		client.send('#proof x\n');
		await client.receives(client.lines().length + 1);
		return isSwitched();
	});
	client.socket.destroy();
}

async function startProgram(name: string, ...args: (string | number)[]) {
	const port = await freePort();
	const file = path.resolve(`test/programs/${name}.mjs`);
	programs.push(spawn(process.execPath, [file, String(port), ...args.map(String)], {stdio: 'ignore'}));
	return {name: 'Foreign', host: '127.0.0.1', port, weight: 1};
}

const isUp = () => until(() => balancer.route('Foreign') === 'UP');

describe('by IDs', () => {
	it('many messages are on one connection, answered in any order, each under the ID its client gave', async () => {
		const held: (() => void)[] = [];
		const server = await startServer('Server 1', {
			...plain,
			answer: line =>
				new Promise(resolve => held.push(() => resolve(`${acknowledge(line, 'Server 1')} of ${line.split(' ')[1]}`))),
		});
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const [one, other] = [await connectTo(balancer.port), await connectTo(balancer.port)];
		one.send('#same a\n#x b\nno-id c\n');
		other.send('#same d\n#only\n');
		await until(() => held.length === 5);
		// One, or more where those on it had waited for some ms when another came.
		expect(server.connections.size).toBeLessThan(5);
		// Under IDs of the balancer's own: those that are on one connection differ.
		expect(server.asked.every(line => /^#\d+(\.(same|x)|:[a-z0-9-]+) /.test(line))).toBe(true);
		const most = server.asked.length / server.connections.size;
		expect(new Set(server.asked.map(line => line.split(' ')[0])).size).toBeGreaterThanOrEqual(most);
		for (const release of held.reverse()) release();
		expect((await one.receives(3)).sort()).toEqual(
			['#same ACK from Server 1 of a', '#x ACK from Server 1 of b', 'ACK from Server 1 of no-id'].sort(),
		);
		expect((await other.receives(2)).sort()).toEqual(['#only ACK from Server 1 of ', '#same ACK from Server 1 of d']);
		await untilIdle(balancer);
	});
	it('a server that remembers IDs takes no new message for an old one, and knows one that comes again', async () => {
		const known = new Map<string, string>();
		const executed: string[] = [];
		const server = await startServer('Server 1', {
			...plain,
			answer: line => {
				const [id = '', ...text] = line.split(' ');
				if (!known.has(id)) {
					executed.push(text.join(' '));
					known.set(id, `${id} ACK from Server 1 of ${text.join(' ')}`);
				}
				return known.get(id)!;
			},
		});
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		const long = 'y'.repeat(64);
		for (const line of ['#a one', '#b two', '#a one', 'three', 'four', `#${long} five`, '#c', `#${long}`]) {
			client.send(`${line}\n`);
			await client.receives(client.lines().length + 1);
		}
		const ack = 'ACK from Server 1 of';
		expect(client.lines()).toEqual([
			...[`#a ${ack} one`, `#b ${ack} two`, `#a ${ack} one`, `${ack} three`, `${ack} four`],
			...[`#${long} ${ack} five`, `#c ${ack} `, `#${long} ${ack} `],
		]);
		expect(executed).toEqual(['one', 'two', 'three', 'four', 'five', '', '']);
		expect([...known.keys()].every(id => /^#[\w.:-]{1,64}$/.test(id))).toBe(true);
		expect(isSwitched()).toBe(false);
	});
	it('an answer that bears the number of one message and the ID of another is no answer', async () => {
		const server = await startServer('Server 1', {
			...plain,
			answer: line => acknowledge(line.replace(/^#(\d+)\.new /, '#$1.old '), 'Server 1'),
		});
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send('#old x\n#new x\n');
		expect((await client.receives(2)).sort()).toEqual(['#new ACK from Server 1', '#old ACK from Server 1']);
		expect(styles().at(-1)).toContain('bear no ID that was asked');
	});
	it('the answer to a message that was given up is nobody’s', async () => {
		let release = () => {};
		const server = await startServer('Server 1', {
			...plain,
			answer: line =>
				line.includes('late')
					? new Promise(resolve => (release = () => resolve(acknowledge(line, 'Server 1'))))
					: acknowledge(line, 'Server 1'),
		});
		balancer = await startBalancer([server], {limits: {plainServer: 'id', answerMs: 1000}});
		const client = await connectTo(balancer.port);
		client.send('#a late\n');
		expect(await client.receives(1)).toEqual(['#a NAK from Load Balancer: unavailable no answer in 1 s']);
		release();
		client.send('#b x\n#c x\n');
		expect((await client.receives(3)).slice(1)).toEqual(['#b ACK from Server 1', '#c ACK from Server 1']);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});
	it('answers cut anywhere are put together, also long ones', async () => {
		let written: Promise<void> = Promise.resolve();
		const server = await startRawServer('Server 1', socket => {
			let text = '';
			const writeSlowly = async (reply: string) => {
				for (let at = 0; at < reply.length; at += 1 + (at % 977)) {
					socket.write(reply.slice(at, at + 1 + (at % 977)), 'latin1');
					await new Promise(resolve => setImmediate(resolve));
				}
			};
			socket.on('data', data => {
				text += data.toString('latin1');
				const lines = text.split('\n');
				text = lines.pop()!;
				for (const line of lines) {
					if (line === 'PING') socket.write('PONG\n');
					else written = written.then(() => writeSlowly(`${acknowledge(line, `S ${'y'.repeat(line.length * 50)}`)}\n`));
				}
			});
		});
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send(numbered(40));
		const lines = await client.receives(40);
		expect(lines.every(line => /^#m\d+ ACK from S y{200,}$/.test(line))).toBe(true);
		expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(40);
	});
	it('large lines have connections of their own, and small ones do not wait behind them', async () => {
		const server = await startServer('Server 1', plain);
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send(`#big ${'x'.repeat(60_000)}\n#small x\n`);
		expect((await client.receives(2)).sort()).toEqual(['#big ACK from Server 1', '#small ACK from Server 1']);
		expect(server.connections.size).toBe(2);
		expect(server.asked.find(line => line.startsWith('#big'))).toHaveLength(60_005);
	});
	it('what a broken connection carried goes to another server', async () => {
		const broken = await startServer('Server 1', {...plain, answer: () => undefined});
		const other = await startServer('Server 2', plain);
		balancer = await startBalancer([broken, other], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send(numbered(60));
		await until(() => broken.asked.length === 30);
		await broken.kill();
		expect(new Set((await client.receives(60)).map(line => line.split(' ')[0])).size).toBe(60);
		expect(balancer.backend('Server 1')).toMatchObject({inFlight: 0, redelivered: 30});
	});
	it.each([
		['no ID', () => 'ACK from Server 1'],
		['an ID nobody used', () => '#12345 ACK from Server 1'],
		['the ID of another time', () => '#00000000000000000001 ACK from Server 1'],
	])('a server that answers with %s is asked one message at a time from then on', async (_, answer) => {
		const server = await startServer('Server 1', {...plain, answer});
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send(numbered(20));
		const lines = await client.receives(20);
		expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(20);
		expect(styles()).toHaveLength(1);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});
	it('a server that answers twice is heard once', async () => {
		const twice = (line: string) => `${acknowledge(line, 'Server 1')}\n${acknowledge(line, 'Server 1')}`;
		const server = await startServer('Server 1', {...plain, answer: twice});
		balancer = await startBalancer([server], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 20; i++) client.send(numbered(1, i));
		expect(new Set((await client.receives(20)).map(line => line.split(' ')[0])).size).toBe(20);
		expect(styles()).toHaveLength(1);
		await untilIdle(balancer);
		expect(client.lines()).toHaveLength(20);
	});
	it('a server that ends its connections after a few answers is not believed to be down', async () => {
		const serve = (socket: Socket) => {
			let text = '';
			let answered = 0;
			socket.on('data', data => {
				text += data.toString('latin1');
				const lines = text.split('\n');
				text = lines.pop()!;
				for (const line of lines) {
					if (line === 'PING') socket.write('PONG\n');
					else if (answered++ < 3) socket.write(`${acknowledge(line, 'Server 1')}\n`);
				}
				if (answered >= 3) socket.end();
			});
			socket.on('end', () => socket.end());
		};
		balancer = await startBalancer([await startRawServer('Server 1', serve)], {limits: {plainServer: 'id'}});
		const client = await connectTo(balancer.port);
		client.send(numbered(50));
		expect(new Set((await client.receives(50)).map(line => line.split(' ')[0])).size).toBe(50);
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});
});

describe('in order', () => {
	it('many messages are on one connection, and each answer is put under the ID that was asked', async () => {
		const server = await startProgram('acks-in-order');
		balancer = await startBalancer([server], {limits: {plainServer: 'ordered'}});
		await isUp();
		const client = await connectTo(balancer.port);
		client.send(`${numbered(200)}bare\n`);
		const lines = await client.receives(201);
		expect(new Set(lines)).toEqual(
			new Set([...Array.from({length: 200}, (_, i) => `#m${i} ACK from Foreign`), 'ACK from Foreign']),
		);
		expect(balancer.backend('Foreign').connections).toBeLessThan(20);
	});
	it('a server that speaks unasked is down', async () => {
		let gossip: Socket | undefined;
		const server = await startRawServer('Server 1', socket => {
			socket.on('data', data => {
				if (String(data) === 'PING\n') socket.write('PONG\n');
				else {
					gossip = socket;
					socket.write('ACK from Server 1\nand by the way\n');
				}
			});
		});
		balancer = await startBalancer([server, await startServer('Server 2')], {limits: {plainServer: 'ordered'}});
		expect(await exchange(balancer.port, 'x\n')).toBe('ACK from Server 1\n');
		expect(gossip).toBeDefined();
		expect(await exchange(balancer.port, '#a x\n')).toMatch(/#a ACK from Server [12]\n/);
	});
});

describe('auto', () => {
	it('speaks by IDs to a program that echoes them, and loses nothing when it is killed', async () => {
		const server = await startProgram('echoes-ids', 8);
		balancer = await startBalancer([server, await startServer('Server 2')]);
		await isUp();
		await prove();
		const client = await connectTo(balancer.port);
		client.send(numbered(300));
		await client.receives(300);
		for (let i = 0; i < 100; i++) client.send(numbered(1, 300 + i));
		await client.receives(320);
		programs[0]!.kill('SIGKILL');
		const lines = await client.receives(400);
		expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(400);
		expect(lines.filter(line => line.includes('NAK'))).toEqual([]);
		await until(() => balancer.route('Foreign') === 'DOWN');
		await untilIdle(balancer);
	});
	it('gives one that works on one line at a time as many connections as it needs', async () => {
		const server = await startProgram('works-one-by-one', 100);
		balancer = await startBalancer([server]);
		await isUp();
		await prove();
		const clients = await Promise.all(Array.from({length: 20}, () => connectTo(balancer.port)));
		const start = performance.now();
		for (let round = 1; round <= 10; round++) {
			for (const [n, client] of clients.entries()) client.send(`#c${n}-${round} x\n`);
			await Promise.all(clients.map(client => client.receives(round)));
		}
		// One connection would take 20 × 10 × 100 ms = 20 s at the least.
		expect(performance.now() - start).toBeLessThan(10_000);
		expect(balancer.backend('Foreign').connections).toBeGreaterThan(4);
	});
	it.each([['answers in order without IDs', 'acks-in-order']])(
		'asks a program that %s one message at a time',
		async (_, name) => {
			balancer = await startBalancer([await startProgram(name)]);
			await isUp();
			const client = await connectTo(balancer.port);
			client.send(numbered(200));
			expect(new Set((await client.receives(200)).map(line => line.split(' ')[0])).size).toBe(200);
			expect(styles()).toEqual([]);
		},
	);
});

describe('every message is answered once', () => {
	const settings = fc.record({
		plainServer: fc.constantFrom<Limits['plainServer'][]>('auto', 'id', 'single'),
		echoes: fc.constantFrom('always', 'never', 'sometimes'),
		/** After so many answers the server ends a connection, or resets it. */
		endsAfter: fc.constantFrom(0, 0, 4, 15),
		resets: fc.boolean(),
		cut: fc.integer({min: 1, max: 40}),
		ids: fc.array(fc.boolean(), {minLength: 50, maxLength: 50}),
	});
	it('by a plain server of whatever habits', async () => {
		await fc.assert(
			fc.asyncProperty(settings, async ({plainServer, echoes, endsAfter, resets, cut, ids}) => {
				let turn = 0;
				const odd = await startRawServer('Server 1', socket => {
					let text = '';
					let answered = 0;
					socket.on('data', data => {
						text += data.toString('latin1');
						const lines = text.split('\n');
						text = lines.pop()!;
						for (const line of lines) {
							if (line === 'PING') {
								socket.write('PONG\n');
								continue;
							}
							const isEchoed = echoes === 'always' || (echoes === 'sometimes' && turn++ % 3 > 0);
							const reply = `${isEchoed ? acknowledge(line, 'Server 1') : 'ACK from Server 1'}\n`;
							for (let at = 0; at < reply.length; at += cut) socket.write(reply.slice(at, at + cut), 'latin1');
							if (++answered !== endsAfter) continue;
							if (resets) socket.resetAndDestroy();
							else socket.end();
							return;
						}
					});
					socket.on('end', () => socket.end());
				});
				balancer = await startBalancer([odd, await startServer('Server 2')], {
					limits: {plainServer, retryBudget: {percent: 100, perSecond: 1000, ttlMs: 10_000}},
				});
				const client = await connectTo(balancer.port);
				for (const [i, hasId] of ids.entries()) {
					client.send(hasId ? `#m${i} x\n` : 'x\n');
					if (i % 9 === 0) await new Promise(resolve => setImmediate(resolve));
				}
				const lines = await client.receives(ids.length);
				await untilIdle(balancer);
				expect(client.lines()).toHaveLength(ids.length);
				const named = lines.flatMap(line => /^#(m\d+) /.exec(line)?.[1] ?? []);
				expect(new Set(named).size).toBe(ids.filter(Boolean).length);
				await balancer.end();
				await odd.kill();
			}),
			{numRuns: 40},
		);
	}, 60_000);
});
