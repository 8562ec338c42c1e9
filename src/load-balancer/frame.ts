/**
 * A frame is one or more whole lines of one client, given to one server and answered together. It is the unit of all
 * bookkeeping: what is chosen for, awaited, taken elsewhere when a server breaks, and put back in order.
 */

import type {Backend} from './backends.ts';
import type {Client} from './client.ts';
import type {Link} from './link.ts';
import {release} from './long-reads.ts';
import type {Reply} from './reply.ts';

/** The lines of one client that are sent to one server together, until they are answered. */
export type Frame = {
	/** Its number on the wire: small, free again once the frame is answered. */
	slot: number;
	/** Counts up with every frame: the order in which they came. 0: it is free. */
	number: number;
	/** Whose it is; null when nobody waits for the answer any more. */
	client: Client | null;
	/**
	 * The lines: `bytes` from `start` to `end`. Kept until the answer, so that another server can be asked: whoever makes
	 * a frame of them holds them (`long-reads.ts`).
	 */
	bytes: Buffer;
	start: number;
	end: number;
	/** How many messages it holds, one a line; a PING is none. */
	messages: number;
	/** Must be answered in the order of requests, because it holds a line without an ID or more than one line. */
	isOrdered: boolean;
	isPing: boolean;
	/** What was read together with it; null: nothing. */
	batch: Batch | null;
	/** The server it was given to, and the connections that carry it; null when it is answered here. */
	backend: Backend | null;
	link: Link | null;
	/** The answer, its own, kept while those before it are missing. */
	reply: Reply;
	isAnswered: boolean;
	redeliveries: number;
	/** Waits for a server that has room. */
	isWaiting: boolean;
	/** The same message, asked of a second server; either has the other, and the second is the copy. */
	twin: Frame | null;
	isCopy: boolean;
	/** When a server got it, by the clientele's clock. */
	since: number;
	/** The moment a server got it, in ms; 0 when no algorithm wants to know. */
	sentAt: number;
	/** The client's next ordered frame. */
	next: Frame | null;
};

/** Frames of one read: so many are not answered yet. */
export type Batch = {missing: number};

/** All frames under way, by slot. */
export type Frames = {
	take(): Frame;
	free(frame: Frame): void;
	/** The frame of a slot, which may be a free one (its link is null then); undefined when there never was one. */
	at(slot: number): Frame | undefined;
	/** Every frame that a server has, in no order. */
	each(look: (frame: Frame) => void): void;
	/** The frames on one link, oldest first. */
	on(link: Link): Frame[];
	/**
	 * Gives the frame's lines memory of their own. They may be a small part of what was read with them, or share a piece of
	 * memory with other clients' that was otherwise free long ago.
	 */
	keepApart(frame: Frame): void;
	/** Forgets the frame's lines: nobody will ask for them again. */
	forgetLines(frame: Frame): void;
	/** Gives the frame another slot; its old one stays taken on that link, by a frame nobody waits for, until it is answered. */
	abandonSlot(frame: Frame, link: Link): void;
};

const nothing = Buffer.alloc(0);

export function createFrames(): Frames {
	const table: Frame[] = [];
	const free: Frame[] = [];
	let number = 0;
	const frames: Frames = {
		take: () => {
			const frame = free.pop() ?? addFrame(table);
			frame.number = ++number;
			return frame;
		},
		free: frame => {
			frame.number = 0;
			frame.client = null;
			frames.forgetLines(frame);
			frame.batch = null;
			frame.backend = null;
			frame.link = null;
			frame.reply = '';
			frame.isAnswered = false;
			frame.redeliveries = 0;
			frame.twin = null;
			frame.isCopy = false;
			frame.next = null;
			free.push(frame);
		},
		at: slot => table[slot],
		each: look => {
			for (let slot = 0; slot < table.length; slot++) if (table[slot]!.link !== null) look(table[slot]!);
		},
		on: link => table.filter(frame => frame.link === link).sort((one, other) => one.number - other.number),
		keepApart: frame => {
			const {bytes, start, end} = frame;
			const length = end - start;
			if (bytes.length < end || bytes.buffer.byteLength <= length * 2) return;
			frame.bytes = Buffer.allocUnsafeSlow(length);
			bytes.copy(frame.bytes, 0, start, end);
			release(bytes);
			frame.start = 0;
			frame.end = length;
		},
		forgetLines: frame => {
			release(frame.bytes);
			frame.bytes = nothing;
		},
		abandonSlot: (frame, link) => {
			const other = frames.take();
			other.link = link;
			[frame.slot, other.slot] = [other.slot, frame.slot];
			table[frame.slot] = frame;
			table[other.slot] = other;
		},
	};
	return frames;
}

function addFrame(table: Frame[]): Frame {
	const frame: Frame = {
		slot: table.length,
		number: 0,
		client: null,
		bytes: nothing,
		start: 0,
		end: 0,
		messages: 0,
		isOrdered: false,
		isPing: false,
		batch: null,
		backend: null,
		link: null,
		reply: '',
		isAnswered: false,
		redeliveries: 0,
		isWaiting: false,
		twin: null,
		isCopy: false,
		since: 0,
		sentAt: 0,
		next: null,
	};
	table.push(frame);
	return frame;
}
