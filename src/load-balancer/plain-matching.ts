/** Which reply line is whose, on a plain connection that carries many messages at once. */

import type {Frame} from './frame.ts';
import {maxAnswerBytes} from './frame-parser.ts';
import {idLength} from './line-id.ts';
import {createLineTags, type LineTags, longestId} from './line-tags.ts';
import type {Output} from './output.ts';
import {createQueue} from './queue.ts';
import type {Reply} from './reply.ts';

/** Which answer belongs to which message, on one connection to a server that does not speak the trunk. */
export type Matching = {
	/** Messages sent and not answered, abandoned ones among them. */
	readonly size: number;
	/** False when the frame cannot be sent as it is, because its lines do not all bear IDs that have room for a tag. */
	send(frame: Frame, output: Output, time: number): boolean;
	/** From now on lines of these bytes are matched. */
	read(bytes: Buffer): void;
	/** Takes out what the line from `start` to `end`, and maybe the next ones, answer; or says what is wrong with it. */
	match(bytes: Buffer, start: number, end: number): Matched | string;
	/** Waits no longer for this frame; false when it is not here. */
	abandon(frame: Frame): boolean;
	/** The frames that are waited for, oldest first. */
	frames(): Frame[];
};

/**
 * `lines` up to `end` were taken. They complete the answer to `frame`; or `frame` is null, because more of it is to come
 * or because nobody waits for it any more.
 */
type Matched = {frame: Frame | null; sentAt: number; pieces: number; reply: Reply; lines: number; end: number};

/** One for what is sent and one for what is read, because something may be sent while replies are looked at. */
const tags = {outgoing: undefined as LineTags | undefined, incoming: undefined as LineTags | undefined};
/** They are made when a run comes: only plain servers need them, and they take memory. */
const outgoing = () => (tags.outgoing ??= createLineTags());
const incoming = () => (tags.incoming ??= createLineTags());

/** The ways there are, by what the server is known to do. */
export const matchings = {id: matchById, ordered: matchInOrder} as const;

const hash = 35;
const dot = 46;
const colon = 58;
const space = 32;
const zero = 48;
const maxDigits = 9;

/** What is under way under a number: so many answers are missing. 0: the number is free. */
type Slot = {
	number: number;
	/** Null once nobody waits for it. */
	frame: Frame | null;
	isRun: boolean;
	/** How many bytes the ID has that follows the number: its client's, or 0 for one of our own. */
	idBytes: number;
	sentAt: number;
	missing: number;
	/** What has come of a run's answer, in how many pieces and bytes. */
	parts: Buffer[];
	pieces: number;
	partBytes: number;
};

const noParts: Buffer[] = [];

/**
 * The server echoes IDs: each message goes out under its place in a table, and comes back in any order. A frame of many
 * lines, a run, has one place. The place is a tag before the client's own ID, `#5.c7-1420`, or before a number that is
 * never used again, `#5:mf3k1a-9-17`: places are, and a server that remembers IDs would take a new message for an old one.
 */
