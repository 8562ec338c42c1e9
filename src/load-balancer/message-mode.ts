/** Balances messages: every line of every client goes to the server that is next, over one link per server. */

import type {LogManager} from '../log/log-manager.ts';
import {createAdmission} from './admission.ts';
import type {Choice, Question} from './algorithms/algorithm.ts';
import {roundRobin} from './algorithms/round-robin.ts';
import type {Backend, Backends} from './backends.ts';
import {createCircuitBreaker} from './circuit-breaker.ts';
import type {Client} from './client.ts';
import {createClientele} from './clientele.ts';
import {createDeadlines} from './deadlines.ts';
import {createDealing} from './dealing.ts';
import {createDelivery} from './delivery.ts';
import {createForwarding} from './forwarding.ts';
import {createFrames, type Frame} from './frame.ts';
import {createHolding} from './holding.ts';
import {createIntake} from './intake.ts';
import type {LinkHandlers} from './link.ts';
import {createLinks} from './links.ts';
import type {Mode} from './mode.ts';
import {linkOpener} from './open-link.ts';
import {mostClients} from './own-limits.ts';
import {createPressure} from './pressure.ts';
import {createSecondTries} from './second-tries.ts';
import {type BalancerSettings, sweepEvery} from './settings.ts';
import type {Strikes} from './strikes.ts';
import type {Handlers, Transport} from './transport.ts';
import {createTurn} from './turn.ts';
import {createWaitingLine} from './waiting-line.ts';

/** A message that waits longer for its answer is one of the few that do. */
const apartAfterMs = 1000;

export type ModeParts = {
	settings: BalancerSettings;
	backends: Backends;
	choice: Choice;
	question: Pick<Question, 'random' | 'now'>;
	transport: Transport;
	log: LogManager;
	/** Swept, and told in the tick, by whoever made them. */
	strikes: Strikes;
};

