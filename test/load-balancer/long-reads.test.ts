import {afterEach, describe, expect, it} from 'vitest';
import {createFrames, type Frame} from '../../src/load-balancer/frame.ts';
import {hold, lend, longRead, longRoomBytes, release, takeRoom} from '../../src/load-balancer/long-reads.ts';
import {createOutput} from '../../src/load-balancer/output.ts';
import type {Connection, Transport} from '../../src/load-balancer/transport.ts';
import {chooseTransport} from '../../src/load-balancer/transports.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, type TestClient} from './support/clients.ts';
import {acknowledge, startServer, type TestServer} from './support/servers.ts';

/** Memory that was lent, and whether it may be written to again: the next room is the last that was given back. */
function lent(length = longRoomBytes) {
	const room = takeRoom();
	const bytes = lend(room, length);
	const isFree = () => {
		const next = takeRoom();
		if (next === room) return true;
		release(lend(next, longRoomBytes));
		return false;
	};
	return {bytes, isFree};
}

describe('the room of a long read', () => {
	it('is used again when all who need what was read have released it', () => {
		const {bytes, isFree} = lent();
		hold(bytes);
		release(bytes);
		expect(isFree()).toBe(false);
		release(bytes);
		expect(isFree()).toBe(true);
	});

	it('is not given back twice', () => {
		const {bytes, isFree} = lent();
		release(bytes);
		release(bytes);
		expect(isFree()).toBe(true);
		expect(isFree()).toBe(false);
	});

	it.each<[string, (frames: ReturnType<typeof createFrames>, frame: Frame) => void]>([
		['is answered', (frames, frame) => frames.free(frame)],
		['is forgotten', (frames, frame) => frames.forgetLines(frame)],
		['has lines of its own', (frames, frame) => frames.keepApart(frame)],
	])('is used again when the frame of its lines %s', (_, end) => {
		const {bytes, isFree} = lent();
		const frames = createFrames();
		const frame = frames.take();
		Object.assign(frame, {bytes, start: 0, end: 40});
		expect(isFree()).toBe(false);
		end(frames, frame);
		expect(isFree()).toBe(true);
	});

	it('is not used again while a server has not taken its lines, though it may have answered them', () => {
		let taken = () => {};
		const connection = {
			write: (_: Uint8Array, written?: () => void) => {
				taken = written ?? taken;
			},
			cork: () => {},
			uncork: () => {},
			writableLength: 0,
		};
		const output = createOutput(connection as unknown as Connection, () => {});
		const {bytes, isFree} = lent();
		output.put(1, bytes, 0, bytes.length);
		release(bytes);
		expect(isFree()).toBe(false);
		output.flush();
		expect(isFree()).toBe(false);
		taken();
		expect(isFree()).toBe(true);
	});
});

