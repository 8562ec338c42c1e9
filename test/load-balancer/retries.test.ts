import fc from 'fast-check';
import {afterEach, describe, expect, it} from 'vitest';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {acknowledge, startServer, type TestServer} from './support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const never = () => undefined;
const plain = {speaksTrunk: false};

describe('the retry budget', () => {
	it('lets what a server had in flight go elsewhere, and no storm: the rest is refused and counted', async () => {
		const broken = await startServer('Server 1', {answer: never});
		const other = await startServer('Server 2');
		balancer = await startBalancer([broken, other], {limits: {retryBudget: {percent: 0, perSecond: 2, ttlMs: 10_000}}});
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 100; i++) client.send(`#m${i} x\n`);
		await until(() => broken.asked.length === 50);
		await broken.kill();
		const lines = await client.receives(100);
		const refused = lines.filter(line => line.includes('NAK'));
		expect(refused).toHaveLength(30);
		expect(refused[0]).toMatch(/^#m\d+ NAK from Load Balancer: unavailable too many messages are being sent again$/);
		expect(balancer.tick()).toMatchObject({messages: 100, attempts: 120, struck: {'retry-budget': 30}});
		expect(balancer.logged.some(line => line.includes('"cause":"retry-budget"'))).toBe(true);
		await untilIdle(balancer);
	});
	it('fills up with what is sent: a fifth of it', async () => {
		const steady = await startServer('Server 2');
		let isSilent = false;
		const broken = await startServer('Server 1', {
			answer: line => (isSilent ? undefined : acknowledge(line, 'Server 1')),
		});
		balancer = await startBalancer([broken, steady], {
			limits: {retryBudget: {percent: 20, perSecond: 0, ttlMs: 60_000}},
		});
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 100; i++) client.send(`#m${i} x\n`);
		await client.receives(100);
		isSilent = true;
		for (let i = 0; i < 100; i++) client.send(`#n${i} x\n`);
		await until(() => broken.asked.length === 100);
		await broken.kill();
		const lines = await client.receives(200);
		expect(lines.filter(line => line.includes('NAK'))).toHaveLength(50 - 200 / 5);
	});
});

describe('--try-timeout', () => {
	it.each([
		['a trunk', {}],
		['a plain server', plain],
	])('takes a message that %s does not answer to another', async (_, kind) => {
		const silent = await startServer('Server 1', {...kind, answer: never});
		const other = await startServer('Server 2', kind);
		balancer = await startBalancer([silent, other], {limits: {tryMs: 400}});
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 10; i++) client.send(`#m${i} x\n`);
		expect(new Set((await client.receives(10)).map(line => line.slice(4)))).toEqual(new Set(['ACK from Server 2']));
		await untilIdle(balancer);
		expect(balancer.tick()).toMatchObject({messages: 10, attempts: 15, struck: {'try-timeout': 5}});
		expect(balancer.backend('Server 1')).toMatchObject({redelivered: 5, inFlight: 0});
		expect(balancer.routes('Server 1')).toEqual(['UP']);
	});
	it('leaves it where it is when there is no other server, and takes a late answer', async () => {
		let release = (_: string) => {};
		const server = await startServer('Server 1', {answer: () => new Promise<string>(resolve => (release = resolve))});
		balancer = await startBalancer([server], {limits: {tryMs: 30}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => server.asked.length === 1);
		await new Promise(resolve => setTimeout(resolve, 150));
		release('#a ACK from Server 1');
		expect(await client.receives(1)).toEqual(['#a ACK from Server 1']);
		expect(balancer.tick().attempts).toBe(1);
	});
	it('gives up after so many redeliveries only when nobody answers at all', async () => {
		const servers = await Promise.all([1, 2, 3].map(n => startServer(`Server ${n}`, {answer: never})));
		balancer = await startBalancer(servers, {limits: {tryMs: 30, redeliveries: 2, answerMs: 2000}});
		expect(await exchange(balancer.port, '#a x\n')).toBe('#a NAK from Load Balancer: unavailable no answer in 2 s\n');
		expect(servers.flatMap(server => server.asked)).toHaveLength(3);
	});
});

