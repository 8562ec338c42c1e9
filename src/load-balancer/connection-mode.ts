/** Balances connections: each client's is joined to one server's, and what they say is none of our business. */

import type {Backend} from './backends.ts';
import type {ModeParts} from './message-mode.ts';
import type {Mode} from './mode.ts';
import {type Connection, causeOf, type Handlers, isOurFault} from './transport.ts';

/** A client, and the server's connection it is joined to (being made, at first). */
type Session = {
	client: Connection;
	server: Connection | null;
	backend: Backend | null;
	/** Directions in which a FIN was passed on: after two it is over. */
	passedEnds: number;
	isOpen: boolean;
	/** A server was tried for it. */
	isJoined: boolean;
	lastSeen: number;
};

export function createConnectionMode({settings, backends, choice, question, transport}: ModeParts): Mode {
	const {limits} = settings;
	const sessions = new Set<Session>();
	let accepted = 0;
	let joined = 0;
	let attempts = 0;
	let second = 0;
	let onEmpty: (() => void) | undefined;

	const close = (session: Session, {isReset}: {isReset: boolean}) => {
		if (!session.isOpen) return;
		session.isOpen = false;
		sessions.delete(session);
		for (const connection of [session.client, session.server]) {
			if (isReset) connection?.resetAndDestroy();
			else connection?.destroy();
		}
		leave(session);
		if (sessions.size === 0) onEmpty?.();
	};

	const leave = ({backend}: Session) => {
		if (!backend) return;
		backend.inFlight--;
		backend.connections--;
		choice.algorithm.freed?.(backend);
	};

	/** Connects to the server that is next; a server that cannot be reached is out, and the one after it is tried. */
	const join = (session: Session) => {
		const candidates = backends.eligible;
		if (candidates.length === 0) return close(session, {isReset: false});
		const address = () => session.client.remoteAddress ?? '';
		const backend = choice.algorithm.next(candidates, {...question, key: address, address});
		if (backend === undefined) return close(session, {isReset: false});
		if (!session.isJoined) joined++;
		session.isJoined = true;
		attempts++;
		backend.forwarded++;
		backend.inFlight++;
		backend.connections++;
		session.backend = backend;
		let isConnected = false;
		let askedAt = choice.algorithm.answered ? question.now() : 0;
		const server = transport.connect(
			{host: backend.host, port: backend.port, timeoutMs: limits.connectMs, isFleeting: false},
			{
				connected: () => {
					isConnected = true;
					session.client.resume();
				},
				received: bytes => {
					if (askedAt > 0) tellTime(backend, askedAt);
					askedAt = 0;
					pass(session, bytes, server, session.client);
				},
				ended: () => passEnd(session, session.client),
				failed: error => {
					if (!session.isOpen) return;
					if (!isOurFault(error)) {
						backend.errors++;
						choice.algorithm.failed?.(backend);
					}
					if (isConnected || isOurFault(error)) return close(session, {isReset: true});
					leave(session);
					session.backend = null;
					backend.redelivered++;
					backends.observe(backend, 'broken', causeOf(error));
					join(session);
				},
			},
		);
		session.server = server;
	};

	/** A connection's time is the time to its first byte, as nginx's `least_time first_byte` has it. */
	const tellTime = (backend: Backend, askedAt: number) => {
		const at = question.now();
		choice.algorithm.answered?.(backend, at - askedAt, at);
	};

	const pass = (session: Session, bytes: Buffer, from: Connection, to: Connection) => {
		session.lastSeen = second;
		to.write(bytes);
		if (to.writableLength <= limits.unsentBytes) return;
		from.pause();
		to.once('drain', () => from.resume());
	};

	const passEnd = (session: Session, to: Connection) => {
		to.end(() => {
			if (!session.isOpen || ++session.passedEnds < 2) return;
			session.backend!.answered++;
			close(session, {isReset: false});
		});
	};

	const clientHandlers: Handlers<Session> = {
		received: (session, bytes) => pass(session, bytes, session.client, session.server!),
		ended: session => session.isOpen && passEnd(session, session.server!),
		failed: session => close(session, {isReset: true}),
	};

	return {
		listen: () =>
			transport.listen(
				{host: settings.host, port: settings.port, isPaused: true},
				client => {
					accepted++;
					const session = {
						client,
						server: null,
						backend: null,
						passedEnds: 0,
						isOpen: true,
						isJoined: false,
						lastSeen: second,
					};
					sessions.add(session);
					join(session);
					return session;
				},
				clientHandlers,
			),
		// A server that is down keeps the connections it has: they end by themselves.
		routeChanged: () => {},
		moved: () => {},
		sweepMs: 1000,
		sweep: () => {
			second++;
			for (const session of sessions) {
				if ((second - session.lastSeen) * 1000 >= limits.idleMs) close(session, {isReset: false});
			}
		},
		tick: () => ({
			...{clientConnections: sessions.size, accepted, nak: 0, waiting: 0},
			...{messages: joined, attempts, hedged: 0},
		}),
		stop: () =>
			new Promise(resolve => {
				const timer = setTimeout(() => onEmpty?.(), limits.stopMs);
				onEmpty = () => {
					onEmpty = undefined;
					clearTimeout(timer);
					for (const session of sessions) close(session, {isReset: false});
					resolve();
				};
				if (sessions.size === 0) onEmpty();
			}),
	};
}
