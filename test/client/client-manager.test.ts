import {describe, expect, test} from 'vitest';
import {deaf} from '../../src/client/delivery.ts';
import {until} from '../support/until.ts';
import {acks, type Behaviour, neverAnswers} from './scripted-server.ts';
import {createStandingClock, serve, startClients} from './support.ts';

const idsOf = (lines: string[]) => lines.map(line => /^#(\S+)/.exec(line)![1]);

describe('messages', () => {
	test('clients take them in turn, each at its time', async () => {
		const clock = createStandingClock();
		const server = await serve(acks);
		const {manager} = startClients({port: server.port, count: 3, rate: 100, limit: 7, firstClient: 4, now: clock.now});
		for (let acked = 1; acked <= 7; acked++) {
			await until(() => manager.counts.acked === acked);
			expect(manager.counts.sent).toBe(acked);
			clock.leap(10);
		}
		expect(idsOf(server.lines)).toEqual(['c4-1', 'c5-1', 'c6-1', 'c4-2', 'c5-2', 'c6-2', 'c4-3']);
	});

	test('given texts are sent in turn, whatever they hold', async () => {
		const messages = ['HAI IDO', '  ', 'Größe 🚀', '#c9-9 not an ID of ours', ''];
		const server = await serve(acks);
		const {manager} = startClients({port: server.port, limit: 6, messages});
		await manager.done;
		expect(server.lines).toEqual([...messages, 'HAI IDO'].map((text, index) => `#c1-${index + 1} ${text}`));
	});

	test('without any, a mix that the seed repeats', async () => {
		const server = await serve(acks);
		for (const seed of [5, 5, 6]) {
			const {manager} = startClients({port: server.port, limit: 30, messages: [], seed});
			await manager.done;
		}
		const [first, again, other] = [0, 30, 60].map(start => server.lines.slice(start, start + 30));
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
		expect(new Set(first!.map(line => line.slice(line.indexOf(' ')))).size).toBeGreaterThan(15);
	});
});

describe('an open loop', () => {
	test('counts what waits, and measures latency from the planned time', async () => {
		const clock = createStandingClock();
		let answer: (() => void) | undefined;
		const holdsTheFirst: Behaviour = given => {
			if (given.count > 0) acks(given);
			else answer = () => acks(given);
		};
		const server = await serve(holdsTheFirst);
		const {manager} = startClients({port: server.port, rate: 200, limit: 40, connect: 'persistent', now: clock.now});
		await until(() => answer);
		clock.leap(195);
		await until(() => manager.tick().backlog === 39);
		expect(manager.tick()).toMatchObject({sent: 1, inFlight: 1});
		answer!();
		await manager.done;
		await manager.stop();
		// Not the first, and not those due in the last 10 ms.
		expect(manager.counts).toMatchObject({late: 36, dropped: 0});
		const {all, uncorrected, byServer} = manager.tick().latency!;
		// All are answered at the moment the last is due: they were due 195 ms, 190 ms, … 0 ms before.
		const dueBefore = Array.from({length: 40}, (_, index) => Math.max(0.001, index * 5));
		expect(all.map(([us, count]) => [Math.round(us / 1000), count])).toEqual(dueBefore.map(ms => [Math.round(ms), 1]));
		expect(byServer['Server 1']).toEqual(all);
		expect(uncorrected.map(([us, count]) => [Math.round(us / 1000), count])).toEqual([
			[0, 39],
			[195, 1],
		]);
	});

	test('counts what is never sent as dropped: beyond the bound, and what still waits at the end', async () => {
		const clock = createStandingClock();
		const {manager} = startClients({
			port: (await serve(neverAnswers)).port,
			rate: 1_000_000,
			now: clock.now,
			retries: 0,
		});
		await until(() => manager.counts.sent === 1);
		clock.leap(150);
		await until(() => manager.tick().backlog === 100_000);
		expect(manager.counts).toMatchObject({sent: 1, late: 0, dropped: 50_000});
		clock.leap(20_000);
		await manager.stop();
		const {sent, backlog, dropped, failed, inFlight} = manager.tick();
		expect([backlog, failed, inFlight]).toEqual([0, sent, 0]);
		expect(sent + dropped).toBeGreaterThanOrEqual(150_001);
	});

	test('follows a ramp, and goes on in it in a later life', async () => {
		const clock = createStandingClock();
		const server = await serve(acks);
		const ramp = {type: 'ramp', from: 0, to: 100, overMs: 1000} as const;
		const {manager} = startClients({port: server.port, count: 100, rate: ramp, now: clock.now, loadAgeMs: 1000});
		await until(() => manager.counts.acked === 1);
		clock.leap(100);
		await until(() => manager.counts.acked === 11);
		manager.setRate({type: 'steps', rates: [1000, 10], stepMs: 20});
		clock.leap(125);
		await until(() => manager.counts.acked === 32);
	});

	test('never sends before the planned time', async () => {
		const early: number[] = [];
		const server = await serve(acks);
		const listener = {
			...deaf,
			began: ({plannedAt, startedAt}: {plannedAt: number; startedAt: number}) => {
				if (startedAt < plannedAt) early.push(plannedAt - startedAt);
			},
		};
		const {manager} = startClients({port: server.port, count: 5, rate: 400, limit: 100, arrivals: 'poisson', listener});
		await manager.done;
		expect(early).toEqual([]);
	});
});

test('a rate can be changed while it runs, to max and back', async () => {
	const server = await serve(acks);
	const {manager} = startClients({port: server.port, rate: 0.001, connect: 'persistent'});
	await until(() => manager.counts.acked === 1);
	manager.setRate(500);
	await until(() => manager.counts.acked >= 10);
	manager.setRate('max');
	await until(() => manager.counts.acked >= 500);
	manager.setRate(0.001);
	await until(() => manager.tick().inFlight === 0);
	const {sent} = manager.counts;
	await until(() => server.lines.length === sent);
	expect(manager.tick()).toMatchObject({sent, acked: sent, inFlight: 0, backlog: 0});
});

test('latencies of the warm-up are left out, its messages are counted', async () => {
	const server = await serve(acks);
	const {manager} = startClients({port: server.port, limit: 20, warmupMs: 60_000});
	await manager.done;
	await manager.stop();
	expect(manager.tick()).toMatchObject({
		sent: 20,
		acked: 20,
		ackedBy: {'Server 1': 20},
		latency: {all: [], uncorrected: []},
	});
});

test('latencies come with every tenth tick, and each only once', async () => {
	const server = await serve(acks);
	const {manager} = startClients({port: server.port, limit: 5});
	await manager.done;
	const ticks = Array.from({length: 20}, () => manager.tick());
	expect(ticks.map(({latency}) => latency !== undefined)).toEqual(ticks.map((_, index) => index % 10 === 9));
	expect(ticks[9]!.latency!.all.reduce((sum, [, count]) => sum + count, 0)).toBe(5);
	expect(ticks[19]!.latency!.all).toEqual([]);
});

describe('a stop', () => {
	test('waits for what is under way, and sends nothing new', async () => {
		const answers: (() => void)[] = [];
		const server = await serve(given => void answers.push(() => acks(given)));
		const {manager} = startClients({port: server.port, count: 3, connect: 'persistent'});
		await until(() => server.lines.length === 3);
		let isOver = false;
		const stopped = manager.stop().then(() => {
			isOver = true;
		});
		manager.setRate('max');
		answers.pop()!();
		await until(() => manager.counts.acked === 1);
		expect(isOver).toBe(false);
		for (const answer of answers) answer();
		await stopped;
		expect(manager.tick()).toMatchObject({sent: 3, acked: 3, failed: 0, inFlight: 0, connectedNow: 0});
		await until(() => server.connections.open === 0);
		await manager.stop();
	});

	test('gives up what does not end, cause closed', async () => {
		const server = await serve(neverAnswers);
		const {manager, lines} = startClients({port: server.port, count: 2, ackTimeoutMs: 100, retries: 1000});
		await until(() => manager.counts.sent === 2 && server.lines.length >= 2);
		await manager.stop();
		expect(manager.tick()).toMatchObject({sent: 2, acked: 0, failed: 2, inFlight: 0, backingOff: 0});
		expect(
			lines.filter(line => /^Message Failed: c\d-1 given up after \d+ attempts?: closed \|.* cause=closed /.test(line)),
		).toHaveLength(2);
	});

	test('of clients that have nothing to do is immediate', async () => {
		const server = await serve(acks);
		const {manager} = startClients({port: server.port, count: 100, rate: 0.001});
		await until(() => manager.counts.acked === 1);
		await manager.stop();
		expect(manager.tick().inFlight).toBe(0);
	});
});

test('a thousand clients at full load', async () => {
	const server = await serve(acks);
	const {manager} = startClients({
		port: server.port,
		count: 1000,
		connect: 'persistent',
		limit: 10_000,
		ackTimeoutMs: 60_000,
		detail: 'off',
	});
	await until(() => manager.tick().connectedNow === 1000, {ms: 60_000});
	await manager.done;
	expect(manager.tick()).toMatchObject({sent: 10_000, acked: 10_000, attempts: 10_000, inFlight: 0});
	expect(new Set(idsOf(server.lines)).size).toBe(10_000);
}, 90_000);
