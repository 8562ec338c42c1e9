/**
 * The transport on Node's handles: what its sockets are made of, without the sockets. It is faster because all
 * connections read into one buffer, because a write that the system takes at once is nothing but the system call, and
 * because an accepted connection costs two objects.
 */

import {createServer, isIP} from 'node:net';
import {listenOn, netTransport, timedOut} from '../net-transport.ts';
import type {Handlers, Transport} from '../transport.ts';
import {type Bindings, errorOf, type Handle} from './bindings.ts';
import {handleConnections} from './handle-connection.ts';

/** What `listen` needs of a server of Node's: the place where accepted handles come out. */
type HandleServer = {_handle?: {onconnection?: (status: number, handle: Handle) => void} | null};

export function createHandleTransport(bindings: Bindings): Transport {
	const {TCP, TCPConnectWrap, constants} = bindings;
	const connectionOn = handleConnections(bindings);
	return {
		listen: async ({isPaused, readsShort, ...address}, accepted, handlers) => {
			const server = createServer();
			const listener = await listenOn(server, address);
			const {_handle: listening} = server as HandleServer;
			if (typeof listening?.onconnection !== 'function') {
				listener.close();
				throw new Error('a server of this Node has no handle');
			}
			listening.onconnection = (status, handle) => {
				// Too many open files, or a client gone before it was accepted: its bad luck, the next may have better.
				if (status !== 0) return;
				const connection = connectionOn({handle, handlers, reads: readsShort ? 'short' : 'usual'});
				if (isPaused) connection.pause();
				connection.owner = accepted(connection);
				connection.connected();
			};
			return listener;
		},
		connect: (options, handlers) => {
			const {host, port, timeoutMs, isFleeting, readsShort} = options;
			const reads = isFleeting ? 'fleeting' : readsShort ? 'short' : 'usual';
			const family = isIP(host);
			// A name has to be looked up and its addresses tried in turn: Node's sockets know how.
			if (family === 0) return netTransport.connect(options, handlers);
			const handle = new TCP(constants.SOCKET);
			const adapted: Handlers<undefined> = {
				received: (_, bytes) => handlers.received(bytes),
				ended: () => handlers.ended(),
				failed: (_, error) => handlers.failed(error),
			};
			const connection = connectionOn({handle, handlers: adapted, reads});
			const timer = setTimeout(() => connection.fail(timedOut()), timeoutMs);
			const request = new TCPConnectWrap();
			request.oncomplete = status => {
				clearTimeout(timer);
				if (!connection.isOpen) return;
				if (status !== 0) return connection.fail(errorOf(status, 'connect'));
				handle.setNoDelay(true);
				connection.connected();
				handlers.connected?.();
			};
			const error = family === 6 ? handle.connect6(request, host, port) : handle.connect(request, host, port);
			if (error !== 0) process.nextTick(request.oncomplete, error);
			return connection;
		},
	};
}
