import {once} from 'node:events';
import net from 'node:net';
import {expect} from 'vitest';
import {type Fault, readFault} from '../../src/domain/fault.ts';
import {seededRandom} from '../../src/domain/random.ts';
import {type LogLine, parseLogLine} from '../../src/log/log-line.ts';
import type {LogManager} from '../../src/log/log-manager.ts';
import {now} from '../../src/part.ts';
import {type ServerSettings, startServer} from '../../src/server/server.ts';
import {linesOf, openLog} from '../log/log-file-support.ts';
import {until} from '../support/until.ts';

export type TestServer = Awaited<ReturnType<typeof startTestServer>>;

/** A server on a free port, with a log of its own. */
export async function startTestServer(settings: Partial<ServerSettings> & TestSettings = {}) {
	const log = openLog();
	const manager = settings.log ?? log.open({by: 'server-1', detail: settings.detail ?? 'all'});
	const defaults: ServerSettings = {
		name: 'Server 1',
		by: 'server-1',
		host: '127.0.0.1',
		port: 0,
		serviceTime: {type: 'constant', ms: 0},
		concurrency: 0,
		queueLimit: 1024,
		remembers: true,
		maxLineBytes: 65_536,
		peerTimeoutMs: 60_000,
	};
	const server = await startServer(
		{...defaults, ...settings},
		{
			...{log: manager, now, random: seededRandom(1)},
			...(settings.crash ? {crash: settings.crash} : {}),
		},
	);
	let lastFault = 0;
	const clients: net.Socket[] = [];
	const connect = () => {
		const client = openClient(server.port);
		clients.push(client.socket);
		return client;
	};
	return {
		...server,
		manager,
		/** Begins a fault as it is written, and gives what ends it. */
		fault: (text: string) => {
			const id = ++lastFault;
			expect(server.beginFault(id, readFault(text) as Fault), text).toBe(true);
			return () => expect(server.endFault(id)).toBe(true);
		},
		connect,
		/** Sends everything, says that it is done, and gives all that comes back. */
		ask: async (data: string | Buffer): Promise<string> => {
			const client = connect();
			client.socket.end(data);
			await client.ended();
			return client.received();
		},
		log: (): LogLine[] => {
			manager.flush();
			return linesOf(log.file).map(line => parseLogLine(line)!);
		},
		close: async () => {
			for (const socket of clients) socket.destroy();
			await server.stop();
			log.close();
		},
	};
}

type TestSettings = {detail?: 'all' | 'off'; log?: LogManager; crash?: (reason: string) => void};

/** A connection that remembers what it got. */
function openClient(port: number) {
	const socket = net.connect({port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true});
	const chunks: Buffer[] = [];
	let hasEnded = false;
	let error = '';
	socket.on('data', chunk => chunks.push(chunk));
	socket.on('end', () => {
		hasEnded = true;
	});
	socket.on('error', (problem: NodeJS.ErrnoException) => {
		error = problem.code ?? problem.message;
	});
	const received = () => Buffer.concat(chunks).toString();
	return {
		socket,
		received,
		connected: () => once(socket, 'connect'),
		send: (data: string | Buffer) => socket.write(data),
		/** Waits until exactly this came. */
		gets: (text: string) =>
			until(() => received() === text, {what: () => `${JSON.stringify(text)}, not ${JSON.stringify(received())}`}),
		linesOf: () => received().split('\n').slice(0, -1),
		ended: () => until(() => hasEnded || error !== '', {what: () => `an end after ${JSON.stringify(received())}`}),
		error: () => error,
	};
}
