import type {Socket} from 'node:net';
import {describe, expect, test} from 'vitest';
import {until} from '../support/until.ts';
import {acks, acksWithoutId, type Behaviour, naks, neverAnswers, resets} from './scripted-server.ts';
import {createStandingClock, serve, startClients} from './support.ts';

const kept = {connect: 'persistent', depth: 4} as const;
const ackTimeoutMs = 20_000;

/** Holds every line back until it is told which to answer, and how. */
function holding() {
	const held = new Map<string, Parameters<Behaviour>[0]>();
	const answer = (id: string, how: Behaviour = acks) => {
		how(held.get(id)!);
		held.delete(id);
	};
	return {held, answer, behaviour: ((given: Parameters<Behaviour>[0]) => void held.set(given.id, given)) as Behaviour};
}

describe('several messages in flight on a kept connection', () => {
	test('as many as the depth, and one more for each that is answered', async () => {
		const {held, answer, behaviour} = holding();
		const server = await serve(behaviour);
		const {manager} = startClients({port: server.port, count: 2, ...kept});
		await until(() => held.size === 8);
		expect([...held.keys()].sort()).toEqual([1, 2].flatMap(client => [1, 2, 3, 4].map(n => `c${client}-${n}`)));
		expect(manager.tick()).toMatchObject({sent: 8, inFlight: 8, connectionsMade: 2});
		answer('c2-3');
		await until(() => held.has('c2-5'));
		expect(manager.tick()).toMatchObject({sent: 9, acked: 1, inFlight: 8, connectionsMade: 2});
		for (const id of held.keys()) answer(id);
	});

	test('answers in any order are matched by their IDs', async () => {
		const {held, answer, behaviour} = holding();
		const server = await serve(behaviour);
		const {manager, lines} = startClients({port: server.port, ...kept, limit: 4});
		await until(() => held.size === 4);
		const by =
			(name: string): Behaviour =>
			({id, socket}) =>
				void socket.write(`#${id} ACK from ${name}\n`);
		for (const [id, name] of Object.entries({'c1-3': 'x', 'c1-1': 'y', 'c1-4': 'x', 'c1-2': 'z'})) answer(id, by(name));
		await manager.done;
		const received = lines.filter(line => line.startsWith('Message Received'));
		expect(received.map(line => /from (\w) .* id=(\S+)/.exec(line)!.slice(1).join(' '))).toEqual([
			'x c1-3',
			'y c1-1',
			'x c1-4',
			'z c1-2',
		]);
	});

	test('what is due in one turn leaves in one write', async () => {
		const reads: number[] = [];
		const counts: Behaviour = given => {
			if (given.socket.listenerCount('data') < 2)
				given.socket.on('data', (chunk: string) => reads.push(chunk.split('\n').length - 1));
			acks(given);
		};
		const server = await serve(counts);
		const clock = createStandingClock();
		const {manager} = startClients({
			port: server.port,
			connect: 'persistent',
			depth: 64,
			rate: 1,
			limit: 65,
			now: clock.now,
		});
		await until(() => manager.counts.acked === 1);
		clock.leap(64_000);
		await manager.done;
		expect(reads.at(-1)).toBe(64);
	});

	test('a connection per message carries one', async () => {
		const server = await serve(acks);
		const {manager} = startClients({port: server.port, connect: 'per-message', depth: 1, limit: 20});
		await manager.done;
		expect(server.connections.made).toBe(20);
	});
});

describe('a retry of one message leaves the others alone', () => {
	test('after a NAK', async () => {
		const {held, answer, behaviour} = holding();
		const server = await serve(behaviour);
		const {manager} = startClients({port: server.port, ...kept, limit: 4});
		await until(() => held.size === 4);
		answer('c1-2', naks('busy'));
		await until(() => held.has('c1-2'));
		for (const id of held.keys()) answer(id);
		await manager.done;
		expect(manager.counts).toMatchObject({sent: 4, attempts: 5, acked: 4, retried: 1, connectionsMade: 1});
		expect(server.lines).toHaveLength(5);
	});

	test('after its ACK is overdue, as long as the connection says anything', async () => {
		const clock = createStandingClock();
		let ignored = 0;
		const ignoresTwice: Behaviour = given => {
			if (given.id === 'c1-2' && ++ignored <= 2) return;
			acks(given);
		};
		const server = await serve(ignoresTwice);
		const {manager} = startClients({
			...{port: server.port, ...kept, ackTimeoutMs, now: clock.now, listener: clock.overBackoffs},
			...{rate: {type: 'recorded', file: ''}, recordedMs: [0, 0, 0, 0, 25_000]},
		});
		await until(() => manager.counts.acked === 3);
		clock.leap(ackTimeoutMs);
		await until(() => server.lines.length === 5);
		clock.leap(5000);
		await until(() => manager.counts.acked === 4);
		clock.leap(16_000);
		await manager.done;
		expect(manager.counts).toMatchObject({sent: 5, acked: 5, attempts: 7, failed: 0, retried: 1, connectionsMade: 1});
		expect(manager.counts.retriesByCause).toMatchObject({timeout: 2, closed: 0, reset: 0});
	});

	test('after it was given up', async () => {
		const {held, answer, behaviour} = holding();
		const server = await serve(behaviour);
		const {manager} = startClients({port: server.port, ...kept, limit: 4});
		await until(() => held.size === 4);
		answer('c1-1', naks('too-long'));
		await until(() => manager.counts.failed === 1);
		for (const id of held.keys()) answer(id);
		await manager.done;
		expect(manager.counts).toMatchObject({acked: 3, failed: 1, attempts: 4, connectionsMade: 1});
	});
});

