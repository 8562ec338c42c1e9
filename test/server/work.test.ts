import {afterEach, describe, expect, it} from 'vitest';
import type {LogManager} from '../../src/log/log-manager.ts';
import {now} from '../../src/part.ts';
import {createSchedule} from '../../src/server/schedule.ts';
import {until} from '../support/until.ts';
import {startTestServer, type TestServer} from './support.ts';

let server: TestServer;
afterEach(() => server.close());

const ack = 'ACK from Server 1\n';
const constant = (ms: number) => ({type: 'constant', ms}) as const;
const frame = (slot: number, lines: string) => `B ${slot} ${Buffer.byteLength(lines)}\n${lines}`;

describe('the log', () => {
	it('says what was acknowledged before the ACK is there to be read', async () => {
		server = await startTestServer();
		const queue: string[] = [];
		const written: string[] = [];
		// A log that does nothing by itself: only who flushes it has its lines in the file.
		const log: LogManager = {
			...server.manager,
			writeReady: (label, text, values) => queue.push(`${label}: ${text} | ${values}`),
			flush: () => written.push(...queue.splice(0)),
		};
		const other = await startTestServer({log});
		const client = other.connect();
		for (let i = 1; i <= 20; i++) {
			client.send(`#m-${i} x\n`);
			await until(() => client.linesOf().length === i);
			expect(written.at(-1)).toBe(`ACK Sent: ACK from Server 1 | by=server-1 id=m-${i}`);
		}
		await other.close();
	});

	it('says what each message was', async () => {
		server = await startTestServer();
		await server.ask('#m-1 x\n');
		expect(server.log().at(-1)).toMatchObject({
			label: 'ACK Sent',
			text: 'ACK from Server 1',
			values: {by: 'server-1', id: 'm-1'},
		});
	});

	it('has the server’s own lines, and the messages only where they are wanted', async () => {
		server = await startTestServer({detail: 'off'});
		await server.ask('#a x\ny\n');
		await server.stop();
		expect(server.log().map(({label, text}) => `${label}: ${text}`)).toEqual([
			`Server: Server 1 listening on 127.0.0.1:${server.port}`,
			'Server: Server 1 stopped after 2 messages',
		]);
	});

	it('leaves the ID away where there is none', async () => {
		server = await startTestServer();
		await server.ask('HAI IDO\n');
		expect(server.log().at(-1)?.values).toEqual({by: 'server-1'});
	});
});

describe('a message that comes again', () => {
	it('is answered again, not executed again, and the log says so', async () => {
		server = await startTestServer();
		expect(await server.ask('#a x\n#b x\n')).toBe(`#a ${ack}#b ${ack}`);
		expect(await server.ask(`TRUNK\n${frame(1, '#a x\n')}`)).toBe(frame(1, `#a ${ack}`));
		expect(server.tick()).toMatchObject({received: 3, acked: 3, executed: 2, repeated: 1});
		const values = server.log().flatMap(({label, values}) => (label === 'ACK Sent' ? [values] : []));
		expect(values).toEqual([
			{by: 'server-1', id: 'a'},
			{by: 'server-1', id: 'b'},
			{by: 'server-1', id: 'a', repeat: '1'},
		]);
	});

	it('after more than 65,536 others is not known any more', async () => {
		server = await startTestServer({detail: 'off', serviceTime: constant(0.01)});
		const others = Array.from({length: 66_000}, (_, i) => `#m-${i} x\n`);
		await server.ask(`#a x\n${others.slice(0, 30_000).join('')}`);
		await server.ask(`#a x\n${others.slice(30_000).join('')}`);
		expect(server.tick()).toMatchObject({executed: 66_001, repeated: 1});
		expect(await server.ask(`#a x\n#m-1 x\n`)).toBe(`#a ${ack}#m-1 ${ack}`);
		expect(server.tick()).toMatchObject({executed: 66_003, repeated: 1, inFlight: 0});
	});

	it('without an ID is another message', async () => {
		server = await startTestServer();
		await server.ask('x\nx\n');
		expect(server.tick()).toMatchObject({executed: 2, repeated: 0});
	});

	it('while it is in work is executed once and answered to both', async () => {
		server = await startTestServer({serviceTime: constant(80)});
		const [one, two] = [server.connect(), server.connect()];
		one.send('#a x\n');
		await until(() => server.tick().inFlight === 1);
		two.send('#a x\n');
		await Promise.all([one.gets(`#a ${ack}`), two.gets(`#a ${ack}`)]);
		expect(server.tick()).toMatchObject({received: 2, acked: 2, executed: 1, repeated: 1, maxInFlight: 1, inFlight: 0});
		expect(server.log().filter(line => line.values?.repeat === '1')).toHaveLength(1);
	});
});