function matchById(): Matching {
	const slots: Slot[] = [];
	const free: Slot[] = [];
	let size = 0;
	let reading: Buffer | null = null;

	const addSlot = () => {
		const empty = {
			frame: null,
			isRun: false,
			idBytes: 0,
			sentAt: 0,
			missing: 0,
			parts: noParts,
			pieces: 0,
			partBytes: 0,
		};
		return slots[slots.push({...empty, number: slots.length}) - 1]!;
	};

	const putLine = ({bytes, start, end}: Frame, slot: Slot, output: Output) => {
		const length = idLength(bytes, start, end);
		const hasRoom = length > 0 && length <= longestId && bytes[start + 1 + length] === space;
		slot.idBytes = hasRoom ? length : 0;
		if (hasRoom) output.putTagged(slot.number, bytes, start + 1, end);
		else output.putUnder(`#${slot.number}:${life}-${++serial}`, bytes, length > 0 ? start + 1 + length : start, end);
	};

	const putRun = ({bytes, start, end, messages}: Frame, {number}: Slot, output: Output) => {
		const tagged = outgoing().tag(bytes, start, end, messages, number);
		if (tagged !== undefined) output.putCopy(tagged);
		return tagged !== undefined;
	};

	const release = (slot: Slot, reply: Reply, lines: number, end: number): Matched => {
		const {frame, sentAt, pieces} = slot;
		slot.frame = null;
		slot.parts = noParts;
		slot.pieces = 0;
		slot.partBytes = 0;
		free.push(slot);
		return {frame, sentAt, pieces, reply, lines, end};
	};

	/** The answer to one line; `at` is the place after the number. */
	const matchLine = (slot: Slot, bytes: Buffer, at: number, end: number): Matched | string => {
		const {frame, idBytes} = slot;
		if (bytes[at] !== (idBytes > 0 ? dot : colon)) return noId;
		const blank = idBytes > 0 ? at + 1 + idBytes : bytes.indexOf(space, at);
		if (bytes[blank] !== space || blank >= end) return noId;
		if (frame !== null && idBytes > 0 && !isIdOf(frame, bytes, at + 1, idBytes)) return noId;
		slot.missing = 0;
		size--;
		return release(slot, frame === null ? '' : idPart(frame) + bytes.toString('latin1', blank + 1, end), 1, end);
	};

	const matchRun = (slot: Slot, start: number, tagEnd: number): Matched | string => {
		const reader = incoming();
		if (reading !== null) reader.read(reading);
		reading = null;
		const text = reader.untag(start, tagEnd);
		const {lines, next} = reader;
		if (lines === 0 || lines > slot.missing) return noId;
		slot.missing -= lines;
		slot.pieces++;
		size -= lines;
		if (slot.missing === 0)
			return release(slot, slot.parts.length === 0 ? text : Buffer.concat([...slot.parts, text]), lines, next);
		slot.partBytes += text.length;
		if (slot.partBytes > maxAnswerBytes) return 'its answer is too long';
		if (slot.frame !== null) slot.parts = [...slot.parts, Buffer.from(text)];
		return {frame: null, sentAt: slot.sentAt, pieces: slot.pieces, reply: '', lines, end: next};
	};

	return {
		get size() {
			return size;
		},
		send: (frame, output, time) => {
			const slot = free.pop() ?? addSlot();
			slot.isRun = frame.messages > 1;
			if (!slot.isRun) putLine(frame, slot, output);
			else if (!putRun(frame, slot, output)) return free.push(slot) === 0;
			slot.frame = frame;
			slot.sentAt = time;
			slot.missing = slot.isRun ? frame.messages : 1;
			size += slot.missing;
			return true;
		},
		read: bytes => {
			reading = bytes;
		},
		match: (bytes, start, end) => {
			if (bytes[start] !== hash) return noId;
			let at = start + 1;
			let number = 0;
			for (; bytes[at]! >= zero && bytes[at]! <= zero + 9; at++) number = number * 10 + bytes[at]! - zero;
			const slot = slots[number];
			if (slot === undefined || slot.missing === 0 || at === start + 1 || at - start > maxDigits) return noId;
			if (!slot.isRun) return matchLine(slot, bytes, at, end);
			return bytes[at] === dot ? matchRun(slot, start, at + 1) : noId;
		},
		abandon: frame => {
			const slot = slots.find(each => each.frame === frame);
			if (slot) slot.frame = null;
			return slot !== undefined;
		},
		frames: () => slots.flatMap(({frame}) => frame ?? []).sort((one, other) => one.number - other.number),
	};
}

const noId = 'its replies bear no ID that was asked';

/** No other balancer's, nor this one's in another life. */
const life = `${Date.now().toString(36)}-${process.pid.toString(36)}`;
let serial = 0;

/** True when these bytes are the ID of the frame's line, or when that was forgotten with its client. */
function isIdOf({bytes, start}: Frame, reply: Buffer, at: number, length: number): boolean {
	if (bytes.length === 0) return true;
	for (let place = 0; place < length; place++) if (reply[at + place] !== bytes[start + 1 + place]) return false;
	return true;
}

/** The server answers in the order it was asked. */
function matchInOrder(): Matching {
	const queue = createQueue<{frame: Frame | null; sentAt: number}>();
	return {
		get size() {
			return queue.size;
		},
		send: (frame, output, sentAt) => {
			queue.push({frame, sentAt});
			output.putBare(frame.bytes, frame.start, frame.end);
			return true;
		},
		read: () => undefined,
		match: (bytes, start, end) => {
			const first = queue.shift();
			if (!first) return noId;
			const {frame, sentAt} = first;
			const reply = frame ? underItsId(frame, bytes.toString('latin1', start, end)) : '';
			return {frame, sentAt, pieces: 1, reply, lines: 1, end};
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
