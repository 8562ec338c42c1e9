/** The client manager's books: every event counted once, as it happens. Nothing is computed from something else. */

import type {Now} from '../domain/clock.ts';
import {createLatency, type Latency} from '../domain/latency.ts';
import {createMoments, type Moments} from '../domain/moments.ts';
import {type ClientCounts, type ClientsTick, lateMs, noRetries} from '../domain/tick.ts';
import {type ClientEvents, deaf} from './delivery.ts';

/** What a tick says and only the clients know. */
export type Counts = Omit<ClientCounts, 'inFlight' | 'dropped'> & Pick<ClientsTick, 'connectionsMade' | 'connectedNow'>;

export type Accounts = {
	readonly counts: Readonly<Counts>;
	/** From the real beginning of the first attempt, since the last drain. */
	readonly uncorrected: Latency;
	/** Since the last drain: attempts that came to nothing, and ACKs of messages that had been tried before. */
	readonly errors: Moments;
	readonly retriedAcks: Moments;
	readonly events: ClientEvents;
};

/** Messages planned before `warmUntil` (monotonic ms) are counted, but their latencies are left out. */
export function createAccounts(warmUntil: number, now: Now): Accounts {
	const errors = createMoments();
	const retriedAcks = createMoments();
	const uncorrected = createLatency();
	const counts: Counts = {
		sent: 0,
		attempts: 0,
		acked: 0,
		failed: 0,
		retried: 0,
		nak: 0,
		late: 0,
		connectionsMade: 0,
		connectedNow: 0,
		retriesByCause: noRetries(),
	};
	const events: ClientEvents = {
		...deaf,
		connected: () => {
			counts.connectionsMade++;
			counts.connectedNow++;
		},
		disconnected: () => {
			counts.connectedNow--;
		},
		began: ({attempt, plannedAt, startedAt}) => {
			counts.attempts++;
			if (attempt === 1) {
				counts.sent++;
				if (startedAt - plannedAt > lateMs) counts.late++;
			} else if (attempt === 2) counts.retried++;
		},
		acked: ({plannedAt, startedAt, attempt}, server, at) => {
			counts.acked++;
			if (attempt > 1) retriedAcks.mark(at);
			server.acked++;
			if (plannedAt < warmUntil) return;
			server.latency.record(at - plannedAt);
			uncorrected.record(at - startedAt);
		},
		nakReceived: () => {
			counts.nak++;
		},
		retrying: (_, {cause}) => {
			counts.retriesByCause[cause]++;
			errors.mark(now());
		},
		failed: () => {
			counts.failed++;
			errors.mark(now());
		},
	};
	return {counts, uncorrected, errors, retriedAcks, events};
}
