/** Answers on their way back: each to its client, in the order of requests where it must be, one write a turn. */

import type {Client} from './client.ts';
import type {Frame, Frames} from './frame.ts';
import {createGathering} from './gathering.ts';
import type {Holding} from './holding.ts';
import type {Pressure} from './pressure.ts';
import type {Reply} from './reply.ts';

export type Delivery = {
	/** The frame will be answered after the ordered ones its client asked before. */
	queue(client: Client, frame: Frame): void;
	/** The same, but right after one that waits already. */
	queueAfter(before: Frame, frame: Frame): void;
	/** Takes a frame's answer and frees the frame, now or when its turn has come. */
	answer(frame: Frame, reply: Reply): void;
	/** Writes this turn's answers, but those that may wait for their companions. */
	flush(): void;
	/** The client is gone: frees what was kept for it. */
	forget(client: Client): void;
};

/** `onWritten` is called for each client that something was written to. */
export function createDelivery({
	frames,
	pressure,
	holding,
	onWritten,
}: {
	frames: Frames;
	pressure: Pressure;
	holding: Holding;
	onWritten: (client: Client) => void;
}): Delivery {
	let clients: Client[] = [];
	let written: Client[] = [];

	const gathering = createGathering();

	const gather = (client: Client, reply: Reply) => {
		client.gathered ??= gathering.begin();
		if (client.reply !== '') gathering.add(client.gathered, client.reply);
		client.reply = '';
		gathering.add(client.gathered, reply);
	};

	const release = (client: Client, frame: Frame, reply: Reply) => {
		if (client.reply === '' && client.gathered === null) clients.push(client);
		if (typeof reply === 'string' && client.gathered === null) client.reply += reply;
		else gather(client, reply);
		const {batch} = frame;
		if (batch === null || --batch.missing <= 0) client.isComplete = true;
		pressure.answered(client, frame);
		frames.free(frame);
	};

	const releaseFirst = (client: Client, reply: Reply) => {
		const frame = client.first!;
		client.first = frame.next;
		release(client, frame, reply);
	};

	return {
		queue: (client, frame) => {
			if (client.first === null) client.first = frame;
			else client.last!.next = frame;
			client.last = frame;
		},
		queueAfter: (before, frame) => {
			frame.next = before.next;
			before.next = frame;
			const client = frame.client!;
			if (client.last === before) client.last = frame;
		},
		answer: (frame, reply) => {
			const client = frame.client;
			if (client === null || client.phase === 'gone') return frames.free(frame);
			if (!frame.isOrdered) return release(client, frame, reply);
			frame.link = null;
			if (client.first !== frame) {
				frame.reply = typeof reply === 'string' ? reply : Buffer.from(reply);
				frame.isAnswered = true;
				return;
			}
			releaseFirst(client, reply);
			while (client.first?.isAnswered) releaseFirst(client, client.first.reply);
		},
		flush: () => {
			[clients, written] = [written, clients];
			for (const client of written) {
				if (!client.isComplete && client.phase !== 'gone' && holding.mayWait(client)) {
					clients.push(client);
					continue;
				}
				holding.ends(client);
				const {reply, gathered} = client;
				client.reply = '';
				client.gathered = null;
				if (client.phase === 'gone') continue;
				if (gathered === null) client.connection.write(reply, 'latin1');
				else client.connection.write(gathered.bytes.subarray(0, gathered.used), () => gathering.end(gathered));
				onWritten(client);
			}
			written.length = 0;
			holding.written(clients.length);
		},
		forget: client => {
			let frame = client.first;
			while (frame !== null) {
				const next = frame.next;
				if (frame.isAnswered) frames.free(frame);
				frame = next;
			}
			client.first = null;
		},
	};
}
