/** The clients of message mode from accept to goodbye: who is still owed something stays, who hangs is cut off. */

import {formatNak} from '../domain/message.ts';
import {createRoster} from '../domain/roster.ts';
import type {LimitName} from '../domain/tick.ts';
import type {Admission} from './admission.ts';
import {type Client, createClient} from './client.ts';
import {type Limits, ourName} from './settings.ts';
import type {Strikes} from './strikes.ts';
import type {Connection} from './transport.ts';

type Clientele = {
	readonly size: number;
	/** Clients let in since the start. */
	readonly accepted: number;
	/** Monotonic ms of the last sweep: a clock that costs nothing to read. */
	readonly time: number;
	/** Lets a client in, or turns it away: then it is `refused` or `gone` already. */
	accept(connection: Connection): Client;
	/** Its FIN came, and every line it said has been asked. */
	ended(client: Client): void;
	/** Nothing more is taken from it; it is closed when it has all its answers. */
	refuse(client: Client): void;
	/** Answers were written to it: was that all? */
	written(client: Client): void;
	cut(client: Client): void;
	/** Looks for clients that hang. */
	sweep(time: number): void;
	/** Resolves when all have their answers and are closed, or after `stopMs`. */
	stop(): Promise<void>;
};

type ClienteleParts = {
	limits: Limits;
	/** Milliseconds between two sweeps: times are known no better. */
	sweepMs: number;
	/** The first `time`. */
	time: number;
	admission: Admission;
	strikes: Strikes;
	/** Called once for each client, when it is gone. */
	onLeave(client: Client): void;
};

/** How long a client that was said goodbye to has for its own. */
const lingerMs = 2000;

/** So many clients that are turned away are told so; in a flood the others are just cut off. */
const mostTurnedAway = 16;

export function createClientele({limits, sweepMs, admission, strikes, onLeave, ...parts}: ClienteleParts): Clientele {
	const clients = createRoster<Client>();
	let accepted = 0;
	let turnedAway = 0;
	let time = parts.time;
	let onEmpty: (() => void) | undefined;

	const cut = (client: Client) => {
		if (client.phase === 'gone') return;
		client.phase = 'gone';
		clients.delete(client);
		client.connection.destroy();
		if (client.isAdmitted) admission.leave(client.connection);
		else turnedAway--;
		onLeave(client);
		if (clients.size === 0) onEmpty?.();
	};

	const turnAway = (client: Client, limit: LimitName) => {
		strikes.tell({limit, label: 'Connection', text: 'Client refused'});
		client.isAdmitted = false;
		if (turnedAway >= mostTurnedAway) {
			client.phase = 'gone';
			client.connection.resetAndDestroy();
			return client;
		}
		turnedAway++;
		clients.add(client);
		client.phase = 'refused';
		client.connection.write(`${formatNak(ourName, 'busy', undefined, `${limit} reached`)}\n`, 'latin1');
		settle(client);
		return client;
	};

	/** It has all its answers. One whose FIN came needs none of ours: closing says the same. */
	const settle = (client: Client) => {
		if (client.phase === 'ended' && client.connection.writableLength === 0) return cut(client);
		if (client.phase !== 'ended' && client.phase !== 'refused') return;
		const isOver = client.phase === 'ended';
		client.phase = 'lingering';
		client.lastSeen = time;
		client.connection.end(isOver ? () => cut(client) : undefined);
	};

	const settleIfDone = (client: Client) => {
		if (client.waitingFrames === 0 && client.reply === '' && client.gathered === null) settle(client);
	};

	/** What was seen between two sweeps is taken to have been seen at the first. */
	const hasPassed = (since: number, ms: number) => time - since >= ms + sweepMs;

	const stalls = (client: Client, unsent: number) => {
		const taken = client.connection.bytesWritten - unsent;
		if (taken === client.taken) return hasPassed(client.takenAt, limits.stallMs);
		client.taken = taken;
		client.takenAt = time;
		return false;
	};

	/** Which time-out has struck, if one has. */
	const overdue = (client: Client): LimitName | 'linger' | undefined => {
		const unsent = client.connection.writableLength;
		if (unsent > 0) return stalls(client, unsent) ? 'stall-timeout' : undefined;
		if (client.phase === 'lingering') return hasPassed(client.lastSeen, lingerMs) ? 'linger' : undefined;
		if (client.waitingFrames > 0) return undefined;
		if (client.lastSeen < 0) return hasPassed(client.since, limits.firstByteMs) ? 'first-byte-timeout' : undefined;
		return hasPassed(client.lastSeen, limits.idleMs) ? 'idle-timeout' : undefined;
	};

	return {
		get size() {
			return clients.size;
		},
		get accepted() {
			return accepted;
		},
		get time() {
			return time;
		},
		accept: connection => {
			const client = createClient(connection, time);
			const limit = admission.admit(connection);
			if (limit !== undefined) return turnAway(client, limit);
			accepted++;
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
		sweep: now => {
			time = now;
			for (const client of clients) {
				const limit = overdue(client);
				if (limit === undefined) continue;
				if (limit !== 'linger') strikes.tell({limit, label: 'Connection', text: 'Client closed'});
				cut(client);
			}
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
