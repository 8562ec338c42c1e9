import {describe, expect, test} from 'vitest';
import {type Delivery, deaf, type Setback} from '../../src/client/delivery.ts';
import type {Connect} from '../../src/domain/plan.ts';
import type {RetryCause} from '../../src/domain/tick.ts';
import {until} from '../support/until.ts';
import {
	acks,
	acksWithoutId,
	answersByteByByte,
	type Behaviour,
	closes,
	inTurn,
	naks,
	neverAnswers,
	resets,
} from './scripted-server.ts';
import {createStandingClock, serve, startClients} from './support.ts';

/** A port that nobody listens on: one that was free a moment ago. */
async function closedPort(): Promise<number> {
	const server = await serve(acks);
	await server.close();
	return server.port;
}

const ackTimeoutMs = 20_000;

/** Turns of the loop that client and server share: what is on its way between them takes one or two. */
function afterTurns(turns: number, then: () => void) {
	if (turns === 0) then();
	else setImmediate(afterTurns, turns - 1, then);
}

describe('a message is tried again, under the same ID', () => {
	test.each<[RetryCause, Behaviour, Connect]>([
		['timeout', neverAnswers, 'per-message'],
		['timeout', neverAnswers, 'persistent'],
		['reset', resets, 'per-message'],
		['reset', resets, 'persistent'],
		['closed', closes, 'per-message'],
		['closed', closes, 'persistent'],
		['nak', naks('busy'), 'per-message'],
		['nak', naks('unavailable no server is up'), 'persistent'],
	])('after %s', async (cause, bad, connect) => {
		const clock = createStandingClock();
		const fails: Behaviour = given => {
			bad(given);
			if (cause === 'timeout') clock.leap(ackTimeoutMs);
		};
		const server = await serve(inTurn(fails, fails, acks));
		const {manager, lines} = startClients({
			...{port: server.port, limit: 1, connect, ackTimeoutMs, now: clock.now, listener: clock.overBackoffs},
		});
		await manager.done;
		expect(server.lines).toEqual(['#c1-1 HAI IDO', '#c1-1 HAI IDO', '#c1-1 HAI IDO']);
		const {sent, attempts, acked, failed, retried, retriesByCause, nak} = manager.counts;
		expect({sent, attempts, acked, failed, retried}).toEqual({sent: 1, attempts: 3, acked: 1, failed: 0, retried: 1});
		expect(retriesByCause).toEqual({timeout: 0, refused: 0, reset: 0, nak: 0, closed: 0, [cause]: 2});
		expect(nak).toBe(cause === 'nak' ? 2 : 0);
		expect(lines.filter(line => line.startsWith('Retry')).every(line => line.includes(` cause=${cause} `))).toBe(true);
	});

	test('each time after a random wait of at most 200 ms, 400 ms, … 2 s', async () => {
		const clock = createStandingClock();
		const waits: number[] = [];
		const listener = {
			...deaf,
			retrying: (_: Delivery, __: Setback, waitMs: number) => {
				waits.push(waitMs);
				clock.leap(waitMs);
			},
		};
		const server = await serve(naks('busy'));
		const {manager} = startClients({
			port: server.port,
			retries: 5,
			limit: 200,
			connect: 'persistent',
			now: clock.now,
			listener,
		});
		await manager.done;
		for (const [attempt, longest] of [200, 400, 800, 1600, 2000].entries()) {
			const these = waits.filter((_, index) => index % 5 === attempt);
			expect(these).toHaveLength(200);
			expect(Math.max(...these)).toBeLessThan(longest);
			expect(Math.max(...these)).toBeGreaterThan(longest * 0.9);
			expect(Math.min(...these)).toBeLessThan(longest * 0.1);
		}
	});

	test('when nobody listens, until someone does', async () => {
		const port = await closedPort();
		const clock = createStandingClock();
		const {manager} = startClients({port, limit: 1, retries: 1000, now: clock.now, listener: clock.overBackoffs});
		await until(() => manager.counts.retriesByCause.refused >= 2);
		expect(manager.counts).toMatchObject({connectionsMade: 0, connectedNow: 0});
		const server = await serve(acks, {port});
		await manager.done;
		expect(server.lines).toEqual(['#c1-1 HAI IDO']);
		expect(manager.counts.acked).toBe(1);
	});
});

