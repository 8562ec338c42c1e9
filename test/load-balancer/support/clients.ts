/** Clients for tests: everything they receive is kept. */

import {connect, type Socket} from 'node:net';
import {until} from '../../support/until.ts';

export type TestClient = {
	socket: Socket;
	/** Everything received. latin1: one character, one byte. */
	text(): string;
	/** Whole lines received, without their ends. */
	lines(): string[];
	send(bytes: string | Buffer): void;
	/** Resolves when so many lines have come. */
	receives(count: number): Promise<string[]>;
	/** FIN or reset has come. */
	isClosed(): boolean;
};

const opened = new Set<Socket>();

export async function connectTo(port: number, options: {localAddress?: string} = {}): Promise<TestClient> {
	const socket = connect({host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true, ...options});
	opened.add(socket);
	let text = '';
	let isClosed = false;
	socket.on('data', chunk => {
		text += chunk.toString('latin1');
	});
	socket.on('end', () => {
		isClosed = true;
	});
	socket.on('close', () => {
		isClosed = true;
	});
	await new Promise<void>((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('error', reject);
	});
	socket.on('error', () => {});
	const lines = () => text.split('\n').slice(0, -1);
	return {
		socket,
		text: () => text,
		lines,
		send: bytes => void socket.write(bytes as string, 'latin1'),
		receives: async count => {
			await until(() => lines().length >= count, {what: () => `${count} lines; there are ${JSON.stringify(lines())}`});
			return lines();
		},
		isClosed: () => isClosed,
	};
}

/** One classic exchange: connect, send, shut down the sending side, read to the end. */
export async function exchange(port: number, bytes: string | Buffer): Promise<string> {
	const client = await connectTo(port);
	client.socket.end(bytes as string, 'latin1');
	await until(client.isClosed, {what: 'the end of the answer'});
	client.socket.destroy();
	return client.text();
}

export function closeClients() {
	for (const socket of opened) socket.destroy();
	opened.clear();
}
