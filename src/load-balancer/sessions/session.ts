import type {Backend} from '../backends.ts';
import type {Connection} from '../transport.ts';

/** One end of a session: its connection, and how it has behaved. Moments are ticks of the watch. */
export type End = {
	readonly name: 'client' | 'server';
	/** The server's is null until one is chosen. */
	connection: Connection | null;
	/** Bytes it said. */
	bytes: number;
	/** It said its FIN. */
	hasEnded: boolean;
	/** When it last said or took something. */
	seenAt: number;
	/** It has not taken all that was written to it, so the other end is not read from. */
	isBlocked: boolean;
	/** How much of it it had taken when last looked at, and since when. */
	taken: number;
	takenAt: number;
};

/** A client, and the server's connection that it is joined to: what one says is written to the other, and nothing else. */
export type Session = {
	readonly client: End;
	readonly server: End;
	/** Among the sessions that were let in. */
	place: number;
	/** waiting: for a server · connecting · joined: bytes pass · ended. */
	phase: 'waiting' | 'connecting' | 'joined' | 'ended';
	/** Where it comes from, `address:port`, kept for as long as it may have to be told. */
	readonly source: string;
	/** The server it is joined to, or is on the way to. */
	backend: Backend | null;
	/** Connections asked for, and the servers that could not be reached since the last rest, the last one last. */
	attempts: number;
	failed: Backend[];
	/** What the client said while it waited, and whether that was all. */
	early: Buffer | null;
	endsEarly: boolean;
	/** Directions in which a FIN was passed on: after two it is over. */
	passedEnds: number;
	/** Monotonic ms. */
	readonly startedAt: number;
	/** 0: it does not wait. */
	waitingSince: number;
	/** Runs until another try at a server that could not be reached. */
	turnAround: NodeJS.Timeout | undefined;
};

export function createSession(client: Connection, {source, startedAt}: {source: string; startedAt: number}): Session {
	return {
		client: createEnd('client', client),
		server: createEnd('server', null),
		place: -1,
		phase: 'waiting',
		source,
		backend: null,
		attempts: 0,
		failed: [],
		early: null,
		endsEarly: false,
		passedEnds: 0,
		startedAt,
		waitingSince: 0,
		turnAround: undefined,
	};
}

function createEnd(name: End['name'], connection: Connection | null): End {
	return {
		...{name, connection, bytes: 0, hasEnded: false, seenAt: 0},
		...{isBlocked: false, taken: 0, takenAt: 0},
	};
}