describe('a message is given up', () => {
	test('after the retries, and said so', async () => {
		const server = await serve(resets);
		const clock = createStandingClock();
		const {manager, lines} = startClients({
			...{port: server.port, limit: 1, retries: 2, now: clock.now, listener: clock.overBackoffs},
		});
		await manager.done;
		expect(server.lines).toHaveLength(3);
		expect(manager.counts).toMatchObject({sent: 1, attempts: 3, acked: 0, failed: 1});
		expect(lines.at(-1)).toBe(
			'Message Failed: c1-1 given up after 3 attempts: reset | by=client-1 id=c1-1 cause=reset tries=3',
		);
	});

	test('when nobody listens', async () => {
		const {manager, lines} = startClients({port: await closedPort(), limit: 1, retries: 0});
		await manager.done;
		expect(lines).toEqual([
			'Message Failed: c1-1 given up after 1 attempt: refused | by=client-1 id=c1-1 cause=refused tries=1',
		]);
	});

	test.each(['too-long', 'bad-request'])('at once after NAK %s: another attempt could not be better', async reason => {
		const server = await serve(inTurn(naks(`${reason} really`), acks));
		const {manager, lines} = startClients({port: server.port, limit: 2, connect: 'persistent'});
		await manager.done;
		expect(server.lines).toEqual(['#c1-1 HAI IDO', '#c1-2 HAI IDO']);
		expect(manager.counts).toMatchObject({sent: 2, attempts: 2, acked: 1, failed: 1, nak: 1});
		expect(lines).toContain(
			`Message Failed: c1-1 given up after 1 attempt: NAK ${reason} | by=client-1 id=c1-1 cause=nak detail=${reason} tries=1`,
		);
	});
});

describe('connections', () => {
	test('per message: one each, closed after the ACK', async () => {
		const server = await serve(acks);
		const {manager} = startClients({port: server.port, limit: 5});
		await manager.done;
		await until(() => server.connections.open === 0);
		expect(server.connections.made).toBe(5);
		expect(manager.counts).toMatchObject({connectionsMade: 5, connectedNow: 0});
	});

	test('persistent: one for all, closed at the end', async () => {
		const server = await serve(acks);
		const {manager} = startClients({port: server.port, limit: 50, connect: 'persistent'});
		await manager.done;
		expect(server.connections).toEqual({made: 1, open: 1});
		expect(manager.counts).toMatchObject({acked: 50, connectionsMade: 1, connectedNow: 1});
		await manager.stop();
		await until(() => server.connections.open === 0);
		expect(manager.counts.connectedNow).toBe(0);
	});

	test('persistent: made anew when the server has closed it between two messages', async () => {
		const clock = createStandingClock();
		const closesEverySecond: Behaviour = ({id, socket, count}) => {
			socket.write(`#${id} ACK from Server 1\n`);
			if (count % 2 === 1) socket.end();
		};
		const server = await serve(closesEverySecond);
		const {manager} = startClients({port: server.port, limit: 6, connect: 'persistent', rate: 50, now: clock.now});
		for (let acked = 1; acked <= 6; acked++) {
			await until(() => manager.counts.acked === acked && manager.counts.connectedNow === acked % 2);
			clock.leap(20);
		}
		expect(server.connections.made).toBe(3);
		expect(manager.counts).toMatchObject({sent: 6, attempts: 6, failed: 0, connectionsMade: 3});
	});

	test('persistent: after two lines without an answer another one is tried', async () => {
		const clock = createStandingClock();
		const isSilent: Behaviour = () => clock.leap(ackTimeoutMs);
		const server = await serve(inTurn(isSilent, isSilent, acks));
		const {manager} = startClients({
			...{
				port: server.port,
				limit: 1,
				connect: 'persistent',
				ackTimeoutMs,
				now: clock.now,
				listener: clock.overBackoffs,
			},
		});
		await manager.done;
		expect(server.connections.made).toBe(2);
	});

	test('persistent: the same after answers that came twice', async () => {
		const clock = createStandingClock();
		const isSilent: Behaviour = () => clock.leap(ackTimeoutMs);
		const acksTwice: Behaviour = ({id, socket}) => void socket.write(`#${id} ACK from Server 1\n`.repeat(2));
		const server = await serve(inTurn(acksTwice, acksTwice, acksTwice, isSilent, isSilent, acks));
		const {manager} = startClients({
			...{
				port: server.port,
				limit: 4,
				connect: 'persistent',
				ackTimeoutMs,
				now: clock.now,
				listener: clock.overBackoffs,
			},
		});
		await manager.done;
		expect(server.connections.made).toBe(2);
		expect(manager.counts).toMatchObject({sent: 4, attempts: 6, acked: 4});
	});

	test('persistent: not used again after a message was given up on it', async () => {
		const clock = createStandingClock();
		const server = await serve(inTurn(() => clock.leap(ackTimeoutMs), acks));
		const {manager} = startClients({
			...{port: server.port, limit: 2, retries: 0, connect: 'persistent', ackTimeoutMs, now: clock.now},
		});
		await manager.done;
		expect(server.connections.made).toBe(2);
		expect(manager.counts).toMatchObject({sent: 2, acked: 1, failed: 1, connectionsMade: 2, connectedNow: 1});
	});
});

