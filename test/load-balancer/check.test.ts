import type {Socket} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {type Finding, startCheck} from '../../src/load-balancer/check.ts';
import {systemClock} from '../../src/load-balancer/clock.ts';
import type {CheckQuestion} from '../../src/load-balancer/health-settings.ts';
import {netTransport} from '../../src/load-balancer/net-transport.ts';
import {now} from '../../src/part.ts';
import {freePort, startRawServer, type TestServer} from './support/servers.ts';
import {silentTransport} from './support/silent-transport.ts';
import {virtualClock} from './support/virtual-clock.ts';

let server: TestServer | undefined;
afterEach(async () => {
	await server?.kill();
	server = undefined;
});

const ping: CheckQuestion = {type: 'exchange', send: 'PING\n', expect: null};
const expecting = (expect: string, send = 'STATUS\r\n'): CheckQuestion => ({type: 'exchange', send, expect});

/** Checks a server that is made of one function. */
async function check(question: CheckQuestion, serve: (socket: Socket) => void, timeoutMs = 5000): Promise<Finding> {
	server = await startRawServer('Server 1', serve);
	const {host, port} = server;
	return new Promise(found =>
		startCheck({host, port, timeoutMs, question, transport: netTransport, clock: systemClock(now)}, found),
	);
}

const says =
	(answer: string) =>
	(socket: Socket): void =>
		void socket.once('data', () => socket.write(answer, 'latin1'));

const ends = (socket: Socket, text = ''): void => void socket.end(text);
const greets = (socket: Socket): void => void socket.write('220 hi\r\n');

describe('a check', () => {
	it.each([
		['any line', ping, says('hello\n'), 'L7OK', 'answered its check'],
		['a line without an end, and FIN', ping, (socket: Socket) => ends(socket, 'hello'), 'L7OK', 'answered its check'],
		['what was expected', expecting('role:master'), says('# x\r\nrole:master\r\n'), 'L7OK', 'answered its check'],
		['a greeting, unasked', expecting('220 ', ''), (socket: Socket) => greets(socket), 'L7OK', 'answered its check'],
		['bytes that are no text', expecting('\x00\xff', '\x01'), says('\x07\x00\xff'), 'L7OK', 'answered its check'],
		[
			'something else, and FIN',
			expecting('PONG'),
			(socket: Socket) => ends(socket, 'no \x1b[2J\n'),
			'L7RSP',
			'answered its check otherwise: no \\x1b[2J',
		],
		['FIN', ping, (socket: Socket) => ends(socket), 'L7RSP', 'connection closed without an answer'],
		['no end of a line', ping, says('x'.repeat(5000)), 'L7RSP', 'its answer to a check has no end'],
		[
			'no end of something else',
			expecting('PONG'),
			says('x'.repeat(6000)),
			'L7RSP',
			`answered its check otherwise: ${'x'.repeat(40)} …`,
		],
	] as const)('of a server that says %s', async (_, question, serve, status, text) => {
		expect(await check(question, serve)).toMatchObject({status, text, isWell: status === 'L7OK', speaksTrunk: false});
	});

	it('reads a half of the answer and then the other', async () => {
		const halves = (socket: Socket) => {
			socket.write('PO');
			setTimeout(() => socket.write('NG'), 20);
		};
		expect(await check(expecting('PONG'), halves)).toMatchObject({status: 'L7OK'});
	});

	it('of a server that is reset while it is asked', async () => {
		const finding = await check(ping, socket => void socket.once('data', () => socket.resetAndDestroy()));
		expect(finding).toMatchObject({status: 'L7RSP', text: 'connection reset'});
	});

	it('that only connects says nothing', async () => {
		let heard = '';
		const finding = await check({type: 'connect'}, socket =>
			socket.on('data', data => {
				heard += data;
			}),
		);
		expect(finding).toMatchObject({status: 'L4OK', isWell: true, speaksTrunk: false});
		expect(finding.ms).toBeGreaterThan(0);
		expect(heard).toBe('');
	});

	it('hears whether the trunk is spoken', async () => {
		expect(await check(ping, says('PONG from A trunk/1\n'))).toMatchObject({speaksTrunk: true});
	});

	it('of a server that answers neither yes nor no ends in time', async () => {
		const silent = await check(ping, () => {}, 100);
		expect(silent).toMatchObject({status: 'L7TOUT', text: 'no answer to its check', isWell: false});
		expect(silent.ms).toBeGreaterThanOrEqual(99);
		await server!.kill();
		const other = await check(expecting('PONG'), says('no\n'), 100);
		expect(other).toMatchObject({status: 'L7RSP', text: 'answered its check otherwise: no'});
		await server!.kill();
		const unended = await check(ping, says('PONG'), 100);
		expect(unended).toMatchObject({status: 'L7RSP', text: 'answered its check without a newline: PONG'});
	});

	it('of a server that refuses', async () => {
		const port = await freePort();
		const finding = await new Promise<Finding>(found =>
			startCheck(
				{host: '127.0.0.1', port, timeoutMs: 5000, question: ping, transport: netTransport, clock: systemClock(now)},
				found,
			),
		);
		expect(finding).toMatchObject({status: 'L4CON', text: 'connection refused'});
	});

	const withoutSockets = () => {
		const clock = virtualClock();
		const {transport, attempts} = silentTransport();
		const found: Finding[] = [];
		const cancel = startCheck(
			{host: 'h', port: 1, timeoutMs: 500, question: ping, transport, clock},
			finding => void found.push(finding),
		);
		return {clock, attempt: attempts[0]!, found, cancel};
	};

	it('of a server that does not even accept', () => {
		const {clock, found, attempt} = withoutSockets();
		clock.pass(499);
		expect(found).toEqual([]);
		clock.pass(1);
		expect(found).toMatchObject([{status: 'L4TOUT', ms: 500, text: 'connection timed out'}]);
		expect(attempt.isDestroyed).toBe(true);
	});

	it('hears what came while this process had no time for it', () => {
		const {clock, found, attempt} = withoutSockets();
		clock.after(500, () => attempt.handlers.received(Buffer.from('PONG\n')));
		clock.pass(60_000);
		expect(found).toMatchObject([{status: 'L7OK'}]);
	});

	it('that could not be made for want of something here is no word about the server', () => {
		const {found, attempt} = withoutSockets();
		attempt.handlers.failed(Object.assign(new Error('too many open files'), {code: 'EMFILE'}));
		expect(found).toMatchObject([{status: 'SOCKERR'}]);
	});

	it('that is cancelled, or over, finds nothing more', () => {
		const {clock, found, attempt, cancel} = withoutSockets();
		cancel();
		attempt.handlers.received(Buffer.from('PONG\n'));
		attempt.handlers.ended();
		clock.pass(1000);
		expect(found).toEqual([]);
		expect(clock.pending).toBe(0);
	});
});
