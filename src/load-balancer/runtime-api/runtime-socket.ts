/** The unix socket of the runtime API: who may open it, how many, how long, and how much waits for a slow reader. */

import {createServer, type Socket} from 'node:net';
import {listenPrivately} from '../../private-socket.ts';
import {type Answerer, createConversation} from './conversation.ts';

/** `close` may be called twice, also while the process ends. */
export type RuntimeSocket = {readonly path: string; close(): void};

const maxConnections = 32;

/** A peer with this much unread gets no further answer until it has read. */
const mostUnread = 256 * 1024;

/** Opens it for this user alone. Rejects with a sentence when the path is another's or cannot be. */
export async function openRuntimeSocket(path: string, answer: Answerer): Promise<RuntimeSocket> {
	const sockets = new Set<Socket>();
	const server = createServer({allowHalfOpen: true}, socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		serve(socket, answer);
	});
	server.maxConnections = maxConnections;
	const remove = await listenPrivately(server, path);
	return {
		path,
		close: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
			remove();
		},
	};
}

function serve(socket: Socket, answer: Answerer) {
	const conversation = createConversation(answer);
	const pump = () => {
		while (conversation.isAsked && socket.writableLength < mostUnread) socket.write(conversation.next());
		socket.setTimeout(conversation.timeoutMs);
		if (conversation.isOver) return void socket.end();
		if (!conversation.isAsked) return void socket.resume();
		socket.pause();
		socket.once('drain', pump);
	};
	socket.setEncoding('utf8');
	socket.setTimeout(conversation.timeoutMs, () => socket.destroy());
	socket.on('error', () => {}); // a client that went away: what it asked was done or never whole
	socket.on('data', (text: string) => {
		if (conversation.isOver) return;
		if (!conversation.received(text)) return void socket.destroy();
		pump();
	});
	socket.on('end', () => {
		conversation.ended();
		pump();
	});
}
