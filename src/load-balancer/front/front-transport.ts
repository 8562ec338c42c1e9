/**
 * What stands before a client's first byte: a PROXY header that names it, a TLS handshake, both, in this order. Built on
 * Node's public sockets; where neither is asked for, the transport is left as it is.
 */

import {createServer, type Socket} from 'node:net';
import {attachSocket, listenOn} from '../net-transport.ts';
import type {FrontSettings, Limits} from '../settings.ts';
import type {Strike} from '../strikes.ts';
import type {Transport} from '../transport.ts';
import {acceptProxyHeader} from './accept-proxy-header.ts';

type FrontParts = {
	transport: Transport;
	front: FrontSettings;
	limits: Pick<Limits, 'proxyMs' | 'handshakeMs'>;
	/** A client was turned away. */
	tell(strike: Strike): void;
};

/** Rejects with a message for people when the TLS files are of no use. */
export async function createFrontTransport({transport, front, limits, tell}: FrontParts): Promise<Transport> {
	const {acceptProxy, tls} = front;
	if (!acceptProxy && !tls) return transport;
	const openTls = tls && (await loadTlsDoor())(tls, limits.handshakeMs, tell);

	return {
		connect: transport.connect,
		listen: ({host, port, isPaused}, accepted, handlers) => {
			const enter = (socket: Socket) => {
				attachSocket(socket, accepted, handlers);
				if (!isPaused) socket.resume();
			};
			const unwrap = openTls ? (socket: Socket) => openTls(socket, enter) : enter;
			const server = createServer({allowHalfOpen: true, pauseOnConnect: true}, socket => {
				if (acceptProxy) acceptProxyHeader(socket, {timeoutMs: limits.proxyMs, tell, entered: () => unwrap(socket)});
				else unwrap(socket);
			});
			return listenOn(server, {host, port});
		},
	};
}

/** Only when it is asked for: Node's TLS takes two megabytes. */
async function loadTlsDoor() {
	return (await import('./tls-door.ts')).createTlsDoor;
}
