/**
 * The way to a server without the trunk that can take many messages on one connection. One that works on its messages
 * one after another gets further connections, as many as its slowness shows that it needs.
 */

import {phrase} from '../words/words.ts';
import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import type {Link, LinkHandlers, LinkOptions} from './link.ts';
import {newline} from './newline.ts';
import {createOutput, type Output} from './output.ts';
import {type Matching, matchings} from './plain-matching.ts';
import type {Pace} from './plain-pace.ts';
import {type Connection, causeOf, isOurFault} from './transport.ts';

type PlainMuxOptions = LinkOptions & {
	matching: keyof typeof matchings;
	maxConnections: number;
	pace: Pace;
	/** Answers came, and the pace has taken them in. */
	onAnswers(): void;
	/** The server cannot be spoken to like this: the frames are the caller's, the mux is closed. */
	unfit(frames: Frame[], why: string): void;
};

type Lane = {
	connection: Connection;
	output: Output;
	matching: Matching;
	/** The start of a reply whose end has not come. */
	rest: Buffer | null;
	served: number;
	openedAt: number;
	/** When it last answered, or was given something while it had nothing. */
	movedAt: number;
};

const maxReplyBytes = 66 * 1024;

/** A message that would wait so long behind others on its connection gets another, as long as there may be more. */
const busyMs = 10;
/** One that would wait no longer than this stays with the others, for together they cost less. */
const briefMs = 1;

/** A server that ends this many connections in a row so soon, with messages on them, serves only some on each. */
const shortMs = 1000;
const mostShort = 3;

export function openPlainMux(backend: Backend, handlers: LinkHandlers, options: PlainMuxOptions): Link {
	const {transport, timeoutMs, now, onRoom, matching, maxConnections, pace, onAnswers, unfit} = options;
	const lanes = new Set<Lane>();
	let isOpen = true;
	let shortLives = 0;

	const open = (): Lane => {
		const connection = transport.connect(
			{host: backend.host, port: backend.port, timeoutMs, isFleeting: true},
			{
				received: bytes => lanes.has(lane) && received(lane, bytes),
				ended: () => end(lane, ''),
				failed: error => (isOurFault(error) ? endForWant(lane) : end(lane, causeOf(error))),
			},
		);
		const output = createOutput(connection, onRoom);
		const openedAt = now();
		const lane: Lane = {
			...{connection, output, matching: matchings[matching]()},
			...{rest: null, served: 0, openedAt, movedAt: openedAt},
		};
		lanes.add(lane);
		backend.connections++;
		return lane;
	};

	const drop = (lane: Lane) => {
		lanes.delete(lane);
		backend.connections--;
		lane.connection.destroy();
	};

	/** The first that is quick; else the one with the least to do on which something moves, or a new one. */
	const choose = (time: number): Lane => {
		let best: Lane | undefined;
		let stuck: Lane | undefined;
		for (const lane of lanes) {
			const {size} = lane.matching;
			if (size > 0 && time - lane.movedAt > busyMs) stuck = lane;
			else if (size * pace.gapMs < briefMs) return lane;
			else if (!best || size < best.matching.size) best = lane;
		}
		const isSlow = !best || best.matching.size * pace.gapMs > busyMs;
		if (isSlow && lanes.size < maxConnections) return open();
		return best ?? stuck ?? open();
	};

	const put = (frame: Frame) => {
		const time = now();
		const lane = choose(time);
		if (lane.matching.size === 0) lane.movedAt = time;
		if (!lane.matching.send(frame, lane.output, time)) handlers.unsent(frame);
	};

	const received = (lane: Lane, chunk: Buffer) => {
		const bytes = lane.rest ? Buffer.concat([lane.rest, chunk]) : chunk;
		const time = now();
		const elapsedMs = time - lane.movedAt;
		const before = lane.served;
		lane.rest = null;
		lane.movedAt = time;
		lane.matching.read(bytes);
		let at = 0;
		for (let lineEnd = bytes.indexOf(newline) + 1; lineEnd > 0; lineEnd = bytes.indexOf(newline, at) + 1) {
			const matched = lane.matching.match(bytes, at, lineEnd);
			if (typeof matched === 'string') return misfit(matched);
			const {frame, sentAt, pieces, reply, lines, end} = matched;
			lane.served += lines;
			at = end;
			if (frame !== null && frame.messages > 1)
				pace.noteRun({lines: frame.messages, elapsedMs: time - sentAt, pieces}, time);
			if (frame !== null) handlers.answered(frame, reply);
			if (!lanes.has(lane)) return;
		}
		if (lane.served > before) {
			pace.note(lane.served - before, elapsedMs, lane.matching.size === 0);
			onAnswers();
		}
		if (bytes.length - at > maxReplyBytes) return fail(phrase('its answer is too long'));
		if (at < bytes.length) lane.rest = Buffer.from(bytes.subarray(at));
	};

	const end = (lane: Lane, cause: string) => {
		if (!lanes.has(lane)) return;
		const frames = lane.matching.frames();
		const isShort = now() - lane.openedAt < shortMs;
		if (frames.length > 0 && (cause !== '' || lane.served === 0))
			return fail(cause || phrase('connection closed without an answer'));
		drop(lane);
		if (frames.length === 0) return;
		// It may have been ended in good order just as we used it: that says nothing of the server, unless it is a habit.
		shortLives = isShort ? shortLives + 1 : 0;
		if (shortLives >= mostShort) return misfit('it ends its connections early', frames);
		for (const frame of frames) put(frame);
		onRoom();
	};

	/** There was no room here for one more connection. */
	const endForWant = (lane: Lane) => {
		if (!lanes.has(lane)) return;
		const frames = lane.matching.frames();
		drop(lane);
		for (const frame of frames) {
			if (lanes.size > 0) put(frame);
			else handlers.refused(frame);
		}
		onRoom();
	};

	const misfit = (why: string, others: Frame[] = []) => {
		const frames = [...others, ...[...lanes].flatMap(lane => lane.matching.frames())];
		close();
		unfit(frames, why);
	};

	const fail = (cause: string) => {
		if (!isOpen) return;
		backend.errors++;
		close();
		handlers.broken(link, backend, cause);
	};

	const close = () => {
		isOpen = false;
		for (const lane of lanes) drop(lane);
	};

	const link: Link = {
		send: put,
		flush: () => {
			for (const lane of lanes) lane.output.flush();
		},
		abandon: frame => {
			for (const lane of lanes) if (lane.matching.abandon(frame)) return;
		},
		close,
	};
	return link;
}
