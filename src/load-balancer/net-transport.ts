import {connect, createServer, type Server, Socket} from 'node:net';
import {formatAddress} from '../domain/server-spec.ts';
import {errorWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import type {ConnectHandlers, Connection, Handlers, Listener, Transport} from './transport.ts';

/** As many clients as may wait for `accept` at once; the system may set a lower bound. */
const backlog = 4096;

/**
 * The transport on Node's public API. What is left out here is left out for speed: nothing is set on an accepted
 * connection, no timer watches it, and `allowHalfOpen` spares a `shutdown` where `destroy` follows.
 */
export const netTransport: Transport = {
	listen: ({isPaused, ...address}, accepted, handlers) => {
		steadySocketOptions();
		const server = createServer({allowHalfOpen: true, pauseOnConnect: isPaused}, socket =>
			attachSocket(socket, accepted, handlers),
		);
		return listenOn(server, address);
	},
	connect: ({host, port, timeoutMs, isFleeting}, handlers) => {
		const onread = isFleeting ? {onread: {buffer: fleeting, callback: receiveFleeting(handlers)}} : {};
		const socket = connect({host, port, allowHalfOpen: true, noDelay: true, ...onread});
		const timer = setTimeout(() => socket.destroy(timedOut()), timeoutMs);
		socket.once('connect', () => {
			clearTimeout(timer);
			handlers.connected?.();
		});
		socket.once('close', () => clearTimeout(timer));
		if (!isFleeting) socket.on('data', bytes => handlers.received(bytes));
		socket.on('end', () => handlers.ended());
		socket.on('error', error => handlers.failed(error));
		return socket;
	},
};

/** Lets what happens on an accepted socket be heard by its owner. */
export function attachSocket<Owner>(
	socket: Socket,
	accepted: (connection: Connection) => Owner,
	handlers: Handlers<Owner>,
) {
	const owner = accepted(socket);
	socket.on('data', bytes => handlers.received(owner, bytes));
	socket.on('end', () => handlers.ended(owner));
	socket.on('error', error => handlers.failed(owner, error));
}

/** Settles when the server listens; rejects with a message for people when it cannot. */
export function listenOn(server: Server, {host, port}: {host: string; port: number}): Promise<Listener> {
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
		server.listen({host, port, backlog}, () => resolve(toListener(server)));
	});
}

/**
 * Makes accepting a third cheaper on Node 20. Each socket copies its options, `{...options}`, and adds to them. V8 11
 * gives every such copy a hidden class of its own as long as the copying code has seen few kinds of options, and every
 * look at one of them then misses V8's caches, some 30 times a connection. Once it has seen many kinds it does not.
 */
function steadySocketOptions() {
	// The first rounds only make V8 begin to watch that code.
	for (let round = 0; round < 20; round++) {
		for (const kind of ['a', 'b', 'c', 'd', 'e', 'f']) new Socket({[kind]: 0} as object);
	}
}

/** All connections whose bytes are not kept read into this one. */
const fleeting = Buffer.allocUnsafeSlow(256 * 1024);

function receiveFleeting(handlers: ConnectHandlers) {
	return (length: number) => {
		handlers.received(fleeting.subarray(0, length));
		return true;
	};
}

function toListener(server: Server): Listener {
	server.removeAllListeners('error');
	// Too many open files, or a client gone before it was accepted: one client's bad luck, the next may have better.
	server.on('error', () => {});
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : 0,
		close: () => void server.close(),
	};
}

/** An error as the kernel has it, for a connection that was given up sooner. */
export function timedOut(): NodeJS.ErrnoException {
	return Object.assign(new Error(phrase('connection timed out')), {code: 'ETIMEDOUT'});
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
	const why: Record<string, string> = {
		EADDRINUSE: phrase('the port is taken; choose another with --port or end the program that has it'),
		EACCES: phrase('that port needs more rights; choose one above 1023 with --port'),
		EADDRNOTAVAIL: phrase('this machine has no such address; choose another with --host'),
	};
	const message = phrase('could not listen on {address}: {why}', {
		...{address: formatAddress({host, port}), why: why[error.code ?? ''] ?? errorWords(error)},
	});
	return Object.assign(new Error(message), {code: error.code ?? 'UNKNOWN'});
}
