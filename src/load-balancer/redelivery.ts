/** What becomes of messages whose server broke or is silent: none is lost without a word, and no storm is made of them. */

import type {LimitName} from '../domain/tick.ts';
import {phrase} from '../words/words.ts';
import type {Backend, Backends} from './backends.ts';
import type {Dealing} from './dealing.ts';
import type {Delivery} from './delivery.ts';
import type {Frame, Frames} from './frame.ts';
import type {Hedging} from './hedging.ts';
import type {Link} from './link.ts';
import {hold} from './long-reads.ts';
import {newline} from './newline.ts';
import type {Pressure} from './pressure.ts';

export type Redelivery = {
	/** Takes all frames from a link that is closed and gives them to other servers. */
	redeliver(link: Link, backend: Backend): void;
	/** Takes a frame of many lines from its server, and gives each line to whoever is next. */
	scatter(frame: Frame): void;
	/** Takes one frame to another server, where there is one with room and the budget allows it. */
	tryAnother(frame: Frame): void;
	/** Takes one frame from its server, which has not answered it for too long, and tells its client. */
	expire(frame: Frame): void;
};

type RedeliveryParts = {
	backends: Backends;
	frames: Frames;
	dealing: Dealing;
	delivery: Delivery;
	pressure: Pressure;
	hedging: Hedging;
	/** May so many messages be sent again? */
	afford(messages: number): boolean;
	/** Takes a frame off its server's load. */
	unload(frame: Frame): void;
	/** How often a frame is taken to another server. */
	redeliveries: number;
	answerMs: number;
	/** Tells of a limit that struck messages of a server. */
	struck(limit: LimitName, backend: Backend, messages: number): void;
};

export function createRedelivery(parts: RedeliveryParts): Redelivery {
	const {backends, frames, dealing, delivery, pressure, hedging, afford, unload, struck} = parts;

	const takeBack = (frame: Frame) => {
		if (frame.backend !== null) {
			frame.backend.unanswered += frame.messages;
			unload(frame);
		}
		frame.backend = null;
		frame.link = null;
	};

	const isAwaited = (frame: Frame) => frame.client !== null && frame.client.phase !== 'gone';

	/** A frame of a long read, as frames of one line each: a server without the trunk takes no others. */
	const split = (frame: Frame): Frame[] => {
		const {bytes, start, end, redeliveries} = frame;
		const client = frame.client!;
		pressure.answered(client, frame);
		const parts: Frame[] = [];
		for (let at = start; at < end; ) {
			const part = parts.length === 0 ? frame : frames.take();
			const lineEnd = bytes.indexOf(newline, at) + 1;
			Object.assign(part, {client, bytes, start: at, end: lineEnd, messages: 1, redeliveries});
			part.isOrdered = true;
			part.isPing = false;
			pressure.asked(client, part);
			if (part !== frame) {
				hold(bytes);
				delivery.queueAfter(parts.at(-1)!, part);
			}
			parts.push(part);
			at = lineEnd;
		}
		return parts;
	};

	const giveAgain = (frame: Frame, from: Backend) => {
		from.redelivered += frame.messages;
		const isWhole = frame.messages <= 1 || backends.eligible.every(each => each.speaksTrunk && each.maxInFlight === 0);
		for (const part of isWhole ? [frame] : split(frame)) dealing.give(part, from);
	};

	const giveIfAffordable = (frame: Frame, from: Backend) => {
		if (afford(frame.messages)) return giveAgain(frame, from);
		if (frame.messages > 1) for (const part of split(frame)) giveIfAffordable(part, from);
		else {
			struck('retry-budget', from, 1);
			dealing.refuse(frame, 'unavailable', 'too many messages are being sent again');
		}
	};

	const redeliverOne = (frame: Frame, from: Backend) => {
		if (!isAwaited(frame)) return frames.free(frame);
		if (++frame.redeliveries > parts.redeliveries) {
			return dealing.refuse(frame, 'unavailable', `${frame.redeliveries} servers broke over it`);
		}
		if (backends.eligible.length === 0) return dealing.give(frame);
		giveIfAffordable(frame, from);
	};

	return {
		redeliver: (link, backend) => {
			for (const frame of frames.on(link)) {
				takeBack(frame);
				const lost = hedging.lost(frame);
				if (lost !== null) redeliverOne(lost, backend);
			}
		},
		scatter: frame => {
			takeBack(frame);
			const lost = hedging.lost(frame);
			if (lost === null) return;
			if (!isAwaited(lost)) frames.free(lost);
			else for (const part of split(lost)) dealing.give(part);
		},
		tryAnother: frame => {
			const {backend: from, link} = frame;
			if (from === null || link === null || frame.twin !== null || frame.isCopy || !isAwaited(frame)) return;
			if (frame.redeliveries >= parts.redeliveries || dealing.another(frame) === undefined) return;
			if (!afford(frame.messages)) return;
			struck('try-timeout', from, frame.messages);
			takeBack(frame);
			link.abandon(frame);
			backends.observe(from, 'unanswered', phrase('no answer to a try'));
			frame.redeliveries++;
			giveAgain(frame, from);
		},
		expire: frame => {
			const {backend, link} = frame;
			takeBack(frame);
			link?.abandon(frame);
			const cause = phrase('no answer in {seconds} s', {seconds: parts.answerMs / 1000});
			if (backend !== null) backends.observe(backend, 'unanswered', cause);
			const lost = hedging.lost(frame);
			if (lost === null) return;
			struck('answer-timeout', backend!, lost.messages);
			if (isAwaited(lost)) dealing.refuse(lost, 'unavailable', cause);
			else frames.free(lost);
		},
	};
}
