/** Time-outs of joined sessions, looked at from time to time: a session costs them one number for each read. */

import type {Limits} from '../settings.ts';
import {type Ending, endings} from './endings.ts';
import type {End, Session} from './session.ts';

type Watch = {
	/** The moment, in looks since the start: a clock that costs nothing to read. */
	tick(): number;
	/** Looks at all sessions; to be called this often. */
	look(): void;
	readonly periodMs: number;
};

export type WatchLimits = Pick<Limits, 'clientMs' | 'serverMs' | 'halfCloseMs' | 'stallMs'>;

/** Ten looks for the shortest time-out keep each within a tenth of its time. */
const looksPerTimeout = 10;
const fastestMs = 20;
const slowestMs = 1000;

/** `end` is called for each session whose time is over. A time of 0: never. */
export function createWatch(
	sessions: Iterable<Session>,
	limits: WatchLimits,
	end: (session: Session, ending: Ending) => void,
): Watch {
	const {clientMs, serverMs, halfCloseMs, stallMs} = limits;
	const times = [clientMs, serverMs, halfCloseMs, stallMs].filter(ms => ms > 0);
	const periodMs = Math.max(fastestMs, Math.min(slowestMs, ...times.map(ms => ms / looksPerTimeout)));
	let tick = 0;

	/** A moment lies anywhere within its tick: one more makes sure that the whole time has passed. */
	const isPast = (since: number, ms: number) => ms > 0 && (tick - since - 1) * periodMs >= ms;

	const isStalled = (end: End) => {
		if (!end.isBlocked) return false;
		const connection = end.connection!;
		const taken = connection.bytesWritten - connection.writableLength;
		if (taken !== end.taken) {
			end.taken = taken;
			end.takenAt = tick;
		}
		return isPast(end.takenAt, stallMs);
	};

	/** Only an end that is read from can be silent. */
	const isSilent = (end: End, other: End, ms: number) => !other.isBlocked && isPast(end.seenAt, ms);

	const endingOf = ({client, server, phase}: Session): Ending | undefined => {
		if (phase !== 'joined') return undefined;
		if (isStalled(client)) return endings.clientStalled;
		if (isStalled(server)) return endings.serverStalled;
		if (server.hasEnded && isSilent(client, server, halfCloseMs)) return endings.clientHalfClosed;
		if (client.hasEnded && isSilent(server, client, halfCloseMs)) return endings.serverHalfClosed;
		if (!client.hasEnded && isSilent(client, server, clientMs)) return endings.clientIdle;
		if (!server.hasEnded && isSilent(server, client, serverMs)) return endings.serverIdle;
		return undefined;
	};

	const look = () => {
		tick++;
		for (const session of sessions) {
			const ending = endingOf(session);
			if (ending) end(session, ending);
		}
	};

	return {
		tick: () => tick,
		look,
		periodMs,
	};
}