describe('the service time', () => {
	it('is waited for', async () => {
		server = await startTestServer({serviceTime: constant(50)});
		const started = performance.now();
		await server.ask('x\n');
		expect(performance.now() - started).toBeGreaterThan(49);
	});

	it('keeps replies without an ID in the order of the requests, those with one come when they are ready', async () => {
		server = await startTestServer({serviceTime: {type: 'uniform', fromMs: 0, toMs: 40}});
		const ids = Array.from({length: 60}, (_, i) => (i % 2 ? '' : `#m-${i} `));
		const reply = await server.ask(ids.map(id => `${id}x\n`).join(''));
		const lines = reply.split('\n').slice(0, -1);
		expect(lines.toSorted()).toEqual(ids.map(id => `${id}ACK from Server 1`).toSorted());
		expect(lines).not.toEqual(ids.map(id => `${id}ACK from Server 1`));
	});

	it('keeps a PING without an ID behind what came before it', async () => {
		server = await startTestServer({serviceTime: constant(20)});
		expect(await server.ask('x\nPING\n#p PING\n')).toBe(
			`#p PONG from Server 1 trunk/1\n${ack}PONG from Server 1 trunk/1\n`,
		);
	});

	it('keeps the order within a frame and among the frames of a slot, not among slots', async () => {
		server = await startTestServer({serviceTime: {type: 'uniform', fromMs: 0, toMs: 40}});
		const sent = Array.from({length: 40}, (_, i) => ({slot: i % 4, ids: [`a-${i}`, `b-${i}`]}));
		const frames = sent.map(({slot, ids}) => frame(slot, ids.map(id => `#${id} x\n`).join('')));
		const reply = await server.ask(`TRUNK\n${frames.join('')}`);
		const got = [...reply.matchAll(/B (\d+) \d+\n#(a-\d+) ACK from Server 1\n#(b-\d+) ACK from Server 1\n/g)];
		expect(got.map(match => match[0]).join('')).toBe(reply);
		const answered = got.map(([, slot, a, b]) => ({slot: Number(slot), ids: [a, b]}));
		for (const slot of [0, 1, 2, 3])
			expect(answered.filter(each => each.slot === slot)).toEqual(sent.filter(each => each.slot === slot));
		expect(answered).not.toEqual(sent);
	});

	it('adds up to the throughput it promises, though timers are coarse', async () => {
		server = await startTestServer({serviceTime: constant(0.2), concurrency: 1});
		const times: number[] = [];
		for (let round = 0; round < 5; round++) {
			const started = performance.now();
			await server.ask('x\n'.repeat(500));
			times.push(performance.now() - started);
		}
		// A timer for each would be half a second at the least; what a busy machine adds it adds to some of them.
		expect(Math.min(...times)).toBeGreaterThan(95);
		expect(Math.min(...times)).toBeLessThan(400);
	});
});

describe('concurrency', () => {
	it('lets the others wait, and refuses those beyond the queue', async () => {
		server = await startTestServer({serviceTime: constant(40), concurrency: 2, queueLimit: 3});
		const started = performance.now();
		const reply = await server.ask(Array.from({length: 8}, (_, i) => `#m-${i} x\n`).join(''));
		// Five in work, two at once: three rounds.
		expect(performance.now() - started).toBeGreaterThan(119);
		const naks = [5, 6, 7].map(i => `#m-${i} NAK from Server 1: busy`);
		const acks = [0, 1, 2, 3, 4].map(i => `#m-${i} ACK from Server 1`);
		expect(reply).toBe(`${[...naks, ...acks].join('\n')}\n`);
		expect(server.tick()).toMatchObject({received: 8, executed: 5, acked: 5, nak: 3, inFlight: 0, maxInFlight: 5});
	});

	it('does not remember what it refused: the retry is executed', async () => {
		server = await startTestServer({serviceTime: constant(30), concurrency: 1, queueLimit: 0});
		expect((await server.ask('#a x\n#b x\n')).split('\n').slice(0, 2)).toEqual([
			'#b NAK from Server 1: busy',
			'#a ACK from Server 1',
		]);
		expect(await server.ask('#b x\n')).toBe(`#b ${ack}`);
		expect(server.tick()).toMatchObject({executed: 2, repeated: 0});
	});

	it('refuses without an ID in the order of the requests', async () => {
		server = await startTestServer({serviceTime: constant(30), concurrency: 1, queueLimit: 0});
		expect(await server.ask('x\ny\n')).toBe(`${ack}NAK from Server 1: busy\n`);
	});
});

it('a schedule calls in the order of the moments, and never early', async () => {
	server = await startTestServer();
	const moments = Array.from({length: 500}, (_, i) => now() + ((i * 7919) % 500) / 10);
	const rung: {at: number; wanted: number}[] = [];
	const schedule = createSchedule<number>(now, (wanted, at) => {
		expect(at).toBe(wanted);
		rung.push({at: now(), wanted});
	});
	for (const at of moments) schedule.add(at, at);
	await until(() => rung.length === 500);
	expect(rung.map(each => each.wanted)).toEqual(moments.toSorted((a, b) => a - b));
	for (const {at, wanted} of rung) expect(at).toBeGreaterThanOrEqual(wanted);
	schedule.close();
});
