/** Which reply line is whose, on a plain connection that carries many messages at once. */

import type {Frame} from './frame.ts';
import {idLength} from './line-id.ts';
import type {Output} from './output.ts';
import {createQueue} from './queue.ts';

export type Matching = {
	/** Messages sent and not answered, abandoned ones among them. */
	readonly size: number;
	send(frame: Frame, output: Output): void;
	/**
	 * Takes out the message that the line from `start` to `end` answers: the reply for its client (latin1), or only
	 * that it is one nobody waits for any more; undefined when it answers none.
	 */
	match(bytes: Buffer, start: number, end: number): Matched | undefined;
	/** Waits no longer for this frame; false when it is not here. */
	abandon(frame: Frame): boolean;
	/** The frames that are waited for, oldest first. */
	frames(): Frame[];
};

export type Matched = {frame: Frame; reply: string} | 'abandoned';

/** The ways there are, by what the server is known to do. */
export const matchings = {id: matchById, ordered: matchInOrder} as const;

const hash = 35;
const space = 32;
const zero = 48;
const maxDigits = 9;

/** The server echoes IDs: each message goes out under its place in a table, and comes back in any order. */
function matchById(): Matching {
	const slots: (Frame | 'abandoned' | undefined)[] = [];
	const free: number[] = [];
	const frames = () => slots.filter(each => typeof each === 'object').sort((one, other) => one.number - other.number);
	return {
		get size() {
			return slots.length - free.length;
		},
		send: (frame, output) => {
			const slot = free.pop() ?? slots.length;
			slots[slot] = frame;
			const {bytes, start, end} = frame;
			const length = idLength(bytes, start, end);
			output.putTagged(slot, bytes, length > 0 ? start + 1 + length : start, end);
		},
		match: (bytes, start, end) => {
			if (bytes[start] !== hash) return undefined;
			let at = start + 1;
			let slot = 0;
			for (; bytes[at]! >= zero && bytes[at]! <= zero + 9; at++) slot = slot * 10 + bytes[at]! - zero;
			if (bytes[at] !== space || at === start + 1 || at - start > maxDigits) return undefined;
			const frame = slots[slot];
			if (frame === undefined) return undefined;
			slots[slot] = undefined;
			free.push(slot);
			return frame === 'abandoned' ? frame : {frame, reply: idPart(frame) + bytes.toString('latin1', at + 1, end)};
		},
		abandon: frame => {
			const slot = slots.indexOf(frame);
			if (slot >= 0) slots[slot] = 'abandoned';
			return slot >= 0;
		},
		frames,
	};
}

/** The server answers in the order it was asked. */
function matchInOrder(): Matching {
	const queue = createQueue<{frame: Frame | null}>();
	return {
		get size() {
			return queue.size;
		},
		send: (frame, output) => {
			queue.push({frame});
			output.putBare(frame.bytes, frame.start, frame.end);
		},
		match: (bytes, start, end) => {
			const first = queue.shift();
			if (!first) return undefined;
			const {frame} = first;
			return frame ? {frame, reply: underItsId(frame, bytes.toString('latin1', start, end))} : 'abandoned';
		},
		abandon: frame => {
			const place = queue.all().find(each => each.frame === frame);
			if (place) place.frame = null;
			return place !== undefined;
		},
		frames: () => queue.all().flatMap(({frame}) => frame ?? []),
	};
}

/** `#ID ` as the client wrote it, or nothing. */
export function idPart({bytes, start, end}: Frame): string {
	const length = idLength(bytes, start, end);
	return length > 0 ? `${bytes.toString('latin1', start, start + 1 + length)} ` : '';
}

/** The reply of a server that may or may not echo IDs. */
function underItsId(frame: Frame, line: string): string {
	const id = idPart(frame);
	return line.startsWith(id) ? line : id + line;
}