describe('--hedge', () => {
	/** Answers each when it is told to, the oldest first. */
	const held = (name: string) => {
		const waiting: (() => void)[] = [];
		return {
			answer: (line: string) => new Promise<string>(resolve => waiting.push(() => resolve(acknowledge(line, name)))),
			release: () => waiting.shift()?.(),
			waiting,
		};
	};
	const slowly = (ms: number, name: string) => (line: string) =>
		new Promise<string>(resolve => setTimeout(() => resolve(acknowledge(line, name)), ms));

	it.each([
		['trunks', {}],
		['plain servers', plain],
	])('over %s: the second server answers for a slow one, once, in order', async (_, kind) => {
		const {answer, release, waiting} = held('Server 1');
		const slow = await startServer('Server 1', {...kind, answer});
		const quick = await startServer('Server 2', kind);
		balancer = await startBalancer([slow, quick], {limits: {hedgeMs: 200}});
		const client = await connectTo(balancer.port);
		client.send('one\n#a two\nthree\n#b four\n');
		const lines = await client.receives(4);
		expect(lines.every(line => line.endsWith('ACK from Server 2'))).toBe(true);
		const {messages, attempts, hedged} = balancer.tick();
		// The two of the slow one, and what the quick one was kept from answering in time.
		expect(hedged).toBeGreaterThanOrEqual(2);
		expect([messages, attempts]).toEqual([4, 4 + hedged]);
		await untilIdle(balancer);
		client.send('#last x\n');
		expect((await client.receives(5)).at(-1)).toMatch(/^#last ACK/);
		while (waiting.length > 0) release();
		client.send('#end x\n');
		expect((await client.receives(6)).at(-1)).toMatch(/^#end ACK/);
		expect(client.lines()).toHaveLength(6);
	});
	it('takes the first server’s answer when that comes first', async () => {
		const [first, second] = [held('Server 1'), held('Server 2')];
		const slow = await startServer('Server 1', {answer: first.answer});
		const slower = await startServer('Server 2', {answer: second.answer});
		balancer = await startBalancer([slow, slower], {limits: {hedgeMs: 30}});
		const answer = exchange(balancer.port, '#a x\n');
		await until(() => slower.asked.length === 1);
		first.release();
		expect(await answer).toBe('#a ACK from Server 1\n');
		expect(slower.asked).toEqual(['#a x']);
		second.release();
		await untilIdle(balancer);
	});
	it('is paid for by the retry budget', async () => {
		const servers = await Promise.all(
			[1, 2].map(n => startServer(`Server ${n}`, {answer: slowly(150, `Server ${n}`)})),
		);
		balancer = await startBalancer(servers, {
			limits: {hedgeMs: 10, retryBudget: {percent: 0, perSecond: 1, ttlMs: 10_000}},
		});
		const client = await connectTo(balancer.port);
		for (let i = 0; i < 30; i++) client.send(`#m${i} x\n`);
		await client.receives(30);
		expect(balancer.tick()).toMatchObject({messages: 30, attempts: 40, hedged: 10});
	});
	it('outlives either server: what one loses, the other answers', async () => {
		const first = await startServer('Server 1', {answer: never});
		let release = (_: string) => {};
		const second = await startServer('Server 2', {answer: () => new Promise<string>(resolve => (release = resolve))});
		balancer = await startBalancer([first, second], {limits: {hedgeMs: 20}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => second.asked.length === 1);
		await first.kill();
		await until(() => balancer.route('Server 1') === 'DOWN');
		release('#a ACK from Server 2');
		expect(await client.receives(1)).toEqual(['#a ACK from Server 2']);
		await untilIdle(balancer);
	});
	it('asks a third when both servers break', async () => {
		const servers = await Promise.all([1, 2].map(n => startServer(`Server ${n}`, {answer: never})));
		const third = await startServer('Server 3');
		balancer = await startBalancer([...servers, third], {limits: {hedgeMs: 20}});
		const client = await connectTo(balancer.port);
		client.send('#a x\n');
		await until(() => servers.every(server => server.asked.length === 1));
		for (const server of servers) await server.kill();
		expect(await client.receives(1)).toEqual(['#a ACK from Server 3']);
		await untilIdle(balancer);
	});
});

describe('every message is answered once', () => {
	const settings = fc.record({
		hedgeMs: fc.constantFrom(0, 5),
		tryMs: fc.constantFrom(0, 15),
		serverMaxconn: fc.constantFrom(0, 1, 4),
		maxQueue: fc.constantFrom(5, 1000),
		queueMs: fc.constantFrom(20, 5000),
		plain: fc.subarray([0, 1, 2]),
		/** After so many messages the server of this number is cut off and started again. */
		breaks: fc.array(fc.record({after: fc.nat(60), server: fc.nat(2)}), {maxLength: 3}),
		delays: fc.array(fc.nat(25), {minLength: 1, maxLength: 10}),
		ids: fc.array(fc.boolean(), {minLength: 60, maxLength: 60}),
	});

	it('whatever is slow, full, hedged or broken', async () => {
		await fc.assert(
			fc.asyncProperty(settings, async ({plain: plainOnes, breaks, delays, ids, ...limits}) => {
				let turn = 0;
				const start = (n: number, port?: number): Promise<TestServer> =>
					startServer(`Server ${n + 1}`, {
						speaksTrunk: !plainOnes.includes(n),
						...(port === undefined ? {} : {port}),
						answer: async line => {
							await new Promise(resolve => setTimeout(resolve, delays[turn++ % delays.length]!));
							return acknowledge(line, `Server ${n + 1}`);
						},
					});
				const servers = await Promise.all([0, 1, 2].map(n => start(n)));
				balancer = await startBalancer(servers, {limits});
				const client = await connectTo(balancer.port);
				for (const [i, hasId] of ids.entries()) {
					client.send(hasId ? `#m${i} x\n` : 'x\n');
					for (const {after, server} of breaks) {
						if (after !== i) continue;
						const {port} = servers[server]!;
						await servers[server]!.kill();
						servers[server] = await start(server, port);
					}
					if (i % 7 === 0) await new Promise(resolve => setTimeout(resolve, 3));
				}
				const lines = await client.receives(ids.length);
				await untilIdle(balancer);
				expect(client.lines()).toHaveLength(ids.length);
				const named = lines.flatMap(line => /^#(m\d+) /.exec(line)?.[1] ?? []);
				expect(new Set(named).size).toBe(ids.filter(Boolean).length);
				expect(lines.every(line => /^(#m\d+ )?(ACK|NAK) from /.test(line))).toBe(true);
				const {waiting, messages, attempts} = balancer.tick();
				expect(waiting).toBe(0);
				expect(attempts).toBeGreaterThanOrEqual(messages);
				await balancer.end();
				await Promise.all(servers.map(server => server.kill()));
			}),
			{numRuns: 25},
		);
	}, 60_000);
});