export function createMessageMode(parts: ModeParts): Mode {
	const {settings, backends, choice, question, transport, log, strikes} = parts;
	const {limits} = settings;
	const {now} = question;
	const isLogged = log.detail === 'all';
	const sweepMs = sweepEvery(limits);
	let nak = 0;

	const turn = createTurn(() => {
		if (isLogged) log.settle();
		links.flush();
		delivery.flush();
	});

	/** A frame was taken from a server, or given up: others may have its room. */
	const moveOn = () => {
		dealing.serve();
		turn.wake();
	};

	const frames = createFrames();
	const pressure = createPressure(limits);
	const clientele = createClientele({
		limits,
		sweepMs,
		time: now(),
		strikes,
		admission: createAdmission({
			...limits,
			maxConnections: mostClients(limits.maxConnections, {servers: backends.all.length, filesPerClient: 1}),
		}),
		onLeave: client => {
			pressure.forget(client);
			delivery.forget(client);
			waiting.forget();
		},
	});
	const holding = createHolding(() => turn.wake());
	const delivery = createDelivery({
		frames,
		pressure,
		holding,
		onWritten: client => {
			if (client.connection.writableLength > 0) pressure.unsent(client);
			clientele.written(client);
		},
	});

	const after = (delayMs: number, passed: (frame: Frame) => void) =>
		delayMs > 0 ? createDeadlines(delayMs, {now, passed, afterwards: moveOn}) : null;
	const tries = after(limits.tryMs, frame => tryAnother(frame));
	const hedges = after(limits.hedgeMs, frame => hedging.begin(frame));
	const links = createLinks({
		open: backend => openLink(backend),
		isUsed: link => frames.on(link).length > 0,
	});
	const breaker = createCircuitBreaker(limits.breaker);
	const forwarding = createForwarding({
		...{links, choice, now, time: () => clientele.time, breaker, tries, hedges, log},
		explain: backend => dealing.explain(backend),
	});
	const {send, unload} = forwarding;

	const waiting = createWaitingLine({
		max: limits.maxQueue,
		timeoutMs: limits.queueMs,
		now,
		free: frames.free,
		expire: frame => dealing.refuseBusy(frame, 'queue-timeout'),
		afterwards: moveOn,
	});
	const dealing = createDealing({
		...{backends, choice, pingAlgorithm: roundRobin(), question, hashKey: settings.hashKey},
		...{frames, delivery, pressure, waiting, breaker, send},
		isOneByOne: isLogged,
		countNak: messages => {
			nak += messages;
		},
		struck: (limit, times) => strikes.tell({limit, times, label: 'Server', text: 'Message refused'}),
	});

	const {hedging, redeliver, scatter, tryAnother, expire, deposit} = createSecondTries({
		...{limits, now, backends, frames, dealing, delivery, pressure, forwarding, strikes},
	});

	const intake = createIntake({
		maxLineBytes: settings.maxLineBytes,
		take: dealing.deal,
		refuse: (client, beginning) => {
			dealing.refuseLine(client, beginning, 'too-long');
			clientele.refuse(client);
		},
	});

	const clientHandlers: Handlers<Client> = {
		received: (client, bytes) => {
			if (client.phase !== 'open') return;
			client.lastSeen = clientele.time;
			intake.received(client, bytes);
			if (client.waitingFrames > 1 && !client.hasNoDelay) {
				client.hasNoDelay = true;
				client.connection.setNoDelay(true);
			}
			pressure.check(client);
			turn.wake();
		},
		ended: client => {
			if (client.phase === 'open') intake.ended(client);
			clientele.ended(client);
			turn.wake();
		},
		failed: client => clientele.cut(client),
	};

	const linkHandlers: LinkHandlers = {
		answered: (frame, reply) => {
			forwarding.answered(frame);
			delivery.answer(frame.twin === null ? frame : hedging.won(frame), reply);
			if (waiting.size > 0) dealing.serve();
			turn.wake();
		},
		refused: frame => {
			unload(frame);
			frame.link = null;
			const lost = hedging.lost(frame);
			if (lost !== null) dealing.refuseBusy(lost, 'breaker');
			turn.wake();
		},
		unsent: frame => {
			forwarding.unsent(frame);
			scatter(frame);
			turn.wake();
		},
		scattered: frame => {
			scatter(frame);
			turn.wake();
		},
		broken: (link, backend, cause) => {
			choice.algorithm.failed?.(backend);
			if (cause === 'connection timed out')
				strikes.tell({limit: 'connect-timeout', label: 'Server', text: `${backend.name} cannot be reached`});
			const isCurrent = links.forget(link, backend);
			if (isCurrent) backends.observe(backend, 'broken', cause);
			redeliver(link, backend);
			moveOn();
		},
	};
	const openLink = linkOpener(linkHandlers, {transport, limits, now, frames, log, onRoom: turn.wake});

	const drop = (backend: Backend) => {
		const link = links.close(backend);
		if (link) redeliver(link, backend);
	};

	return {
		sweepMs,
		listen: () =>
			transport.listen(
				{host: settings.host, port: settings.port, isPaused: false},
				connection => {
					turn.accepted();
					return clientele.accept(connection);
				},
				clientHandlers,
			),
		routeChanged: backend => {
			if (backends.mayUse(backend)) links.to(backend);
			else if (backend.route.state === 'DOWN') drop(backend);
			moveOn();
		},
		moved: links.retire,
		shutdownSessions: backend => {
			const link = links.close(backend);
			if (link) redeliver(link, backend);
			moveOn();
		},
		sessions: () => [],
		sweep: () => {
			links.sweep();
			clientele.sweep(now());
			deposit();
			frames.each(frame => {
				if (frame.backend === null) return;
				if (frame.client?.phase === 'gone') frames.forgetLines(frame);
				const waitedMs = clientele.time - frame.since;
				if (waitedMs > limits.answerMs) expire(frame);
				else if (waitedMs > apartAfterMs) frames.keepApart(frame);
			});
			moveOn();
		},
		tick: () => {
			const redeliveredAt = forwarding.redeliveredAt();
			return {
				...{clientConnections: clientele.size, accepted: clientele.accepted, nak, waiting: waiting.size},
				...{attempts: forwarding.attempts, messages: forwarding.messages, hedged: hedging.hedged},
				...(redeliveredAt ? {redeliveredAt} : {}),
			};
		},
		stop: async () => {
			await clientele.stop();
			for (const each of [tries, hedges, waiting, holding]) each?.stop();
			links.closeAll();
		},
	};
}