describe('when the connection itself fails', () => {
	test('all that was on it is tried again, on one new connection', async () => {
		const {held, answer, behaviour} = holding();
		const clock = createStandingClock();
		const server = await serve(behaviour);
		const {manager} = startClients({
			port: server.port,
			...kept,
			limit: 4,
			ackTimeoutMs,
			now: clock.now,
			listener: clock.overBackoffs,
		});
		await until(() => held.size === 4);
		answer('c1-2');
		await until(() => manager.counts.acked === 1);
		resets(held.get('c1-1')!);
		held.clear();
		await until(() => held.size === 3);
		for (const id of held.keys()) answer(id);
		await manager.done;
		expect(manager.counts).toMatchObject({sent: 4, acked: 4, attempts: 7, connectionsMade: 2});
		expect(manager.counts.retriesByCause).toMatchObject({reset: 3, closed: 0});
	});

	test('one that owes answers and gives none is replaced', async () => {
		const clock = createStandingClock();
		let silent: Socket | undefined;
		const firstIsSilent: Behaviour = given => {
			silent ??= given.socket;
			if (given.socket !== silent) acks(given);
		};
		const server = await serve(firstIsSilent);
		const {manager} = startClients({port: server.port, ...kept, limit: 4, ackTimeoutMs, now: clock.now});
		await until(() => server.lines.length === 4);
		while (manager.counts.acked < 4) {
			clock.leap(ackTimeoutMs / 20);
			manager.tick();
			await new Promise(resolve => setTimeout(resolve, 2));
		}
		expect(manager.counts).toMatchObject({acked: 4, failed: 0, connectionsMade: 2});
	});

	test('nobody listens: each message fails for itself', async () => {
		const server = await serve(acks);
		await server.close();
		const clock = createStandingClock();
		const {manager} = startClients({
			port: server.port,
			...kept,
			limit: 8,
			retries: 1,
			now: clock.now,
			listener: clock.overBackoffs,
		});
		await manager.done;
		expect(manager.counts).toMatchObject({sent: 8, failed: 8, attempts: 16, connectionsMade: 0});
		expect(manager.counts.retriesByCause.refused).toBe(8);
	});
});

describe('a server that echoes no IDs', () => {
	test('is matched by the order of its answers', async () => {
		let count = 0;
		const inOrder: Behaviour = ({socket}) => void socket.write(`ACK from ${++count % 2 ? 'odd' : 'even'}\n`);
		const server = await serve(inOrder);
		const {manager, lines} = startClients({port: server.port, ...kept, limit: 40});
		await manager.done;
		expect(manager.counts).toMatchObject({acked: 40, attempts: 40, connectionsMade: 1});
		for (const line of lines.filter(each => each.startsWith('Message Received'))) {
			const [, name, sequence] = /from (\w+) .* id=c1-(\d+)/.exec(line)!;
			expect(name).toBe(Number(sequence) % 2 ? 'odd' : 'even');
		}
	});

	test('and has swallowed one: the last waits in vain, and is tried again on a new connection', async () => {
		const clock = createStandingClock();
		let first: Socket | undefined;
		const swallowsTheSecond: Behaviour = given => {
			first ??= given.socket;
			if (given.socket !== first || given.id !== 'c1-2') acksWithoutId(given);
		};
		const server = await serve(swallowsTheSecond);
		const {manager} = startClients({
			port: server.port,
			...kept,
			limit: 4,
			ackTimeoutMs,
			now: clock.now,
			listener: clock.overBackoffs,
		});
		// c1-3's and c1-4's answers were taken for those of c1-2 and c1-3: c1-4 waits.
		await until(() => manager.counts.acked === 3);
		clock.leap(ackTimeoutMs);
		await manager.done;
		expect(manager.counts).toMatchObject({acked: 4, failed: 0, connectionsMade: 2, retriesByCause: {timeout: 1}});
	});

	test('and was silent at first: what its answers belong to cannot be told', async () => {
		const clock = createStandingClock();
		const {held, behaviour} = holding();
		let first: Socket | undefined;
		const server = await serve(given => {
			first ??= given.socket;
			(given.socket === first ? behaviour : acksWithoutId)(given);
		});
		const {manager} = startClients({port: server.port, ...kept, limit: 4, ackTimeoutMs, now: clock.now});
		await until(() => held.size === 4);
		clock.leap(ackTimeoutMs);
		await until(() => manager.counts.retriesByCause.timeout === 4);
		acksWithoutId(held.get('c1-1')!);
		clock.leap(ackTimeoutMs / 2);
		await manager.done;
		expect(manager.counts).toMatchObject({acked: 4, failed: 0, connectionsMade: 2});
	});
});

test('a stop waits for all of them and gives up what does not end', async () => {
	const answersOne: Behaviour = given => {
		if (given.id === 'c1-1') acks(given);
	};
	const server = await serve(answersOne);
	const {manager} = startClients({port: server.port, ...kept, ackTimeoutMs: 100, retries: 1000});
	await until(() => manager.counts.acked === 1 && manager.tick().inFlight === 4);
	await manager.stop();
	const {sent, acked, failed, inFlight} = manager.tick();
	expect(inFlight).toBe(0);
	expect(acked + failed).toBe(sent);
});

test('a silent server fails every message by itself, without retries', async () => {
	const server = await serve(neverAnswers);
	const {manager} = startClients({port: server.port, ...kept, limit: 12, ackTimeoutMs: 50, retries: 0});
	await manager.done;
	expect(manager.counts).toMatchObject({sent: 12, failed: 12, attempts: 12});
});
