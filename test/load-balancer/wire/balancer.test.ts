import path from 'node:path';
import {connect as connectTls} from 'node:tls';
import {afterEach, describe, expect, it} from 'vitest';
import {type Fault, readFault} from '../../../src/domain/fault.ts';
import {now} from '../../../src/part.ts';
import {until} from '../../support/until.ts';
import {startBalancer, type TestBalancer, untilIdle} from '../support/balancer.ts';
import {connectTo, exchange} from '../support/clients.ts';
import {startServer} from '../support/servers.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

const begin = (id: number, text: string, server?: string) =>
	balancer.command({type: 'fault', id, fault: readFault(text) as Fault, ...(server ? {server} : {})});
const end = (id: number) => balancer.command({type: 'end-fault', id});

/** Asks, and gives the answer and how long it took. */
async function ask(line: string) {
	const since = now();
	const answer = await exchange(balancer.port, `${line}\n`);
	return {answer, ms: now() - since};
}

describe.each([
	['message', true],
	['message', false],
	['connection', false],
] as const)('faults of wires in %s mode, trunk: %s', (mode, speaksTrunk) => {
	it('delay the way to a server, begin and end by command, and say so', async () => {
		const server = await startServer('Server 1', {speaksTrunk, isOneShot: mode === 'connection'});
		balancer = await startBalancer([server], {settings: {mode}});
		expect((await ask('#a x')).answer).toMatch(/^#a ACK/);
		begin(1, 'latency 150ms direction=both', 'Server 1');
		const slow = await ask('#b x');
		expect(slow.answer).toMatch(/^#b ACK/);
		expect(slow.ms).toBeGreaterThanOrEqual(300);
		end(1);
		expect((await ask('#c x')).answer).toMatch(/^#c ACK/);
		end(1);
		expect(balancer.events.filter(({type}) => type.startsWith('fault'))).toEqual([
			{type: 'fault-began', id: 1},
			{type: 'fault-ended', id: 1},
		]);
	});

	it('delay the way to the clients', async () => {
		const server = await startServer('Server 1', {speaksTrunk, isOneShot: mode === 'connection'});
		balancer = await startBalancer([server], {settings: {mode}});
		begin(1, 'latency 150ms');
		const slow = await ask('#b x');
		expect(slow.answer).toMatch(/^#b ACK/);
		expect(slow.ms).toBeGreaterThanOrEqual(150);
	});

	it('are found by the checks, and their end too', async () => {
		const servers = await Promise.all(['Server 1', 'Server 2'].map(name => startServer(name, {speaksTrunk})));
		balancer = await startBalancer(servers, {settings: {mode}, health: {timeoutMs: 100}});
		begin(1, 'timeout 0ms', 'Server 1');
		await until(() => balancer.route('Server 1') === 'DOWN');
		end(1);
		await until(() => balancer.route('Server 1') === 'UP');
		begin(2, 'down', 'Server 2');
		await until(() => balancer.route('Server 2') === 'DOWN');
		expect(balancer.route('Server 1')).toBe('UP');
		end(2);
		await until(() => balancer.route('Server 2') === 'UP');
	});
});

it('gives what a wire held to the other server when the wire is reset, and loses nothing', async () => {
	const servers = await Promise.all(['Server 1', 'Server 2'].map(name => startServer(name)));
	balancer = await startBalancer(servers);
	begin(1, 'timeout 0ms direction=upstream', 'Server 1');
	const client = await connectTo(balancer.port);
	for (let i = 0; i < 20; i++) client.send(`#m${i} x\n`);
	await until(() => servers[1]!.asked.length > 0);
	begin(2, 'reset-peer 0ms', 'Server 1');
	const lines = await client.receives(20);
	expect(new Set(lines.map(line => line.split(' ').slice(0, 4).join(' '))).size).toBe(20);
	expect(lines.every(line => / ACK from Server 2/.test(line))).toBe(true);
	end(2);
	end(1);
	await untilIdle(balancer);
	expect(servers[0]!.asked).toEqual([]);
});

it('breaks clients that come by TLS, behind their handshake', async () => {
	const fixture = (name: string) => path.join(import.meta.dirname, '../fixtures', name);
	const tls = {certificate: fixture('localhost-certificate.pem'), key: fixture('localhost-key.pem')};
	balancer = await startBalancer([await startServer('Server 1')], {settings: {front: {acceptProxy: false, tls}}});
	const socket = connectTls({host: '127.0.0.1', port: balancer.port, rejectUnauthorized: false});
	let heard = '';
	let isClosed = false;
	socket.on('data', bytes => {
		heard += bytes.toString('latin1');
	});
	socket
		.on('error', () => {})
		.on('close', () => {
			isClosed = true;
		});
	begin(1, 'latency 150ms');
	const since = now();
	socket.write('#a x\n');
	await until(() => heard.startsWith('#a ACK'));
	expect(now() - since).toBeGreaterThanOrEqual(150);
	begin(2, 'reset-peer 0ms');
	await until(() => isClosed);
	expect(balancer.tick().clientConnections).toBe(0);
});

it('says when a fault is none of a wire', async () => {
	balancer = await startBalancer([await startServer('Server 1')]);
	begin(1, 'no-ack', 'Server 1');
	expect(balancer.events.at(-1)).toEqual({type: 'noted', text: "a wire has no fault 'no-ack'"});
});
