/**
 * Asks a second server when the first is slow; the first answer is the client's, the other is dropped (Dean and Barroso,
 * "The Tail at Scale", 2013). The second question is a frame of its own, the copy; it and the original are twins.
 */

import type {Backend} from './backends.ts';
import type {Frame, Frames} from './frame.ts';
import {hold} from './long-reads.ts';

export type Hedging = {
	/** Copies so far, in messages. */
	readonly hedged: number;
	/** The frame's delay is over. */
	begin(frame: Frame): void;
	/** One of two twins was answered: drops the other and gives the original, whose answer it is. */
	won(frame: Frame): Frame;
	/** A server has lost this frame: gives the one that must be asked again, null when its twin is still under way. */
	lost(frame: Frame): Frame | null;
};

type HedgingParts = {
	frames: Frames;
	/** Another server than this frame's that has room. */
	another(frame: Frame): Backend | undefined;
	/** May so many messages be sent again? */
	afford(messages: number): boolean;
	send(frame: Frame, backend: Backend): void;
	unload(frame: Frame): void;
};

export function createHedging({frames, another, afford, send, unload}: HedgingParts): Hedging {
	let hedged = 0;

	const part = (frame: Frame, twin: Frame) => {
		frame.twin = null;
		twin.twin = null;
	};

	const drop = (frame: Frame) => {
		const link = frame.link;
		if (link === null) return;
		unload(frame);
		frame.backend = null;
		frame.link = null;
		link.abandon(frame);
	};

	return {
		get hedged() {
			return hedged;
		},
		begin: frame => {
			const {client, bytes, start, end, messages} = frame;
			const isUnderWay = frame.link !== null && frame.twin === null && !frame.isCopy;
			if (!isUnderWay || frame.isPing || client === null || client.phase === 'gone') return;
			const backend = another(frame);
			if (backend === undefined || (messages > 1 && !backend.speaksTrunk) || !afford(messages)) return;
			const copy = frames.take();
			hold(bytes);
			Object.assign(copy, {client, bytes, start, end, messages, redeliveries: 1, isCopy: true, twin: frame});
			copy.isOrdered = frame.isOrdered;
			copy.isPing = false;
			frame.twin = copy;
			hedged += messages;
			send(copy, backend);
		},
		won: frame => {
			const twin = frame.twin!;
			part(frame, twin);
			drop(twin);
			if (!frame.isCopy) {
				frames.free(twin);
				return frame;
			}
			frames.free(frame);
			return twin;
		},
		lost: frame => {
			const twin = frame.twin;
			if (twin === null) return frame;
			if (!frame.isCopy) return null;
			part(frame, twin);
			frames.free(frame);
			return twin.link === null ? twin : null;
		},
	};
}
