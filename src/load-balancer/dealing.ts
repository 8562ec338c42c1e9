/** Who gets which line: whole lines of a client become frames, each given to the server that is next. */

import type {HashKey} from '../domain/algorithm.ts';
import {formatNak, type NakReason} from '../domain/message.ts';
import type {LimitName} from '../domain/tick.ts';
import type {Algorithm, Choice, Question} from './algorithms/algorithm.ts';
import type {Backend, Backends} from './backends.ts';
import type {CircuitBreaker} from './circuit-breaker.ts';
import type {Client} from './client.ts';
import type {Delivery} from './delivery.ts';
import type {Batch, Frame, Frames} from './frame.ts';
import {maxLinesPerFrame} from './frame-parser.ts';
import {hashKeys} from './hash-key.ts';
import {idLength, idOf, isPing} from './line-id.ts';
import {hold} from './long-reads.ts';
import {countLines, newline} from './newline.ts';
import type {Pressure} from './pressure.ts';
import {ourName} from './settings.ts';
import type {WaitingLine} from './waiting-line.ts';

export type Dealing = {
	/** Gives whole lines (the bytes from `start` to `end`) to servers, evenly also within one read. */
	deal(client: Client, bytes: Buffer, start: number, end: number): void;
	/**
	 * Gives a frame to the next server, if there is one to another than `avoid`; lets it wait when all are full; answers
	 * it when there is none.
	 */
	give(frame: Frame, avoid?: Backend): void;
	/** What decided the choice that was made last, which was this server. */
	explain(backend: Backend): string;
	/** A server that has room for a frame and is not the one that has it. */
	another(frame: Frame): Backend | undefined;
	/** Gives away what waits, in order, as long as servers have room. */
	serve(): void;
	/** Answers a frame that a limit forbids. */
	refuseBusy(frame: Frame, limit: LimitName): void;
	/** Answers each line of a frame with a NAK of our own. */
	refuse(frame: Frame, reason: NakReason, detail: string): void;
	/** The same for a line that cannot be taken, of which there is only the beginning. */
	refuseLine(client: Client, beginning: Buffer, reason: NakReason): void;
};

type DealingParts = {
	backends: Backends;
	choice: Choice;
	/** Chooses for PINGs, so that they do not take the messages' turns. */
	pingAlgorithm: Algorithm;
	question: Pick<Question, 'random' | 'now'>;
	hashKey: HashKey;
	frames: Frames;
	delivery: Delivery;
	pressure: Pressure;
	waiting: WaitingLine;
	breaker: CircuitBreaker;
	/** Puts a frame on the way to its server. */
	send(frame: Frame, backend: Backend): void;
	/** Tells of a limit that refused messages. */
	struck(limit: LimitName, messages: number): void;
	/** Each line is a frame of its own, also in a long read. */
	isOneByOne: boolean;
	countNak(messages: number): void;
};

/** Up to so many lines of one read go to the servers one by one; more, in one run of lines per server. */
const maxOneByOne = 32;

/** A read that begins with a line of so many bytes holds few, and is not worth counting. */
const longLineBytes = 2048;

