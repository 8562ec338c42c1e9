/** What becomes of the frames of a server that broke: none is lost without a word. */

import type {Backend, Backends} from './backends.ts';
import type {Dealing} from './dealing.ts';
import type {Delivery} from './delivery.ts';
import type {Frame, Frames} from './frame.ts';
import type {Link} from './link.ts';
import {newline} from './newline.ts';
import type {Pressure} from './pressure.ts';

export type Redelivery = {
	/** Takes all frames from a link that is closed and gives them to other servers. */
	redeliver(link: Link, backend: Backend): void;
	/** Takes one frame from its server, which has not answered it for too long, and tells its client. */
	expire(frame: Frame): void;
};

export type RedeliveryParts = {
	backends: Backends;
	frames: Frames;
	dealing: Dealing;
	delivery: Delivery;
	pressure: Pressure;
	/** Takes a frame off its server's load. */
	unload(frame: Frame): void;
	/** How often a frame is taken to another server. */
	redeliveries: number;
	answerMs: number;
};

export function createRedelivery(parts: RedeliveryParts): Redelivery {
	const {backends, frames, dealing, delivery, pressure, unload} = parts;

	const takeBack = (frame: Frame) => {
		if (frame.backend !== null) unload(frame);
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
			if (part !== frame) delivery.queueAfter(parts.at(-1)!, part);
			parts.push(part);
			at = lineEnd;
		}
		return parts;
	};

	const redeliverOne = (frame: Frame, from: Backend) => {
		if (!isAwaited(frame)) return frames.free(frame);
		if (++frame.redeliveries > parts.redeliveries) {
			return dealing.refuse(frame, 'unavailable', `${frame.redeliveries} servers broke over it`);
		}
		if (backends.eligible.length > 0) from.redelivered += frame.messages;
		const isWhole = frame.messages <= 1 || backends.eligible.every(backend => backend.speaksTrunk);
		for (const part of isWhole ? [frame] : split(frame)) dealing.give(part);
	};

	return {
		redeliver: (link, backend) => {
			for (const frame of frames.on(link)) {
				takeBack(frame);
				redeliverOne(frame, backend);
			}
		},
		expire: frame => {
			const link = frame.link;
			takeBack(frame);
			link?.abandon(frame);
			if (isAwaited(frame)) dealing.refuse(frame, 'unavailable', `no answer in ${parts.answerMs / 1000} s`);
			else frames.free(frame);
		},
	};
}
