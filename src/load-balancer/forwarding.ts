/** A message on its way to a server and off its load again: what is counted, logged and timed there. */

import {createMoments} from '../domain/moments.ts';
import {escapeLogText, formatValues} from '../log/log-line.ts';
import type {LogManager} from '../log/log-manager.ts';
import type {Choice, Question} from './algorithms/algorithm.ts';
import type {Backend} from './backends.ts';
import type {CircuitBreaker} from './circuit-breaker.ts';
import type {Deadlines} from './deadlines.ts';
import type {Frame} from './frame.ts';
import {idOf} from './line-id.ts';
import type {Links} from './links.ts';

export type Forwarding = {
	/** How often messages were given to a server, and how many messages these were. */
	readonly attempts: number;
	readonly messages: number;
	/** When answers came to messages that were sent again, since the last call; undefined: there were none. */
	redeliveredAt(): number[] | undefined;
	/** Puts a frame on the way to a server. */
	send(frame: Frame, backend: Backend): void;
	/** Takes a frame off its server's load. */
	unload(frame: Frame): void;
	/** The same for one that was not sent after all: it counts nowhere. */
	unsent(frame: Frame): void;
	/** The same for one that its server has answered. */
	answered(frame: Frame): void;
};

type ForwardingParts = {
	links: Links;
	choice: Choice;
	now: Question['now'];
	/** The clientele's clock. */
	time(): number;
	breaker: CircuitBreaker;
	/** What happens to a message that is not answered for a while; as a rule, nothing. */
	tries: Deadlines | null;
	hedges: Deadlines | null;
	log: LogManager;
	/** What decided the choice of this server, which has just been made. */
	explain(backend: Backend): string;
};

const mostReasons = 256;

export function createForwarding(parts: ForwardingParts): Forwarding {
	const {links, choice, now, time, breaker, tries, hedges, log, explain} = parts;
	const isLogged = log.detail === 'all';
	const redelivered = createMoments();
	let attempts = 0;
	let again = 0;

	const loggedNames: string[] = [];
	/** The same few reasons are given again and again: the last ones, as they are written. */
	const loggedReasons = new Map<string, string>();
	const reasonOf = (backend: Backend) => {
		const why = explain(backend);
		const known = loggedReasons.get(why);
		if (known !== undefined) return known;
		if (loggedReasons.size >= mostReasons) loggedReasons.clear();
		const formatted = formatValues({why});
		loggedReasons.set(why, formatted);
		return formatted;
	};
	const logForwarded = ({bytes, start, end}: Frame, backend: Backend) => {
		const {index, name} = backend;
		const id = idOf(bytes, start, end);
		const values = `by=balancer ${id === undefined ? '' : `id=${id} `}algorithm=${choice.name} ${reasonOf(backend)}`;
		loggedNames[index] ??= escapeLogText(name);
		log.writeReady('Forwarded', loggedNames[index], values);
	};

	const unload = (frame: Frame) => {
		const backend = frame.backend!;
		backend.inFlight -= frame.messages;
		if (frame.redeliveries > 0) breaker.retryEnded(frame, backend);
		choice.algorithm.freed?.(backend);
	};

	return {
		get attempts() {
			return attempts;
		},
		get messages() {
			return attempts - again;
		},
		redeliveredAt: redelivered.drain,
		send: (frame, backend) => {
			const link = links.to(backend);
			frame.backend = backend;
			frame.link = link;
			frame.since = time();
			frame.sentAt = choice.algorithm.answered ? now() : 0;
			// Before it counts as in flight: it tells what was compared.
			if (isLogged && !frame.isPing) logForwarded(frame, backend);
			backend.forwarded += frame.messages;
			backend.inFlight += frame.messages;
			attempts += frame.messages;
			if (frame.redeliveries > 0) {
				again += frame.messages;
				breaker.retryBegan(frame, backend);
			}
			link.send(frame);
			tries?.add(frame);
			hedges?.add(frame);
		},
		unload,
		unsent: frame => {
			frame.backend!.forwarded -= frame.messages;
			attempts -= frame.messages;
			if (frame.redeliveries > 0) again -= frame.messages;
			unload(frame);
			frame.backend = null;
		},
		answered: frame => {
			const backend = frame.backend!;
			backend.answered += frame.messages;
			unload(frame);
			if (frame.redeliveries > 0 && !frame.isCopy && !frame.isPing) redelivered.mark(now());
			if (frame.sentAt === 0 || frame.isPing) return;
			const at = now();
			choice.algorithm.answered?.(backend, at - frame.sentAt, at);
		},
	};
}
