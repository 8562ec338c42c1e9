import {expect, test} from 'vitest';
import {until} from '../support/until.ts';
import {acks, type Behaviour, inTurn, naks, neverAnswers} from './scripted-server.ts';
import {createStandingClock, serve, startClients} from './support.ts';

test('the lines of two messages, in order, the second tried twice', async () => {
	const server = await serve(inTurn(acks, naks('busy 10 wait'), acks));
	const {manager, withoutTimes} = startClients({
		port: server.port,
		limit: 2,
		messages: ['HAI IDO', 'a | b \u200b\u001b[2J'],
		firstClient: 7,
	});
	await manager.done;
	const lines = withoutTimes();
	const wait = / wait=(\d+)$/.exec(lines[5]!)?.[1];
	expect(Number(wait)).toBeLessThan(200);
	const strange = 'a \\| b \\u{200b}\\x1b[2J';
	expect(lines).toEqual([
		'Connection: Client connected | by=client-7 ms=T',
		'Message Sent: HAI IDO | by=client-7 id=c7-1 try=1',
		'Message Received: ACK from Server 1 | by=client-7 id=c7-1 ms=T try=1',
		'Connection: Client connected | by=client-7 ms=T',
		`Message Sent: ${strange} | by=client-7 id=c7-2 try=1`,
		`Retry: c7-2 after NAK busy, again in ${wait} ms | by=client-7 id=c7-2 cause=nak detail=busy try=2 wait=${wait}`,
		'Connection: Client connected | by=client-7 ms=T',
		`Message Sent: ${strange} | by=client-7 id=c7-2 try=2`,
		'Message Received: ACK from Server 1 | by=client-7 id=c7-2 ms=T try=2',
	]);
});

test('a strange name or reason cannot end a line or move a terminal', async () => {
	const server = await serve(
		inTurn(naks('\u001b[2J\u2028x'), ({id, socket}) => void socket.write(`#${id} ACK from a\u001b | by=x\n`)),
	);
	const {manager, lines} = startClients({port: server.port, limit: 1});
	await manager.done;
	expect(lines.at(-1)).toMatch(
		/^Message Received: ACK from a\\x1b \\\| by=x \| by=client-1 id=c1-1 ms=\d+\.\d\d try=2$/,
	);
	expect(lines.find(line => line.startsWith('Retry'))).toContain('after NAK \\x1b[2J\\u{2028}x, again');
});

test('a message is written down before it is on the wire', async () => {
	const flushed: string[] = [];
	const late: string[] = [];
	const checks: Behaviour = given => {
		if (!flushed.some(line => line.startsWith('Message Sent') && line.includes(` id=${given.id} `)))
			late.push(given.id);
		acks(given);
	};
	const server = await serve(checks);
	const {manager} = startClients({
		...{port: server.port, count: 20, limit: 400, connect: 'persistent'},
		onFlush: lines => {
			flushed.push(...lines.slice(flushed.length));
		},
	});
	await manager.done;
	expect(late).toEqual([]);
});

test.each([
	['clients', 3],
	['off', 0],
] as const)('detail %s leaves %d lines of a message, and the two lines a second', async (detail, count) => {
	const server = await serve(acks);
	const {manager, lines} = startClients({port: server.port, limit: 1, detail});
	await manager.done;
	expect(lines).toHaveLength(count);
	for (let ticks = 0; ticks < 10; ticks++) manager.tick();
	const [throughput, latency] = lines.slice(count);
	expect(throughput).toMatch(
		/^Throughput: (\d+\.\d) ACKs\/s \| by=clients sent=1 acked=1 failed=0 in-flight=0 retried=0 per-second=\1$/,
	);
	expect(latency).toMatch(
		/^Latency: p50 [\d.]+ (µs|ms) p99 [\d.]+ (µs|ms) \| by=clients p50=([\d.]+) p75=\3 p90=\3 p95=\3 p99=\3 p99.9=\3 max=\3 count=1$/,
	);
	expect(lines).toHaveLength(count + 2);
});

test('a second without an ACK says so', async () => {
	const server = await serve(neverAnswers);
	const clock = createStandingClock();
	const {manager, lines} = startClients({port: server.port, limit: 1, retries: 0, detail: 'off', now: clock.now});
	await until(() => server.lines.length === 1);
	clock.leap(1000);
	for (let ticks = 0; ticks < 10; ticks++) manager.tick();
	expect(lines).toEqual([
		'Throughput: 0.0 ACKs/s | by=clients sent=1 acked=0 failed=0 in-flight=1 retried=0 per-second=0.0',
		'Latency: no ACK in this second | by=clients count=0',
	]);
	clock.leap(20_000);
	await manager.done;
});