export function createDealing(parts: DealingParts): Dealing {
	const {backends, choice, pingAlgorithm, frames, delivery, pressure, waiting, breaker, send, countNak} = parts;
	const keyOf = hashKeys[parts.hashKey];
	/** Who asks, and with which lines. */
	let asking: Pick<Frame, 'client' | 'bytes' | 'start' | 'end'> | null = null;
	const address = () => asking?.client?.connection.remoteAddress ?? '';
	const key = () => (asking && keyOf(asking.bytes, asking.start, asking.end)) ?? address();
	const question: Question = {...parts.question, key, address, avoid: undefined};

	/** Of the read that is being dealt out. */
	let batch: Batch | null = null;

	const frameOf = (client: Client, bytes: Buffer, start: number, end: number, lines: number) => {
		const frame = frames.take();
		frame.client = client;
		frame.bytes = bytes;
		hold(bytes);
		frame.start = start;
		frame.end = end;
		frame.isPing = lines === 1 && isPing(bytes, start, end);
		frame.messages = frame.isPing ? 0 : lines;
		frame.isOrdered = lines > 1 || idLength(bytes, start, end) === 0;
		frame.batch = batch;
		if (batch !== null) batch.missing++;
		pressure.asked(client, frame);
		if (frame.isOrdered) delivery.queue(client, frame);
		return frame;
	};

	const choose = (frame: Frame, avoid?: Backend): Backend | undefined => {
		asking = frame;
		question.avoid = avoid;
		return (frame.isPing ? pingAlgorithm : choice.algorithm).next(backends.eligible, question);
	};

	const give = (frame: Frame, avoid?: Backend) => {
		if (backends.eligible.length === 0) return refuse(frame, 'unavailable', 'no server is up');
		if (waiting.size > 0) return wait(frame);
		// One that broke over a message may have it again rather than none.
		const chosen = choose(frame, avoid) ?? (avoid && choose(frame));
		if (chosen === undefined) wait(frame);
		else if (avoid !== undefined && breaker.isFullOfRetries(chosen)) refuseBusy(frame, 'breaker');
		else send(frame, chosen);
	};

	const wait = (frame: Frame) => {
		if (breaker.isOpen(backends.eligible)) refuseBusy(frame, 'breaker');
		else if (!waiting.join(frame)) refuseBusy(frame, 'maxqueue');
	};

	const refuseBusy = (frame: Frame, limit: LimitName) => {
		parts.struck(limit, frame.messages);
		refuse(frame, 'busy', `every server is full (${limit})`);
	};

	const serveOne = (frame: Frame): boolean => {
		if (backends.eligible.length === 0) {
			refuse(frame, 'unavailable', 'no server is up');
			return true;
		}
		const chosen = choose(frame);
		if (chosen !== undefined) send(frame, chosen);
		return chosen !== undefined;
	};

	const dealOneByOne = (client: Client, bytes: Buffer, start: number, end: number) => {
		for (let at = start; at < end; ) {
			const lineEnd = bytes.indexOf(newline, at) + 1;
			give(frameOf(client, bytes, at, lineEnd, 1));
			at = lineEnd;
		}
	};

	const deal = (client: Client, bytes: Buffer, start: number, end: number) => {
		if (pressure.isFull()) return refuseLines(client, bytes, start, end);
		const firstEnd = endOfFirst(bytes, start, end);
		if (firstEnd === end) return give(frameOf(client, bytes, start, end, 1));
		// Each line by itself, or so long that few are read at once: there waiting costs more than it brings.
		batch = parts.isOneByOne || firstEnd - start >= longLineBytes ? null : {missing: 1};
		dealMany(client, bytes, start, end, firstEnd);
		if (batch !== null && --batch.missing === 0) client.isComplete = true;
		batch = null;
	};

	const dealMany = (client: Client, bytes: Buffer, start: number, end: number, firstEnd: number) => {
		const candidates = backends.eligible;
		const takesRuns = candidates.length > 0 && candidates.every(each => each.speaksTrunk || each.takesRuns);
		const isKeyed = choice.algorithm.isByKey && parts.hashKey !== 'address';
		const isLong = firstEnd - start >= longLineBytes;
		const mayRun = !parts.isOneByOne && takesRuns && !isKeyed && !isLong && waiting.size === 0;
		if (!mayRun) return dealOneByOne(client, bytes, start, end);
		const lines = countLines(bytes, start, end);
		if (lines.total <= maxOneByOne) return dealOneByOne(client, bytes, start, end);
		const isTrunk = candidates.every(each => each.speaksTrunk);
		// Without the trunk nothing but its ID says which line an answer is to.
		if (!isTrunk && lines.tagged() < lines.total) return dealOneByOne(client, bytes, start, end);
		asking = {client, bytes, start, end};
		question.avoid = undefined;
		const shares = choice.algorithm.share(candidates, lines.total, question);
		let at = start;
		let dealt = 0;
		for (const [place, share] of shares.entries()) {
			for (let left = share; left > 0; ) {
				const count = Math.min(left, maxLinesPerFrame);
				left -= count;
				dealt += count;
				const runEnd = dealt === lines.total ? end : lines.endOf(dealt);
				send(frameOf(client, bytes, at, runEnd, count), candidates[place]!);
				at = runEnd;
			}
		}
		dealOneByOne(client, bytes, at, end);
	};

	const refuseLines = (client: Client, bytes: Buffer, start: number, end: number) => {
		const lines = countLines(bytes, start, end).total;
		parts.struck('memory', lines);
		refuse(frameOf(client, bytes, start, end, lines), 'busy', 'too much waits (memory)');
	};

	const refuse = (frame: Frame, reason: NakReason, detail: string) => {
		const {bytes, start, end} = frame;
		let text = '';
		for (let at = start; at < end; ) {
			const lineEnd = bytes.indexOf(newline, at) + 1 || end;
			text += `${formatNak(ourName, reason, idOf(bytes, at, lineEnd), detail)}\n`;
			at = lineEnd;
		}
		countNak(frame.messages);
		delivery.answer(frame, text);
	};

	const refuseLine = (client: Client, beginning: Buffer, reason: NakReason) => {
		refuse(frameOf(client, beginning, 0, beginning.length, 1), reason, '');
	};

	return {
		deal,
		give,
		explain: backend => choice.algorithm.explain(backends.eligible, question, backend),
		another: frame => choose(frame, frame.backend ?? undefined),
		serve: () => waiting.serve(serveOne),
		refuseBusy,
		refuse,
		refuseLine,
	};
}

/** The place after the first line. Looks itself, for a call costs more than most lines are long. */
function endOfFirst(bytes: Buffer, start: number, end: number): number {
	const near = Math.min(end, start + 128);
	for (let at = start; at < near; at++) if (bytes[at] === newline) return at + 1;
	return near === end ? end : bytes.indexOf(newline, near) + 1;
}
