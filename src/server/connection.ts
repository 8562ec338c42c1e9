/**
 * One connection of a server: its bytes become messages, the replies leave once a turn. Bounded in what it keeps and in
 * how long it waits, for a peer that never reads, never ends its line, or sends without end.
 */

import type {Socket} from 'node:net';
import type {NakReason} from '../domain/message.ts';
import type {Cut, ServerFaults} from './faults/server-faults.ts';
import {createRemainder} from './remainder.ts';
import {createReplies} from './replies.ts';
import {type Requester, readLastLine, readRequests} from './requests.ts';
import type {Work} from './work.ts';

/**
 * What the connections of one server share. `awaitTurnEnd` asks for a call of `endTurn` when this turn ends; `onFinish`
 * hears that a connection's last byte has left.
 */
export type Shared = {
	work: Work;
	faults: ServerFaults;
	maxLineBytes: number;
	awaitTurnEnd(connection: Connection): void;
	/** Ends the turn for this connection alone, now. */
	endTurnOf(connection: Connection): void;
	onFinish(): void;
};

export type Connection = {
	/** Among the connections of its server. */
	place: number;
	/** Sends what was answered in this turn, and ends the connection once nothing more is to come. */
	endTurn(): void;
	/** Nothing that comes from now on is a message; once all that came is answered, the connection is ended. */
	stopReading(): void;
	/** Reads, or not, as faults and the bounds of what is kept now say. */
	throttle(): void;
	/** Now and then: ends a connection that waited too long for the rest of a line, or for replies to be taken. */
	sweep(): void;
	/** Whether our end of the connection is closed and all of it has left. */
	isFinished(): boolean;
	destroy(): void;
};

/** Unsent replies, in bytes, above which a peer is not read from. */
const unsentBound = 256 * 1024;

/** Unanswered lines or frames above which a peer is not read from. */
const unansweredBound = 16_384;

/** What may still come after the reading has ended: time for the peer to take our last words. */
const discardBound = 16 * 1024 * 1024;

const nothing = Buffer.alloc(0);

/** Sweeps that a peer may be late. Sweeps, not a time: one that was stopped (SIGSTOP) with us is not late. */
export const patience = 12;

/** Takes over an accepted socket. `onClose` is called once, at the very end. */
export function openConnection(socket: Socket, shared: Shared, onClose: () => void): Connection {
	const {work, faults, maxLineBytes, awaitTurnEnd, endTurnOf, onFinish} = shared;
	const remainder = createRemainder();
	const replies = createReplies(() => isReceiving || awaitTurnEnd(connection));
	let isReading = true;
	let isReceiving = false;
	let isPaused = false;
	let hasPeerEnded = false;
	let hasSent = false;
	let isEnded = false;
	let lastWords = '';
	let discarded = 0;
	let lateness = 0;
	let takenBefore = 0;

	const reject = (reason: NakReason, id: string, detail: string) => {
		lastWords = work.refuse(id, reason, detail);
		isReading = false;
	};
	const cut: Cut = (how, words = '') => {
		if (how === 'reset') return void socket.resetAndDestroy();
		lastWords += words;
		stopReading();
	};
	const requester: Requester = {work, faults, replies, maxLineBytes, kind: 'new', reject, cut};

	const receive = (chunk: Buffer) => {
		if (!isReading) return discard(chunk.length);
		isReceiving = true;
		const data = remainder.join(chunk);
		const used = readRequests(requester, data, remainder.length());
		remainder.keep(data, used);
		isReceiving = false;
		if (used > 0) lateness = 0;
		throttle();
		// One read of a trunk brings many clients' messages: its replies wait for no other connection's.
		if (requester.kind === 'trunk') endTurnOf(connection);
		else awaitTurnEnd(connection);
	};

	const discard = (bytes: number) => {
		discarded += bytes;
		if (discarded > discardBound) socket.destroy();
	};

	const receiveEnd = () => {
		if (isReading) readLastLine(requester, remainder.join(nothing));
		hasPeerEnded = true;
		stopReading();
	};

	const stopReading = () => {
		isReading = false;
		awaitTurnEnd(connection);
	};

	const endTurn = () => {
		if (socket.destroyed || isEnded) return;
		const isLast = !isReading && replies.unanswered() === 0;
		const bytes = replies.take() + (isLast ? lastWords : '');
		if (bytes !== '') send(bytes);
		if (isLast) end();
		throttle();
	};

	const end = () => {
		isEnded = true;
		// When both are done and nothing is unsent, closing says all that a shutdown would.
		if (hasPeerEnded && socket.writableLength === 0) socket.destroy();
		else socket.end();
	};

	const send = (bytes: string) => {
		// From the second write on, replies must not wait until the ones before are acknowledged (Nagle).
		if (hasSent) socket.setNoDelay(true);
		hasSent = true;
		socket.write(bytes, 'latin1');
	};

	const throttle = () => {
		const unsent = replies.waiting() + socket.writableLength;
		const isFull = unsent > unsentBound || replies.unanswered() > unansweredBound;
		const isTooMuch = isReading && (isFull || faults.neverReads);
		if (isTooMuch === isPaused) return;
		isPaused = isTooMuch;
		if (isPaused) socket.pause();
		else socket.resume();
	};

	const sweep = () => {
		const isUntaken = socket.writableLength > 0 || isEnded;
		const isUnfinished = isReading && !isPaused && remainder.length() > 0;
		const taken = socket.bytesWritten - socket.writableLength;
		lateness = (isUntaken && taken === takenBefore) || isUnfinished ? lateness + 1 : 0;
		takenBefore = taken;
		if (lateness <= patience) return;
		if (isUntaken) return socket.destroy();
		reject('bad-request', '', 'line not finished in time');
		awaitTurnEnd(connection);
	};

	const connection: Connection = {
		place: -1,
		endTurn,
		stopReading,
		throttle,
		sweep,
		isFinished: () => socket.writableFinished,
		destroy: () => socket.destroy(),
	};
	socket.on('data', receive);
	socket.on('end', receiveEnd);
	socket.on('drain', () => awaitTurnEnd(connection));
	socket.on('finish', onFinish);
	// A broken connection is an ordinary end: whoever wanted a reply asks again, and 'close' follows.
	socket.on('error', () => {});
	socket.on('close', () => {
		replies.close();
		onClose();
	});
	throttle();
	return connection;
}