describe('a late ACK', () => {
	test('counts while the client waits to try again', async () => {
		const clock = createStandingClock();
		let answer = () => {};
		const isSlow: Behaviour = given => {
			answer = () => acks(given);
			clock.leap(ackTimeoutMs);
		};
		const server = await serve(inTurn(isSlow, acks));
		const {manager} = startClients({port: server.port, limit: 2, connect: 'persistent', ackTimeoutMs, now: clock.now});
		await until(() => manager.counts.retriesByCause.timeout === 1);
		answer();
		await manager.done;
		expect(manager.counts).toMatchObject({sent: 2, attempts: 2, acked: 2, failed: 0});
		expect(server.connections.made).toBe(1);
	});

	test('of a message that is done already is not taken for the next one', async () => {
		const clock = createStandingClock();
		const acksTheFirst: Behaviour = ({socket}) => {
			socket.write('#c1-1 ACK from Server 1\n');
			afterTurns(20, () => clock.leap(ackTimeoutMs));
		};
		const server = await serve(inTurn(acks, acksTheFirst, acks));
		const {manager} = startClients({
			...{
				port: server.port,
				limit: 2,
				connect: 'persistent',
				ackTimeoutMs,
				now: clock.now,
				listener: clock.overBackoffs,
			},
		});
		await manager.done;
		expect(server.lines).toEqual(['#c1-1 HAI IDO', '#c1-2 HAI IDO', '#c1-2 HAI IDO']);
		expect(manager.counts).toMatchObject({acked: 2, retried: 1, retriesByCause: {timeout: 1}});
	});

	test('without an ID is not taken for the next one either', async () => {
		const clock = createStandingClock();
		const isSilent: Behaviour = () => clock.leap(ackTimeoutMs);
		const acksTwice: Behaviour = given => {
			acksWithoutId(given);
			// The first attempt's answer, late.
			afterTurns(20, () => acksWithoutId(given));
		};
		const isSilentForLong: Behaviour = () => afterTurns(60, () => clock.leap(ackTimeoutMs));
		const server = await serve(inTurn(isSilent, acksTwice, isSilentForLong, acksWithoutId));
		const {manager} = startClients({
			...{
				port: server.port,
				limit: 2,
				connect: 'persistent',
				ackTimeoutMs,
				now: clock.now,
				listener: clock.overBackoffs,
			},
		});
		await manager.done;
		expect(server.lines).toEqual(['#c1-1 HAI IDO', '#c1-1 HAI IDO', '#c1-2 HAI IDO', '#c1-2 HAI IDO']);
		expect(manager.counts).toMatchObject({acked: 2, failed: 0});
	});
});

describe('answers as they come', () => {
	test.each([
		['byte by byte', '#ID ACK from Server 1\n', 'Server 1'],
		['byte by byte, with a carriage return', '#ID ACK from Server 1\r\n', 'Server 1'],
		['byte by byte, beyond ASCII', '#ID ACK from Größe 服务器\n', 'Größe 服务器'],
		['after nonsense', 'HTTP/1.1 400 Bad Request\n\nPONG from X\n#ID ACK from Server 1\n', 'Server 1'],
		['without an ID', 'ACK from Server 1\n', 'Server 1'],
		['as after a prototype', '#ID ACK from __proto__\n', '__proto__'],
	])('%s', async (_, reply, name) => {
		const server = await serve(answersByteByByte(reply));
		const {manager} = startClients({port: server.port, limit: 2, connect: 'persistent'});
		await manager.done;
		expect(server.lines).toHaveLength(2);
		expect(Object.entries(manager.tick().ackedBy)).toEqual([[name, 2]]);
	});

	test('what is neither ACK nor NAK is told, once, without what could move a terminal', async () => {
		const server = await serve(
			({id, socket}) => void socket.write(`OK \x1b[2J ${'x'.repeat(80)}\n#${id} ACK from A\n`),
		);
		const said: string[] = [];
		const {manager} = startClients({port: server.port, limit: 3, note: text => said.push(text)});
		await manager.done;
		expect(said.filter(text => text.includes('neither ACK nor NAK'))).toEqual([
			`'OK \\x1b[2J ${'x'.repeat(52)}...' came as an answer and is neither ACK nor NAK: its message is sent again; a server says '#ID ACK from NAME'`,
		]);
	});

	test('a last line ended by FIN counts', async () => {
		const server = await serve(({id, socket}) => void socket.end(`#${id} ACK from Server 1`));
		const {manager} = startClients({port: server.port, limit: 3});
		await manager.done;
		expect(manager.counts).toMatchObject({acked: 3, attempts: 3});
	});

	test.each([
		['a line without end', 'garbage'.repeat(20_000)],
		['line after line of nonsense', 'garbage\n'.repeat(150)],
	])('%s closes the connection', async (_, garbage) => {
		const server = await serve(inTurn(({socket}) => void socket.write(garbage), acks));
		const {manager, lines} = startClients({port: server.port, limit: 1, connect: 'persistent'});
		await manager.done;
		expect(manager.counts).toMatchObject({acked: 1, connectionsMade: 2, retriesByCause: {closed: 1, timeout: 0}});
		expect(lines.find(line => line.startsWith('Retry'))).toContain('cause=closed');
		await until(() => server.connections.open === 1);
	});

	test('a server of ever new names does not grow the books without end', async () => {
		const server = await serve(
			({id, socket, count}) => void socket.write(`#${id} ACK from ${count} ${'x'.repeat(5000)}\n`),
		);
		const {manager} = startClients({port: server.port, limit: 200, connect: 'persistent'});
		await manager.done;
		const {ackedBy} = manager.tick();
		expect(Object.keys(ackedBy)).toHaveLength(65);
		expect(Object.keys(ackedBy).every(name => name.length <= 128)).toBe(true);
		expect(ackedBy.others).toBe(136);
	});
});
