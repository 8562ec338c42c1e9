/** Servers for connection mode, which answer checks like any other, and a transport whose servers can become unreachable. */

import type {Socket} from 'node:net';
import {netTransport} from '../../../src/load-balancer/net-transport.ts';
import type {Transport} from '../../../src/load-balancer/transport.ts';
import {startRawServer, type TestServer} from './servers.ts';

/** A connection that says anything but a PING is given to `serve`, with its first bytes. */
export function startSayingServer(
	serve: (socket: Socket, first: Buffer) => void,
	name = 'Server 1',
): Promise<TestServer> {
	return startRawServer(name, socket => {
		socket.once('data', data => {
			if (String(data) === 'PING\n') socket.end('PONG\n');
			else serve(socket, data as Buffer);
		});
	});
}

/** Sends everything back, and shuts down its side when the client has. */
export function startEcho(name: string): Promise<TestServer> {
	return startRawServer(name, socket => void socket.pipe(socket));
}

/** The usual transport, until some connections are never made: as when a server's host is gone. */
export function unreachable(): Transport & {block(which: 'first' | 'all'): void} {
	let blocked: 'none' | 'first' | 'all' = 'none';
	return {
		listen: netTransport.listen,
		connect: (options, handlers) => {
			const isBlocked = blocked !== 'none';
			if (blocked === 'first') blocked = 'none';
			if (!isBlocked) return netTransport.connect(options, handlers);
			const connection = netTransport.connect(options, {received: () => {}, ended: () => {}, failed: () => {}});
			connection.destroy();
			setTimeout(() => handlers.failed(Object.assign(new Error('timed out'), {code: 'ETIMEDOUT'})), options.timeoutMs);
			return connection;
		},
		block: which => {
			blocked = which;
		},
	};
}
