/** Balances connections: each client's is joined to one server's, and what they say is none of our business. */

import {createRoster} from '../domain/roster.ts';
import {createAdmission} from './admission.ts';
import type {Backend} from './backends.ts';
import type {ModeParts} from './message-mode.ts';
import type {Mode} from './mode.ts';
import {mostClients} from './own-limits.ts';
import {proxyHeader} from './proxy/proxy-header.ts';
import {type Ending, endings} from './sessions/endings.ts';
import {createFarewells} from './sessions/farewells.ts';
import {createJoining} from './sessions/joining.ts';
import {createPassing} from './sessions/passing.ts';
import {createSession, type Session} from './sessions/session.ts';
import {createSessionLog} from './sessions/session-log.ts';
import {createWaitingLine} from './sessions/waiting-line.ts';
import {createWatch} from './sessions/watch.ts';
import {type Connection, type Handlers, isOurFault, sourceOf} from './transport.ts';

export function createConnectionMode({settings, backends, choice, question, transport, log, strikes}: ModeParts): Mode {
	const {limits, sessions: sessionSettings} = settings;
	const {now} = question;
	const sessions = createRoster<Session>();
	let accepted = 0;
	let onEmpty: (() => void) | undefined;

	const logEnd = createSessionLog({log, strikes, now});
	const admission = createAdmission({
		...limits,
		maxConnections: mostClients(limits.maxConnections, {servers: backends.all.length, filesPerClient: 2}),
	});
	const farewells = createFarewells();

	const end = (session: Session, ending: Ending) => {
		if (session.phase === 'ended') return;
		const isAdmitted = sessions.delete(session);
		logEnd(session, ending);
		close(session, ending);
		session.phase = 'ended';
		session.early = null;
		if (!isAdmitted) return;
		if (ending === endings.done) session.backend!.answered++;
		joining.leave(session);
		admission.leave(session.client.connection!);
		if (sessions.size === 0) onEmpty?.();
	};

	const watch = createWatch(sessions, limits, end);
	const {pass, passEnd} = createPassing({tick: watch.tick, done: session => end(session, endings.done)});

	const close = ({client, server}: Session, ending: Ending) => {
		if (ending.close === 'reset') {
			client.connection!.resetAndDestroy();
			server.connection?.resetAndDestroy();
			return;
		}
		server.connection?.destroy();
		if (ending.close === 'farewell') farewells.say(client.connection!);
		else client.connection!.destroy();
	};

	const line = createWaitingLine({
		...{max: limits.maxQueue, timeoutMs: limits.queueMs, now},
		expire: session => end(session, endings.queueTimeout),
	});

	const joining = createJoining({
		...{backends, choice, question, transport, line, end},
		...{retries: limits.redeliveries, connectMs: limits.connectMs},
		timedOut: ({name}) =>
			strikes.tell({limit: 'connect-timeout', label: 'Server', text: `${name} did not accept a connection in time`}),
		handlers: (session, backend) => {
			let askedAt = choice.algorithm.answered ? now() : 0;
			return {
				received: bytes => {
					if (askedAt > 0) tellTime(backend, askedAt);
					askedAt = 0;
					if (session.phase === 'joined') pass(session, session.server, bytes);
				},
				ended: () => passEnd(session, session.server),
				failed: error => {
					if (session.phase !== 'joined') return;
					if (!isOurFault(error)) {
						backend.errors++;
						choice.algorithm.failed?.(backend);
					}
					end(session, endings.serverReset);
				},
			};
		},
		opening: ({client, server}) => {
			if (sessionSettings.sendProxy)
				server.connection!.write(proxyHeader(client.connection!, sessionSettings.sendProxy));
		},
		joined: session => {
			const {client, server, early} = session;
			client.seenAt = watch.tick();
			server.seenAt = client.seenAt;
			session.early = null;
			client.connection!.resume();
			if (early) pass(session, client, early);
			if (session.endsEarly) passEnd(session, client);
		},
	});

	/** A connection's time is the time to its first byte, as nginx's `least_time first_byte` has it. */
	const tellTime = (backend: Backend, askedAt: number) => {
		const at = now();
		choice.algorithm.answered?.(backend, at - askedAt, at);
	};

	const accept = (client: Connection): Session => {
		accepted++;
		const session = createSession(client, {source: log.detail === 'all' ? sourceOf(client) : '', startedAt: now()});
		const limit = admission.admit(client);
		if (limit) end(session, limit === 'maxconn' ? endings.tooMany : endings.tooManyOfSource);
		else {
			sessions.add(session);
			joining.join(session);
		}
		return session;
	};

	const clientHandlers: Handlers<Session> = {
		received: (session, bytes) => {
			if (session.phase === 'joined') return pass(session, session.client, bytes);
			if (session.phase === 'ended') return;
			session.client.connection!.pause();
			session.early = session.early ? Buffer.concat([session.early, bytes]) : bytes;
		},
		ended: session => {
			if (session.phase === 'joined') passEnd(session, session.client);
			else if (session.phase === 'ended') farewells.ended(session.client.connection!);
			else session.endsEarly = true;
		},
		failed: session => {
			if (session.phase === 'ended') return farewells.ended(session.client.connection!);
			const phase = session.phase;
			end(session, clientLeft[phase]);
		},
	};

	const endAll = (ending: Ending, isMeant: (session: Session) => boolean = () => true) => {
		for (const session of sessions) if (isMeant(session)) end(session, ending);
	};

	return {
		listen: () => {
			return transport.listen(
				{host: settings.host, port: settings.port, isPaused: true, readsShort: true},
				accept,
				clientHandlers,
			);
		},
		routeChanged: backend => {
			const isDown = backend.route.state === 'DOWN';
			// Otherwise a server that is down keeps the connections it has: they end by themselves.
			if (isDown && sessionSettings.onMarkedDown === 'shutdown-sessions')
				endAll(endings.markedDown, session => session.backend === backend && session.phase === 'joined');
			if (!isDown) joining.serve();
		},
		moved: () => {},
		sweepMs: watch.periodMs,
		sweep: watch.look,
		shutdownSessions: backend => endAll(endings.shutDown, session => session.backend === backend),
		sessions: () => [...sessions].map(toView),
		tick: () => ({
			...{clientConnections: sessions.size, accepted, nak: 0, waiting: line.size},
			...{messages: joining.counts.joined, attempts: joining.counts.attempts, hedged: 0},
		}),
		stop: () =>
			new Promise(resolve => {
				const timer = setTimeout(() => onEmpty?.(), limits.stopMs);
				onEmpty = () => {
					onEmpty = undefined;
					clearTimeout(timer);
					endAll(endings.stopped);
					line.stop();
					farewells.stop();
					resolve();
				};
				if (sessions.size === 0) onEmpty();
			}),
	};
}

const clientLeft = {
	waiting: endings.clientLeftQueue,
	connecting: endings.clientLeftConnecting,
	joined: endings.clientReset,
};

function toView({client, server, backend, phase, startedAt}: Session) {
	return {
		source: sourceOf(client.connection!),
		server: backend?.name,
		phase,
		startedAt,
		up: client.bytes,
		down: server.bytes,
	};
}
