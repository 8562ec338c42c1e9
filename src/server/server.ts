/** The server: acknowledges each message, over plain connections and trunks, and says in log.txt that it did. */

import {createServer, type Server, type Socket} from 'node:net';
import type {Now} from '../domain/clock.ts';
import type {Fault} from '../domain/fault.ts';
import type {Random} from '../domain/random.ts';
import {createRoster} from '../domain/roster.ts';
import {formatAddress} from '../domain/server-spec.ts';
import {errorWords} from '../domain/system-error.ts';
import type {ServerTick} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';
import {usage} from '../part.ts';
import {phrase} from '../words/words.ts';
import {type Connection, openConnection, patience, type Shared} from './connection.ts';
import type {ExecutedIds} from './executed-ids.ts';
import type {ExecutionRecord} from './execution-record.ts';
import {createServerFaults} from './faults/server-faults.ts';
import {createWork, type WorkSettings} from './work.ts';

/** Port 0 takes a free one. `peerTimeoutMs`: how long a peer may leave a line unfinished, or replies untaken. */
export type ServerSettings = WorkSettings & {host: string; port: number; maxLineBytes: number; peerTimeoutMs: number};

/** `store`: executed IDs that all servers share; `record`: what was executed, written down apart from the log. */
type ServerTools = {
	log: LogManager;
	now: Now;
	random: Random;
	store?: ExecutedIds | undefined;
	record?: ExecutionRecord | undefined;
	/** Ends the process at once, for the fault of that name. */
	crash?: (reason: string) => void;
	/** Says what went wrong and is not the end of the server. */
	note?: (text: string) => void;
};

type RunningServer = {
	port: number;
	tick(): ServerTick;
	/** A fault that was asked for under an id: in force at once; false for one that is none of a server's behaviour. */
	beginFault(id: number, fault: Fault): boolean;
	/** False when it has no such fault. */
	endFault(id: number): boolean;
	/** Accepts and reads nothing more, answers what was read, ends the connections. Takes at most {@link drainMs}. */
	stop(): Promise<void>;
};

/** The longest that stopping takes, whatever is still in work or untaken. */
const drainMs = 10_000;

const backlog = 4096;

/** How long a stopping server waits for its peers to close after it has. */
const farewellMs = 300;

/** Listens. Rejects with a `code` and a message in one line when it cannot. */
export async function startServer(settings: ServerSettings, tools: ServerTools): Promise<RunningServer> {
	const {name, host} = settings;
	const {log, record} = tools;
	const work = createWork(settings, {...tools, onExecuted: record?.add});
	const {crash = () => {}, note = () => {}} = tools;
	const connections = createRoster<Connection>();
	const faults = createServerFaults({random: tools.random, crash, onChange: () => onFaultsChange()});
	let inTurn = new Set<Connection>();
	let accepted = 0;
	let stopping: Promise<void> | undefined;
	let onQuieter = () => {};

	const awaitTurnEnd = (connection: Connection) => {
		if (inTurn.size === 0) setImmediate(endTurn);
		inTurn.add(connection);
	};

	/** What is acknowledged is in the log before it is on the wire, with one write each for a whole turn. */
	const endTurn = () => {
		const ending = inTurn;
		inTurn = new Set();
		log.flush();
		for (const connection of ending) connection.endTurn();
	};

	const endTurnOf = (connection: Connection) => {
		log.flush();
		connection.endTurn();
	};

	const {maxLineBytes} = settings;
	const shared: Shared = {work, faults, maxLineBytes, awaitTurnEnd, endTurnOf, onFinish: () => onQuieter()};
	const accept = (socket: Socket) => {
		accepted++;
		const connection = openConnection(socket, shared, () => {
			connections.delete(connection);
			onQuieter();
		});
		connections.add(connection);
		if (stopping) connection.destroy();
	};

	const server = createServer({allowHalfOpen: true}, accept);
	const port = await listen(server, settings);
	// Who audits the log knows by this that an execution without a line did not happen.
	log.write('Server', `${name} listening on ${formatAddress({host, port})}`, {'log-detail': log.detail});
	const sweeper = setInterval(() => {
		for (const connection of connections) connection.sweep();
	}, settings.peerTimeoutMs / patience);
	sweeper.unref();

	const onFaultsChange = () => {
		for (const connection of connections) connection.throttle();
		if (faults.refuses) server.close();
		else if (!server.listening && !stopping)
			listen(server, {...settings, port}).catch((error: Error) =>
				note(phrase('listens no more: {why}', {why: error.message})),
			);
	};

	const drain = async () => {
		server.close();
		for (const connection of connections) connection.stopReading();
		const quiet = (isSo: (connection: Connection) => boolean, ms: number) =>
			new Promise<void>(resolve => {
				const timer = setTimeout(resolve, ms);
				onQuieter = () => {
					if (![...connections].every(isSo)) return;
					clearTimeout(timer);
					resolve();
				};
				onQuieter();
			});
		await quiet(connection => connection.isFinished(), drainMs);
		await quiet(() => false, farewellMs);
		for (const connection of connections) connection.destroy();
		clearInterval(sweeper);
		work.close();
		record?.close();
		await tools.store?.close();
		log.write('Server', `${name} stopped after ${work.counts().received} messages`);
		log.flush();
	};

	return {
		port,
		tick: () => ({type: 'server-tick', ...work.counts(), connections: connections.size, accepted, ...usage()}),
		beginFault: faults.begin,
		endFault: faults.end,
		stop: () => {
			stopping ??= drain();
			return stopping;
		},
	};
}

function listen(server: Server, {host, port}: ServerSettings): Promise<number> {
	server.removeAllListeners('error');
	return new Promise((resolve, reject) => {
		// For as long as it listens: an accept that fails later costs that one connection, and its peer is told by the kernel.
		server.on('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)));
		server.listen({host, port, backlog}, () => {
			const address = server.address();
			resolve(typeof address === 'object' && address ? address.port : port);
		});
	});
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
	const code = error.code ?? 'UNKNOWN';
	const otherwise = phrase('cannot listen on {address}: {why}', {
		address: formatAddress({host, port}),
		why: errorWords(error),
	});
	const words: Record<string, string> = {
		EADDRINUSE: phrase('port {port} on {host} is taken; give another with --port', {port, host}),
		EACCES: phrase('port {port} on {host} is not allowed; give one above 1023 with --port', {port, host}),
		EADDRNOTAVAIL: phrase('{host} is no address of this machine; give another with --host', {host}),
		ENOTFOUND: phrase('{host} is no known host; give another with --host', {host}),
	};
	return Object.assign(new Error(words[code] ?? otherwise), {code});
}
