/** What a connection's bytes ask for: whole lines and whole frames are answered, the rest is left for later. */

import {type NakReason, trunkOpening} from '../domain/message.ts';
import type {Awaited, Cut, ServerFaults} from './faults/server-faults.ts';
import {type Group, ordered, type Replies, unordered} from './replies.ts';
import {contentEnd, idIn, isPing} from './request-bytes.ts';
import {type FrameHeader, malformed, readFrameHeader} from './trunk-bytes.ts';
import type {Work} from './work.ts';

/** Whose bytes they are. `reject` ends the reading: what was sent makes no sense. */
export type Requester = {
	readonly work: Work;
	readonly faults: ServerFaults;
	readonly replies: Replies;
	readonly maxLineBytes: number;
	/** `new` until the first line tells which of the two it is. */
	kind: 'new' | 'plain' | 'trunk';
	reject(reason: NakReason, id: string, detail: string): void;
	cut: Cut;
};

const newline = 10;
const carriageReturn = 13;
const opening = Buffer.from(trunkOpening);
const header: FrameHeader = {slot: 0, length: 0};

/** Answers what is whole in `data` and gives how many bytes that was. The first `seen` bytes hold no line's end. */
export function readRequests(requester: Requester, data: Buffer, seen: number): number {
	if (requester.kind === 'trunk') return readFrames(requester, data, 0);
	if (requester.kind === 'plain') return readLines(requester, data, seen);
	if (data.length >= opening.length && data.compare(opening, 0, opening.length, 0, opening.length) === 0) {
		requester.kind = 'trunk';
		return readFrames(requester, data, opening.length);
	}
	const used = readLines(requester, data, seen);
	if (used > 0) requester.kind = 'plain';
	return used;
}

/** Answers the last line of a plain connection, which its end of sending ended. */
export function readLastLine(requester: Requester, data: Buffer): void {
	if (data.length > 0 && requester.kind !== 'trunk') readLine(requester, data, 0, data.length);
}

function readLines(requester: Requester, data: Buffer, seen: number): number {
	let start = 0;
	for (let end = data.indexOf(newline, seen); end >= 0; end = data.indexOf(newline, start)) {
		if (!readLine(requester, data, start, end)) return data.length;
		start = end + 1;
	}
	const unfinished = data.length - start;
	const allowed = requester.maxLineBytes + (data[data.length - 1] === carriageReturn ? 1 : 0);
	if (unfinished <= allowed) return start;
	requester.reject('too-long', idIn(data, start, data.length), '');
	return data.length;
}

/** False when the line ended the reading. */
function readLine(requester: Requester, data: Buffer, start: number, lineEnd: number): boolean {
	const end = contentEnd(data, start, lineEnd);
	const id = idIn(data, start, end);
	if (end - start > requester.maxLineBytes) {
		requester.reject('too-long', id, '');
		return false;
	}
	const {replies} = requester;
	const slot = id === '' ? ordered : unordered;
	const answer = answerTo(requester, {data, start, end, id, slot});
	if (typeof answer === 'string') replies.add(slot, answer);
	else replies.await(replies.open(slot), answer);
	return true;
}

function readFrames(requester: Requester, data: Buffer, from: number): number {
	let at = from;
	for (;;) {
		const start = readFrameHeader(data, at, header);
		const end = start + header.length;
		if (start === malformed || (start >= 0 && end <= data.length && !isWhole(data, start, end))) {
			requester.reject('bad-request', '', 'malformed frame');
			return data.length;
		}
		if (start < 0 || end > data.length) return at;
		readFrame(requester, data, start, end);
		at = end;
	}
}

function isWhole(data: Buffer, start: number, end: number): boolean {
	return start === end || data[end - 1] === newline;
}

/** A line too long is refused within its frame's reply: to end the trunk would cost all its other clients. */
function readFrame(requester: Requester, data: Buffer, from: number, to: number) {
	const {work, replies, maxLineBytes} = requester;
	const slot = header.slot;
	let there = '';
	let group: Group | undefined;
	for (let start = from; start < to; ) {
		const lineEnd = data.indexOf(newline, start);
		const end = contentEnd(data, start, lineEnd);
		const id = idIn(data, start, end);
		const isTooLong = end - start > maxLineBytes;
		const answer = isTooLong ? work.refuse(id, 'too-long') : answerTo(requester, {data, start, end, id, slot});
		start = lineEnd + 1;
		if (typeof answer !== 'string') {
			group ??= replies.open(slot, there);
			replies.await(group, answer);
		} else if (group) group.replies.push(answer);
		else there += answer;
	}
	if (!group) replies.add(slot, there);
}

type Line = {data: Buffer; start: number; end: number; id: string; slot: number};

function answerTo({work, faults, cut}: Requester, {data, start, end, id, slot}: Line): string | Awaited {
	const textStart = id === '' ? start : start + id.length + 2;
	if (isPing(data, textStart, end)) return work.pong(id);
	if (faults.isQuiet) return work.take(id);
	return faults.answer(work, {id, text: data.toString('utf8', textStart, end), slot, cut});
}
