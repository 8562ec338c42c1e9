/** Balances messages: every line of every client goes to the server that is next, over one link per server. */

import {escapeLogText} from '../log/log-line.ts';
import type {LogManager} from '../log/log-manager.ts';
import type {Choice, Question} from './algorithms/algorithm.ts';
import {roundRobin} from './algorithms/round-robin.ts';
import type {Backend, Backends} from './backends.ts';
import type {Client} from './client.ts';
import {createClientele} from './clientele.ts';
import {createDealing} from './dealing.ts';
import {createDelivery} from './delivery.ts';
import {createFrames, type Frame} from './frame.ts';
import {createIntake} from './intake.ts';
import {idOf} from './line-id.ts';
import type {LinkHandlers, LinkOptions} from './link.ts';
import {createLinks} from './links.ts';
import type {Mode} from './mode.ts';
import {openPlainPool} from './plain-pool.ts';
import {createPressure} from './pressure.ts';
import {createRedelivery} from './redelivery.ts';
import type {BalancerSettings} from './settings.ts';
import type {Handlers, Transport} from './transport.ts';
import {openTrunk} from './trunk.ts';
import {createTurn} from './turn.ts';

export type ModeParts = {
	settings: BalancerSettings;
	backends: Backends;
	choice: Choice;
	question: Omit<Question, 'key'>;
	transport: Transport;
	log: LogManager;
};

export function createMessageMode({settings, backends, choice, question, transport, log}: ModeParts): Mode {
	const {limits} = settings;
	const isLogged = log.detail === 'all';
	const links = createLinks({
		open: backend => openLink(backend),
		isUsed: link => frames.on(link).length > 0,
	});
	let nak = 0;

	const turn = createTurn(() => {
		if (isLogged) log.settle();
		links.flush();
		delivery.flush();
	});

	const frames = createFrames();
	const pressure = createPressure(limits);
	const clientele = createClientele(limits, client => {
		pressure.forget(client);
		delivery.forget(client);
	});
	const delivery = createDelivery({
		frames,
		pressure,
		onWritten: client => {
			if (client.connection.writableLength > 0) pressure.unsent(client);
			clientele.written(client);
		},
	});

	const send = (frame: Frame, backend: Backend) => {
		const link = links.to(backend);
		frame.backend = backend;
		frame.link = link;
		frame.since = clientele.second;
		frame.sentAt = choice.algorithm.answered ? question.now() : 0;
		backend.forwarded += frame.messages;
		backend.inFlight += frame.messages;
		if (isLogged && !frame.isPing) logForwarded(frame, backend);
		link.send(frame);
	};

	const unload = (frame: Frame) => {
		const backend = frame.backend!;
		backend.inFlight -= frame.messages;
		choice.algorithm.freed?.(backend);
	};

	const tellTime = (frame: Frame) => {
		if (frame.sentAt === 0 || frame.isPing) return;
		const at = question.now();
		choice.algorithm.answered?.(frame.backend!, at - frame.sentAt, at);
	};

	const loggedNames: string[] = [];
	const logForwarded = ({bytes, start, end}: Frame, {index, name}: Backend) => {
		const id = idOf(bytes, start, end);
		const values = `by=balancer ${id === undefined ? '' : `id=${id} `}algorithm=${choice.name}`;
		loggedNames[index] ??= escapeLogText(name);
		log.writeReady('Forwarded', loggedNames[index], values);
	};

	const dealing = createDealing({
		backends,
		choice,
		pingAlgorithm: roundRobin(),
		question,
		frames,
		delivery,
		pressure,
		send,
		isOneByOne: isLogged,
		countNak: messages => {
			nak += messages;
		},
	});
	const {redeliver, expire} = createRedelivery({
		backends,
		frames,
		dealing,
		delivery,
		pressure,
		unload,
		redeliveries: limits.redeliveries,
		answerMs: limits.answerMs,
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
			client.lastSeen = clientele.second;
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
			const backend = frame.backend!;
			backend.answered += frame.messages;
			unload(frame);
			tellTime(frame);
			delivery.answer(frame, reply);
			turn.wake();
		},
		refused: frame => {
			unload(frame);
			frame.link = null;
			dealing.refuse(frame, 'busy', 'too many messages wait');
			turn.wake();
		},
		broken: (link, backend, cause) => {
			choice.algorithm.failed?.(backend);
			const isCurrent = links.forget(link, backend);
			if (isCurrent) backends.observe(backend, 'broken', cause);
			redeliver(link, backend);
			turn.wake();
		},
	};

	const linkOptions: LinkOptions = {transport, timeoutMs: limits.connectMs, now: question.now, onRoom: turn.wake};

	const openLink = (backend: Backend) =>
		backend.speaksTrunk
			? openTrunk(backend, linkHandlers, {...linkOptions, frames})
			: openPlainPool(backend, linkHandlers, linkOptions);

	return {
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
			if (backend.route.state === 'UP') links.to(backend);
			if (backend.route.state !== 'DOWN') return;
			const link = links.close(backend);
			if (link) redeliver(link, backend);
			turn.wake();
		},
		moved: links.retire,
		sweep: () => {
			links.sweep();
			clientele.sweep();
			frames.each(frame => {
				if (frame.backend === null) return;
				if (frame.client?.phase === 'gone') frames.forgetLines(frame);
				if ((clientele.second - frame.since) * 1000 > limits.answerMs) expire(frame);
			});
			turn.wake();
		},
		tick: () => ({clientConnections: clientele.size, accepted: clientele.accepted, nak}),
		stop: async () => {
			await clientele.stop();
			links.closeAll();
		},
	};
}