describe('long lines', () => {
	let balancer: TestBalancer;
	afterEach(() => balancer.end());

	/** The fast transport, and all the memory that long reads came in. */
	const watched = async () => {
		const {transport} = await chooseTransport('fast');
		const rooms = new Set<ArrayBufferLike>();
		let reads = 0;
		const watching: Transport = {
			connect: transport.connect,
			listen: (options, accepted, handlers) =>
				transport.listen(options, accepted, {
					...handlers,
					received: (owner, bytes) => {
						if (bytes.length >= longRead) rooms.add(bytes.buffer);
						if (bytes.length >= longRead) reads++;
						handlers.received(owner, bytes);
					},
				}),
		};
		return {transport: watching, rooms, reads: () => reads};
	};

	const lineOf = (number: number) => `#m${number} ${String.fromCharCode(97 + (number % 26)).repeat(65_000)}`;

	const kinds: [string, {speaksTrunk?: boolean}][] = [
		['a trunk', {}],
		['a server without the trunk', {speaksTrunk: false}],
	];

	it.each(kinds)('to %s are read into the same rooms again and again', async (_, kind) => {
		const server = await startServer('Server 1', kind);
		const {transport, rooms, reads} = await watched();
		balancer = await startBalancer([server], {transport});
		const client = await connectTo(balancer.port);
		let sent = 0;
		for (let answered = 0; reads() < 100; answered += 8) {
			const until = sent + 8;
			while (sent < until) client.send(`${lineOf(sent++)}\n`);
			await client.receives(answered + 8);
		}
		expect(rooms.size).toBeLessThan(40);
		expect(new Set(server.asked)).toEqual(new Set(Array.from({length: sent}, (_, number) => lineOf(number))));
	});

	it.each(kinds)('arrive as they were said, also when %s breaks over them and is slow', async (_, kind) => {
		const slowly = async (line: string, name: string) => {
			await new Promise(resolve => setTimeout(resolve, line.length % 7));
			return acknowledge(line, name);
		};
		const servers: TestServer[] = [];
		for (const name of ['Server 1', 'Server 2', 'Server 3'])
			servers.push(await startServer(name, {...kind, answer: line => slowly(line, name)}));
		const {transport} = await watched();
		balancer = await startBalancer(servers, {
			transport,
			limits: {hedgeMs: 2, tryMs: 20, redeliveries: 20, retryBudget: {percent: 1000, perSecond: 1000, ttlMs: 10_000}},
		});
		const clients = await Promise.all(Array.from({length: 4}, () => connectTo(balancer.port)));
		for (let number = 0; number < 240; number++) clients[number % 4]!.send(`${lineOf(number)}\n`);
		await until(() => servers[0]!.asked.length > 10, {what: 'the first server has some'});
		await servers[0]!.kill();
		for (const client of clients) await client.receives(60);
		await untilIdle(balancer);
		const asked = new Set(servers.flatMap(server => server.asked));
		expect(asked).toEqual(new Set(Array.from({length: 240}, (_, number) => lineOf(number))));
		const answered = clients.flatMap(client => client.lines().map(line => line.split(' ').slice(0, 2).join(' ')));
		expect(answered.sort()).toEqual(Array.from({length: 240}, (_, number) => `#m${number} ACK`).sort());
	});

	it('are kept for a second redelivery, also when the first has taken them apart and some are answered', async () => {
		const lines = 2000;
		let isForgetful = true;
		const forgets = (name: string) =>
			startServer(name, {
				answer: line => (isForgetful && line[1] === 'r' ? undefined : acknowledge(line, name)),
			});
		const servers = [await forgets('Server 1'), await forgets('Server 2'), await startServer('Server 3')];
		const {transport} = await watched();
		// A server with a limit is given no frame of many lines again: they are taken apart.
		balancer = await startBalancer([servers[0]!, servers[1]!, {...servers[2]!, maxconn: 10_000}], {
			transport,
			limits: {retryBudget: {percent: 1000, perSecond: 1000, ttlMs: 10_000}},
		});
		const [client, other] = [await connectTo(balancer.port), await connectTo(balancer.port)];
		const linesOf = (mark: string) => Array.from({length: lines}, (_, i) => `#${mark}${i} ${mark.repeat(90)}`);
		const has = (place: number) => servers[place]!.asked.some(line => line[1] === 'r');
		const send = (by: TestClient, mark: string) => by.send(`${linesOf(mark).join('\n')}\n`);
		send(client, 'a');
		await client.receives(lines);
		send(client, 'r');
		await until(() => has(0) && has(1), {what: 'two servers have some'});
		isForgetful = false;
		await servers[0]!.kill();
		await until(() => balancer.backend('Server 1').inFlight === 0 && balancer.backend('Server 3').inFlight === 0);
		for (const [times, mark] of ['s', 't', 'u'].entries()) {
			send(other, mark);
			await other.receives(lines * (times + 1));
		}
		await servers[1]!.kill();
		await client.receives(2 * lines);
		const asked = servers.flatMap(server => server.asked.filter(line => line[1] === 'r'));
		expect(new Set(asked)).toEqual(new Set(linesOf('r')));
	});
});
