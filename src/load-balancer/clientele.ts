/** The clients of message mode from accept to goodbye: who is still owed something stays, who hangs is cut off. */

import {type Client, createClient} from './client.ts';
import type {Limits} from './settings.ts';
import type {Connection} from './transport.ts';

export type Clientele = {
	readonly size: number;
	/** Clients accepted since the start. */
	readonly accepted: number;
	/** Seconds since the start, counted by `sweep`: a clock that costs nothing to read. */
	readonly second: number;
	accept(connection: Connection): Client;
	/** Its FIN came, and every line it said has been asked. */
	ended(client: Client): void;
	/** Nothing more is taken from it; it is closed when it has all its answers. */
	refuse(client: Client): void;
	/** Answers were written to it: was that all? */
	written(client: Client): void;
	cut(client: Client): void;
	/** Looks, once a second, for clients that hang. */
	sweep(): void;
	/** Resolves when all have their answers and are closed, or after `stopMs`. */
	stop(): Promise<void>;
};

/** How long a client that was said goodbye to has for its own. */
const lingerSeconds = 2;

/** `onLeave` is called once for each client, when it is gone. */
export function createClientele(limits: Limits, onLeave: (client: Client) => void): Clientele {
	const clients = new Set<Client>();
	let accepted = 0;
	let second = 0;
	let onEmpty: (() => void) | undefined;

	const cut = (client: Client) => {
		if (client.phase === 'gone') return;
		client.phase = 'gone';
		clients.delete(client);
		client.connection.destroy();
		onLeave(client);
		if (clients.size === 0) onEmpty?.();
	};

	/** It has all its answers. One whose FIN came needs none of ours: closing says the same. */
	const settle = (client: Client) => {
		if (client.phase === 'ended' && client.connection.writableLength === 0) return cut(client);
		if (client.phase !== 'ended' && client.phase !== 'refused') return;
		const isOver = client.phase === 'ended';
		client.phase = 'lingering';
		client.lastSeen = second;
		client.connection.end(isOver ? () => cut(client) : undefined);
	};

	const settleIfDone = (client: Client) => {
		if (client.waitingFrames === 0 && client.reply === '') settle(client);
	};

	const hangs = (client: Client) => {
		const unsent = client.connection.writableLength;
		if (unsent > 0) {
			const taken = client.connection.bytesWritten - unsent;
			if (taken !== client.taken) {
				client.taken = taken;
				client.takenAt = second;
			}
			return (second - client.takenAt) * 1000 >= limits.stallMs;
		}
		const quiet = second - client.lastSeen;
		if (client.phase === 'lingering') return quiet >= lingerSeconds;
		return client.waitingFrames === 0 && quiet * 1000 >= limits.idleMs;
	};

	return {
		get size() {
			return clients.size;
		},
		get accepted() {
			return accepted;
		},
		get second() {
			return second;
		},
		accept: connection => {
			accepted++;
			const client = createClient(connection, second);
			clients.add(client);
			return client;
		},
		ended: client => {
			if (client.phase === 'lingering') return cut(client);
			if (client.phase === 'gone') return;
			client.phase = 'ended';
			settleIfDone(client);
		},
		refuse: client => {
			if (client.phase !== 'open') return;
			client.phase = 'refused';
			settleIfDone(client);
		},
		written: client => {
			if (client.phase !== 'open') settleIfDone(client);
		},
		cut,
		sweep: () => {
			second++;
			for (const client of clients) if (hangs(client)) cut(client);
		},
		stop: () =>
			new Promise(resolve => {
				const timer = setTimeout(() => onEmpty?.(), limits.stopMs);
				onEmpty = () => {
					onEmpty = undefined;
					clearTimeout(timer);
					for (const client of clients) cut(client);
					resolve();
				};
				for (const client of clients) {
					client.phase = client.phase === 'open' ? 'refused' : client.phase;
					settleIfDone(client);
				}
				if (clients.size === 0) onEmpty();
			}),
	};
}
