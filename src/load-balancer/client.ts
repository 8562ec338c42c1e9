/** A client of message mode, as the balancer keeps it: its connection, and what it is owed. */

import type {Frame} from './frame.ts';
import type {Gathered} from './gathering.ts';
import type {Connection} from './transport.ts';

/**
 * open: it may say more · ended: its FIN came, it is still owed answers · refused: it said what cannot be taken, the rest
 * is thrown away, it is still owed answers · lingering: all is said and our FIN has left, its own is awaited · gone.
 */
type ClientPhase = 'open' | 'ended' | 'refused' | 'lingering' | 'gone';

export type Client = {
	readonly connection: Connection;
	/** Among the clients of its clientele. */
	place: number;
	phase: ClientPhase;
	/** The start of a line whose end has not come: the first `partialBytes` of `partial`. */
	partial: Buffer | null;
	partialBytes: number;
	/** What it asked and has not been answered. */
	waitingFrames: number;
	waitingMessages: number;
	waitingBytes: number;
	/** Of these, the ones that must be answered in the order they came: a list by `next`. */
	first: Frame | null;
	last: Frame | null;
	/** Answers of this turn, to be written at its end: a latin1 text while they are short, else bytes. */
	reply: string;
	gathered: Gathered | null;
	/** True when an answer among these completes what was read together. */
	isComplete: boolean;
	/** Since which step of the holding they wait; 0: they do not. */
	heldIn: number;
	/** Why it is not read from, as bits of `pressure.ts`; 0: it is. */
	pausedFor: number;
	/** True once its replies are sent without waiting for more, because it does not wait for each. */
	hasNoDelay: boolean;
	/** False for one that is being turned away at the door. */
	isAdmitted: boolean;
	/** When it was accepted, and when it last said something or began to linger (-1: it has said nothing yet). */
	readonly since: number;
	lastSeen: number;
	/** How many bytes of its replies it had taken when last looked at while some were left, and since when. */
	taken: number;
	takenAt: number;
};

/** `time` is that of the clientele, in monotonic ms. */
export function createClient(connection: Connection, time: number): Client {
	return {
		connection,
		place: -1,
		phase: 'open',
		partial: null,
		partialBytes: 0,
		waitingFrames: 0,
		waitingMessages: 0,
		waitingBytes: 0,
		first: null,
		last: null,
		reply: '',
		gathered: null,
		isComplete: false,
		heldIn: 0,
		pausedFor: 0,
		hasNoDelay: false,
		isAdmitted: true,
		since: time,
		lastSeen: -1,
		taken: -1,
		takenAt: time,
	};
}
