/** A toxic, in toxiproxy's sense: what one fault of a wire does to the bytes of one connection in one direction. */

import type {Random} from '../../domain/random.ts';

/**
 * What travels: bytes; `end`, a FIN; `close`, the FIN of one who listens no longer. They never overtake each other.
 */
export type Piece = Buffer | 'end' | 'close';

/** How a connection is ended: `close` by a FIN to both sides, after what has passed; `reset` at once. */
export type Cut = 'close' | 'reset';

/** How many bytes may pass now, and when to ask for more: monotonic ms, or never, because the connection is closed. */
type Allowance = {bytes: number; next: number | 'close'};

/** What is left out changes nothing. Nothing here keeps bytes or timers: `stage.ts` does, for all of them. */
export type Toxic = {
	/** Until when a piece that arrives now is kept: monotonic ms, Infinity as long as the toxic is there. */
	keepUntil?(piece: Piece, now: number): number;
	/** How many of the `length` bytes left of a piece may pass, that was to be kept until `since`. */
	allow?(length: number, now: number, since: number): Allowance;
	/** It ends the connection so long after it took hold of it. */
	cut?: {afterMs: number; how: Cut};
};

/** Makes the toxic of one connection and direction. */
export type CreateToxic<Parameters> = (parameters: Parameters, random: Random) => Toxic;
