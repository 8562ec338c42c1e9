/** Keeps what waits in this process bounded: a client that is owed, or leaves unread, too much is not read from. */

import type {Client} from './client.ts';
import type {Frame} from './frame.ts';
import {requestBytesThatFit} from './own-limits.ts';
import type {Limits} from './settings.ts';

/** What keeping a frame costs beside its bytes. */
const frameBytes = 512;

/** Reasons for not reading from a client, as bits. */
const owed = 1;
const unsent = 2;
const crowded = 4;

export type Pressure = {
	/** So much waits that nothing more is taken, not even what was read already. */
	isFull(): boolean;
	/** The client waits for one more frame. */
	asked(client: Client, frame: Frame): void;
	/** A frame of the client's was answered. */
	answered(client: Client, frame: Frame): void;
	/** The client said something, and all of it has been asked: is it too much? */
	check(client: Client): void;
	/** The client has not taken all that was written to it. */
	unsent(client: Client): void;
	/** Nobody waits for what this client asked. */
	forget(client: Client): void;
};

export function createPressure(limits: Limits): Pressure {
	const crowd = new Set<Client>();
	let waitingBytes = 0;

	const requestBytes = Math.min(limits.requestBytes, requestBytesThatFit() / 2);
	const mostBytes = Math.min(limits.refusedRequestBytes, requestBytesThatFit());

	const pause = (client: Client, reason: number) => {
		if (client.pausedFor === 0) client.connection.pause();
		client.pausedFor |= reason;
	};

	const resume = (client: Client, reason: number) => {
		if ((client.pausedFor & reason) === 0) return;
		client.pausedFor &= ~reason;
		if (client.pausedFor === 0 && client.phase !== 'gone') client.connection.resume();
	};

	const isOwed = (client: Client, part: number) =>
		client.waitingFrames > limits.framesPerClient * part ||
		client.waitingMessages > limits.messagesPerClient * part ||
		client.waitingBytes > limits.requestBytesPerClient * part;

	const disperse = () => {
		for (const client of crowd) resume(client, crowded);
		crowd.clear();
	};

	return {
		isFull: () => waitingBytes > mostBytes,
		asked: (client, frame) => {
			const bytes = frame.end - frame.start;
			client.waitingFrames++;
			client.waitingMessages += frame.messages;
			client.waitingBytes += bytes;
			waitingBytes += bytes + frameBytes;
		},
		answered: (client, frame) => {
			const bytes = frame.end - frame.start;
			client.waitingFrames--;
			client.waitingMessages -= frame.messages;
			client.waitingBytes -= bytes;
			waitingBytes -= bytes + frameBytes;
			if ((client.pausedFor & owed) !== 0 && !isOwed(client, 0.5)) resume(client, owed);
			if (crowd.size > 0 && waitingBytes < requestBytes / 2) disperse();
		},
		check: client => {
			if (isOwed(client, 1)) pause(client, owed);
			if (waitingBytes > requestBytes) {
				crowd.add(client);
				pause(client, crowded);
			}
		},
		unsent: client => {
			if ((client.pausedFor & unsent) !== 0 || client.connection.writableLength <= limits.unsentBytes) return;
			pause(client, unsent);
			client.connection.once('drain', () => resume(client, unsent));
		},
		forget: client => {
			waitingBytes -= client.waitingBytes + client.waitingFrames * frameBytes;
			crowd.delete(client);
			if (crowd.size > 0 && waitingBytes < requestBytes / 2) disperse();
		},
	};
}
