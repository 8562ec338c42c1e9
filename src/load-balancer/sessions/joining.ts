/** From a client to a server: chooses one, connects, goes to another at once where that fails, waits where all are full. */

import type {Choice, Question} from '../algorithms/algorithm.ts';
import type {Backend, Backends} from '../backends.ts';
import {type ConnectHandlers, causeOf, isOurFault, type Transport} from '../transport.ts';
import {type Ending, endings} from './endings.ts';
import type {Session} from './session.ts';
import type {WaitingLine} from './waiting-line.ts';

type Joining = {
	/** Joins a new session to a server, or lets it wait for one. */
	join(session: Session): void;
	/** The session is over: its server, or its place in the line, is free. */
	leave(session: Session): void;
	/** A server may have come, or have room again. */
	serve(): void;
	/** Sessions that were given a server, and connections asked for: more when some were asked for again. */
	readonly counts: {joined: number; attempts: number};
};

type JoiningParts = {
	backends: Backends;
	choice: Choice;
	question: Omit<Question, 'key' | 'address' | 'avoid'>;
	transport: Transport;
	line: WaitingLine;
	/** How often a session is taken to another server, and how long each may take to accept. */
	retries: number;
	connectMs: number;
	/** What passes and ends on the server's connection once it is made. */
	handlers(session: Session, backend: Backend): Pick<ConnectHandlers, 'received' | 'ended' | 'failed'>;
	/** The server's connection is made. */
	joined(session: Session): void;
	/** The connection was asked for: what is written now is the first the server hears. */
	opening(session: Session): void;
	/** The server did not accept in time. */
	timedOut(backend: Backend): void;
	end(session: Session, ending: Ending): void;
};

/** As in HAProxy, a server that could not be reached is tried again after a second, when there is no other. */
const longestTurnAroundMs = 1000;

export function createJoining(parts: JoiningParts): Joining {
	const {backends, choice, transport, line, retries, connectMs, handlers, joined, opening, timedOut, end} = parts;
	let asking: Session | undefined;
	const address = () => asking?.client.connection?.remoteAddress ?? '';
	// Whole connections have nothing else to hash by.
	const question: Question = {...parts.question, key: address, address};
	const turnAroundMs = Math.min(connectMs, longestTurnAroundMs);

	const counts = {joined: 0, attempts: 0};

	const join = (session: Session) => {
		if (line.size > 0 || !give(session)) wait(session);
	};

	/** False: there are servers, and no room. */
	const give = (session: Session): boolean => {
		const candidates = backends.eligible;
		if (candidates.length === 0) {
			// Who waits already may see one come.
			if (session.waitingSince > 0) return false;
			end(session, session.failed.length > 0 ? endings.unreachable : endings.noServer);
			return true;
		}
		const backend = choose(session, candidates);
		if (backend === undefined) return false;
		if (session.failed.includes(backend)) turnAround(session);
		else connect(session, backend);
		return true;
	};

	/** Another one than those that failed, as long as there is one with room. */
	const choose = (session: Session, candidates: readonly Backend[]): Backend | undefined => {
		asking = session;
		const avoid = session.failed.at(-1);
		const chosen = choice.algorithm.next(candidates, avoid ? {...question, avoid} : question);
		if (!avoid || (chosen && !session.failed.includes(chosen))) return chosen;
		return candidates.find(each => !session.failed.includes(each) && hasRoom(each)) ?? chosen ?? avoid;
	};

	const turnAround = (session: Session) => {
		session.phase = 'connecting';
		session.turnAround = setTimeout(() => {
			session.turnAround = undefined;
			session.failed = [];
			if (!give(session)) wait(session);
		}, turnAroundMs);
	};

	const wait = (session: Session) => {
		session.phase = 'waiting';
		if (!line.join(session)) return end(session, endings.queueFull);
		// It is read from, so that its leaving is noticed.
		session.client.connection!.resume();
	};

	const connect = (session: Session, backend: Backend) => {
		backend.forwarded++;
		backend.inFlight++;
		backend.connections++;
		session.backend = backend;
		session.phase = 'connecting';
		if (session.attempts++ === 0) counts.joined++;
		counts.attempts++;
		session.waitingSince = 0;
		const {failed, ...passing} = handlers(session, backend);
		session.server.connection = transport.connect(
			{host: backend.host, port: backend.port, timeoutMs: connectMs, isFleeting: false, readsShort: true},
			{
				...passing,
				connected: () => {
					if (session.phase !== 'connecting') return;
					session.phase = 'joined';
					joined(session);
				},
				failed: error => {
					if (session.phase === 'connecting' && session.backend === backend) retry(session, backend, error);
					else failed(error);
				},
			},
		);
		opening(session);
	};

	const retry = (session: Session, backend: Backend, error: NodeJS.ErrnoException) => {
		if (isOurFault(error)) return end(session, endings.wantOfSomething);
		backend.errors++;
		choice.algorithm.failed?.(backend);
		release(session, backend);
		session.server.connection = null;
		session.failed.push(backend);
		backends.observe(backend, 'broken', causeOf(error));
		if (error.code === 'ETIMEDOUT') timedOut(backend);
		if (session.attempts > retries) {
			return end(session, error.code === 'ETIMEDOUT' ? endings.connectTimeout : endings.unreachable);
		}
		backend.redelivered++;
		if (!give(session)) wait(session);
		serve();
	};

	const release = (session: Session, backend: Backend) => {
		session.backend = null;
		backend.inFlight--;
		backend.connections--;
		choice.algorithm.freed?.(backend);
	};

	const serve = () => line.serve(give);

	return {
		join,
		leave: session => {
			clearTimeout(session.turnAround);
			line.leave(session);
			if (session.backend === null) return;
			release(session, session.backend);
			serve();
		},
		serve,
		counts,
	};
}

function hasRoom({inFlight, maxInFlight}: Backend): boolean {
	return maxInFlight === 0 || inFlight < maxInFlight;
}
