/** Servers for tests: in this process, on a free port, well-behaved unless told otherwise. */

import {createServer, type Server, type Socket} from 'node:net';
import type {ServerAddress} from '../../../src/load-balancer/settings.ts';

export type TestServer = ServerAddress & {
	/** Lines it was asked, checks not among them. */
	asked: string[];
	/** Its open connections that carry more than a check. */
	connections: Set<Socket>;
	/** Trunks opened with it since it started. */
	trunks: number;
	/** Accepts no more; what is open stays so. */
	stopListening(): void;
	/** Ends all connections with a reset and accepts no more. */
	kill(): Promise<void>;
};

export type ServerOptions = {
	/** The whole answer to a line (without its end), without an end; undefined: never. Default: an ACK. */
	answer?: (line: string) => string | undefined | Promise<string | undefined>;
	speaksTrunk?: boolean;
	/** What a connection says to a check. */
	pong?: string;
	/** Ends a plain connection after its first answer. */
	isOneShot?: boolean;
	/** Gets the connection of each trunk as it opens. */
	onTrunk?: (socket: Socket) => void;
	port?: number;
};

export async function startServer(name: string, options: ServerOptions = {}): Promise<TestServer> {
	const {answer = line => acknowledge(line, name), speaksTrunk = true} = options;
	const {pong = `PONG from ${name}${speaksTrunk ? ' trunk/1' : ''}\n`} = options;
	const asked: string[] = [];
	const all = new Set<Socket>();
	const connections = new Set<Socket>();

	const ask = (line: string) => {
		asked.push(line);
		return Promise.resolve(answer(line)).then(reply => (reply === undefined ? undefined : `${reply}\n`));
	};

	const answerFrame = async (socket: Socket, slot: string, body: string) => {
		const replies = await Promise.all(linesOf(body).map(ask));
		if (replies.some(reply => reply === undefined)) return;
		const text = replies.join('');
		socket.write(`B ${slot} ${Buffer.byteLength(text, 'latin1')}\n${text}`, 'latin1');
	};

	const server = createServer({allowHalfOpen: true}, socket => {
		all.add(socket);
		let text = '';
		let isTrunk = false;
		socket.setEncoding('latin1');
		socket.on('data', (chunk: string) => {
			text += chunk;
			if (speaksTrunk && text.startsWith('TRUNK\n')) {
				isTrunk = true;
				result.trunks++;
				connections.add(socket);
				options.onTrunk?.(socket);
				text = text.slice(6);
			}
			while (isTrunk) {
				const header = /^B (\d+) (\d+)\n/.exec(text);
				if (!header) return;
				const end = header[0].length + Number(header[2]);
				if (text.length < end) return;
				void answerFrame(socket, header[1]!, text.slice(header[0].length, end));
				text = text.slice(end);
			}
			for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
				const line = text.slice(0, end).replace(/\r$/, '');
				text = text.slice(end + 1);
				if (line === 'PING') socket.write(pong);
				else {
					connections.add(socket);
					void ask(line).then(reply => {
						if (reply !== undefined) socket.write(reply, 'latin1');
						if (options.isOneShot) socket.end();
					});
				}
			}
		});
		socket.on('end', () => socket.end());
		socket.on('error', () => {});
		socket.on('close', () => {
			all.delete(socket);
			connections.delete(socket);
		});
	});
	const port = await listenOn(server, options.port ?? 0);
	const result: TestServer = {
		...{name, host: '127.0.0.1', port, weight: 1, asked, connections, trunks: 0},
		stopListening: () => void server.close(),
		kill: async () => {
			server.close();
			for (const socket of all) socket.resetAndDestroy();
		},
	};
	return result;
}

/** What lbtop's own server says to a line. */
export function acknowledge(line: string, name: string): string {
	const id = /^#[\w.:-]{1,64} /.exec(line)?.[0] ?? '';
	if (line.slice(id.length) === 'PING') return `${id}PONG from ${name} trunk/1`;
	return `${id}ACK from ${name}`;
}

/** A server made of one function, for what no server should do. */
export async function startRawServer(name: string, serve: (socket: Socket) => void): Promise<TestServer> {
	const all = new Set<Socket>();
	const server = createServer({allowHalfOpen: true}, socket => {
		all.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => all.delete(socket));
		serve(socket);
	});
	const port = await listenOn(server, 0);
	return {
		...{name, host: '127.0.0.1', port, weight: 1, asked: [], connections: all, trunks: 0},
		stopListening: () => void server.close(),
		kill: async () => {
			server.close();
			for (const socket of all) socket.resetAndDestroy();
		},
	};
}

/** A port that nobody listens on (any more). */
export async function freePort(): Promise<number> {
	const server = createServer();
	const port = await listenOn(server, 0);
	await new Promise(resolve => server.close(resolve));
	return port;
}

function listenOn(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve((server.address() as {port: number}).port));
	});
}

function linesOf(body: string): string[] {
	return body
		.split('\n')
		.slice(0, -1)
		.map(line => line.replace(/\r$/, ''));
}
