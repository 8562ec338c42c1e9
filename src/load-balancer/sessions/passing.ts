/** Bytes and ends from one side of a session to the other: as they are, and no faster than they are taken. */

import type {End, Session} from './session.ts';

type Passing = {
	/** `from` said these bytes. */
	pass(session: Session, from: End, bytes: Buffer): void;
	/** `from` said its FIN. */
	passEnd(session: Session, from: End): void;
};

/** `tick` gives the moment; `done` is called when both ends have been passed on. */
export function createPassing({tick, done}: {tick(): number; done(session: Session): void}): Passing {
	const pass = (session: Session, from: End, bytes: Buffer) => {
		const to = from === session.client ? session.server : session.client;
		const connection = to.connection!;
		from.bytes += bytes.length;
		from.seenAt = tick();
		const hasDrain = connection.write(bytes) === false;
		if (connection.writableLength === 0) to.seenAt = from.seenAt;
		else block(session, {from, to, hasDrain});
	};

	/**
	 * What is read of `from` stays where it is, in the system, until `to` has taken what it was given: one read. Node's
	 * sockets tell `drain` only above their high-water mark; below it a write of nothing tells the same.
	 */
	const block = (session: Session, {from, to, hasDrain}: {from: End; to: End; hasDrain: boolean}) => {
		from.connection!.pause();
		if (to.isBlocked) return;
		to.isBlocked = true;
		to.takenAt = from.seenAt;
		to.taken = 0;
		const taken = () => {
			to.isBlocked = false;
			if (session.phase !== 'joined') return;
			to.seenAt = tick();
			from.connection!.resume();
		};
		if (hasDrain) to.connection!.once('drain', taken);
		else to.connection!.write(nothing, taken);
	};

	const passEnd = (session: Session, from: End) => {
		if (session.phase !== 'joined' || from.hasEnded) return;
		const to = from === session.client ? session.server : session.client;
		from.hasEnded = true;
		from.seenAt = tick();
		// Closing says the same as an end of its own when all else has been said.
		if (session.passedEnds === 1 && to.connection!.writableLength === 0) return done(session);
		to.connection!.end(() => {
			if (session.phase === 'joined' && ++session.passedEnds === 2) done(session);
		});
	};

	return {pass, passEnd};
}

const nothing = Buffer.alloc(0);
