import {createHash} from 'node:crypto';
import {connect, type Socket} from 'node:net';
import {getDefaultHighWaterMark} from 'node:stream';
import {afterEach, describe, expect, it} from 'vitest';
import {type Connection, shortReadBytes, type Transport} from '../../src/load-balancer/transport.ts';
import {chooseTransport} from '../../src/load-balancer/transports.ts';
import {until} from '../support/until.ts';
import {startBalancer, type TestBalancer} from './support/balancer.ts';
import {connectTo, exchange} from './support/clients.ts';
import {startSayingServer} from './support/plain-tcp.ts';

let balancer: TestBalancer;
afterEach(() => balancer.end());

/** The transport under test, and every connection that the balancer has had on it. */
async function watched(): Promise<Transport & {connections: Connection[]}> {
	const {transport} = await chooseTransport(process.env.LBTOP_TRANSPORT === 'public' ? 'public' : 'fast');
	const connections: Connection[] = [];
	const keep = <C extends Connection>(connection: C) => {
		connections.push(connection);
		return connection;
	};
	return {
		connections,
		listen: (options, accepted, handlers) => transport.listen(options, client => accepted(keep(client)), handlers),
		connect: (options, handlers) => keep(transport.connect(options, handlers)),
	};
}

/** What a connection costs beyond the system's own buffers: not taken yet, or (Node's sockets alone) read ahead. */
const heldBy = (connection: Connection) => ({
	unsent: connection.writableLength,
	readAhead: (connection as Partial<Socket>).readableLength ?? 0,
});

const block = Buffer.alloc(1 << 20, 'as much as there is');

/** Says as much as is taken; gives how many bytes the system has taken so far. */
const flood = (socket: Socket) => {
	const go = () => {
		while (!socket.destroyed && socket.write(block));
	};
	socket.on('error', () => {}).on('drain', go);
	go();
	return () => socket.bytesWritten - socket.writableLength;
};

describe('a peer that does not read', () => {
	const count = 20;

	it.each(['client', 'server'] as const)('costs one read at the most and slows nobody: %s', async stuck => {
		const taken: (() => number)[] = [];
		const server = await startSayingServer((socket, first) => {
			if (!String(first).startsWith('big')) socket.end(first);
			else if (stuck === 'client') taken.push(flood(socket));
			else socket.pause();
		});
		const transport = await watched();
		balancer = await startBalancer([server], {settings: {mode: 'connection'}, transport});
		for (let i = 0; i < count; i++) {
			const {socket} = await connectTo(balancer.port);
			if (stuck === 'client') socket.pause();
			socket.write('big\n');
			if (stuck === 'server') taken.push(flood(socket));
		}
		const total = () => taken.reduce((sum, bytes) => sum + bytes(), 0);
		let [last, since] = [-1, performance.now()];
		await until(
			() => {
				const now = taken.length < count ? -1 : total();
				if (now !== last || now < 0) [last, since] = [now, performance.now()];
				return performance.now() - since > 300;
			},
			{ms: 25_000, what: () => `everybody is stuck: ${last} bytes taken`},
		);
		expect(total()).toBeGreaterThan(count * shortReadBytes);
		expect(balancer.tick().clientConnections).toBe(count);
		const held = transport.connections.map(heldBy);
		expect(held.filter(({unsent}) => unsent > 0).length).toBeGreaterThan(0);
		expect(Math.max(...held.map(({unsent}) => unsent))).toBeLessThanOrEqual(shortReadBytes);
		// The public transport cannot stop Node from reading once more while it has read less than a stream's bound.
		const mostAhead = process.env.LBTOP_TRANSPORT === 'public' ? getDefaultHighWaterMark(false) + shortReadBytes : 0;
		expect(Math.max(...held.map(({readAhead}) => readAhead))).toBeLessThanOrEqual(mostAhead);
		for (let i = 0; i < 20; i++) expect(await exchange(balancer.port, 'small')).toBe('small');
	});
});

describe('a big transfer', () => {
	it('of 200 MB passes byte for byte, at the pace of a slow reader', async () => {
		const size = 200;
		const sent = createHash('sha256');
		const server = await startSayingServer(socket => {
			let part = 0;
			const go = () => {
				while (part < size) {
					const bytes = Buffer.alloc(1_000_000, `part ${part++} `);
					sent.update(bytes);
					if (!socket.write(bytes)) return;
				}
				socket.end();
			};
			socket.on('drain', go);
			go();
		});
		const transport = await watched();
		balancer = await startBalancer([server], {settings: {mode: 'connection'}, transport});
		const client = connect({host: '127.0.0.1', port: balancer.port});
		const received = createHash('sha256');
		let bytes = 0;
		let most = 0;
		client.on('data', data => {
			received.update(data);
			bytes += data.length;
			most = Math.max(most, ...transport.connections.map(connection => connection.writableLength));
			// Now and then it has something else to do.
			if (bytes % 7 === 0) {
				client.pause();
				setImmediate(() => client.resume());
			}
		});
		client.write('go');
		await until(() => client.readableEnded, {ms: 28_000, what: () => `${bytes} bytes`});
		expect(bytes).toBe(size * 1_000_000);
		expect(received.digest('hex')).toBe(sent.digest('hex'));
		expect(most).toBeLessThanOrEqual(shortReadBytes);
		client.destroy();
	});
});
