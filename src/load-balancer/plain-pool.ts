/** The way to a server that does not speak the trunk: a few connections kept open, one frame at a time on each. */

import {phrase} from '../words/words.ts';
import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import type {Link, LinkHandlers, LinkOptions} from './link.ts';
import {openPlainConnection, type PlainConnection, type PlainHandlers} from './plain-connection.ts';
import {idPart} from './plain-matching.ts';
import {createQueue} from './queue.ts';
import type {BreakerSettings} from './settings.ts';

/** A server that ends its first connection so soon after the answer serves one message a connection. */
const oneShotMs = 1000;

type PlainPoolOptions = LinkOptions & {
	breaker: BreakerSettings;
	/** Hears what each answer showed: was the message's ID, if it bore one, under it; is the connection kept? */
	onAnswer(seen: {hasId: boolean; isEchoed: boolean; isKept: boolean}): void;
};

/** Opens no connection before there is something to send. */
export function openPlainPool(backend: Backend, handlers: LinkHandlers, options: PlainPoolOptions): Link {
	const {transport, timeoutMs, now, onRoom, onAnswer} = options;
	const {connections: maxConnections, pending: maxQueued} = options.breaker;
	const connections = new Set<PlainConnection>();
	const idle: PlainConnection[] = [];
	const loaded: PlainConnection[] = [];
	const queue = createQueue<Frame>();
	let isOpen = true;
	let keepsOpen = true;
	let lastAnswerAt = 0;

	const load = (connection: PlainConnection, frame: Frame) => {
		connection.frame = frame;
		loaded.push(connection);
	};

	const open = () => {
		const connection = openPlainConnection(backend, {transport, timeoutMs, handlers: {answered, ended}});
		connections.add(connection);
		return connection;
	};

	const answered = (connection: PlainConnection, frame: Frame, reply: string) => {
		lastAnswerAt = now();
		if (!keepsOpen) drop(connection);
		else idle.push(connection);
		const id = idPart(frame);
		const isEchoed = id !== '' && reply.startsWith(id);
		onAnswer({hasId: id !== '', isEchoed, isKept: connection.served > 1});
		handlers.answered(frame, isEchoed ? reply : id + reply);
		next();
	};

	const next = () => {
		while (queue.size > 0 && (idle.length > 0 || connections.size < maxConnections)) {
			load(idle.pop() ?? open(), queue.shift()!);
			onRoom();
		}
	};

	const drop = (connection: PlainConnection) => {
		connections.delete(connection);
		const place = idle.indexOf(connection);
		if (place >= 0) idle.splice(place, 1);
		connection.frame = null;
		connection.close();
	};

	const ended: PlainHandlers['ended'] = (connection, {cause, isOurs}) => {
		const {frame, served} = connection;
		drop(connection);
		if (served === 1 && now() - lastAnswerAt < oneShotMs) keepsOpen = false;
		if (frame === null) return next();
		if (isOurs) return connections.size > 0 ? queue.push(frame) : handlers.refused(frame);
		// A kept connection may have been ended by the server just as we used it: that says nothing of the server.
		if (served > 0) {
			load(open(), frame);
			return onRoom();
		}
		fail(cause || phrase('connection closed without an answer'));
	};

	const fail = (cause: string) => {
		if (!isOpen) return;
		backend.errors++;
		close();
		handlers.broken(link, backend, cause);
	};

	const close = () => {
		isOpen = false;
		for (const connection of connections) connection.close();
		connections.clear();
	};

	const link: Link = {
		send: frame => {
			if (queue.size > 0) {
				if (queue.size >= maxQueued) handlers.refused(frame);
				else queue.push(frame);
			} else if (idle.length > 0 || connections.size < maxConnections) load(idle.pop() ?? open(), frame);
			else queue.push(frame);
		},
		flush: () => {
			for (const connection of loaded) if (connection.frame !== null) connection.send();
			loaded.length = 0;
		},
		abandon: frame => {
			queue.remove(frame);
			for (const connection of connections) if (connection.frame === frame) drop(connection);
			next();
		},
		close,
	};
	return link;
}
