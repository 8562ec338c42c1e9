/** What a line of the log says of messages, as {@link scanLine} in line-scanner.ts finds it. */

import type {LogLine} from '../log/log-line.ts';

/** What a line says. `nothing`: a whole line of ours that is no news of a message of our clients; `unaudited`: its ID is none of ours. */
export const says = {
	nothing: 0,
	sentFirst: 1,
	sentAgain: 2,
	executed: 3,
	repeated: 4,
	received: 5,
	failed: 6,
	retrying: 7,
	unaudited: 8,
	/** `told`: answered again, and the line names who executed it. */
	told: 9,
	lab: 10,
	server: 11,
	/** It begins like a line of ours and is not whole, or is damaged. */
	broken: 12,
	/** It is no line of ours. */
	foreign: 13,
} as const;

/** The name in the ACK is bytes of the line; `parsed` is there for `lab`, `server`, `told`. */
export type Scanned = {
	says: number;
	/** The line is about the message `client`-`sequence`. */
	hasId: boolean;
	client: number;
	sequence: number;
	nameStart: number;
	nameEnd: number;
	/** Where its newline is; of a line that was torn by its writer's death, the last byte before the next one's whole line. */
	end: number;
	parsed: LogLine | undefined;
};

/** One that is filled anew for each line. */
export function emptyScan(): Scanned {
	return {
		says: says.nothing,
		hasId: false,
		client: 0,
		sequence: 0,
		nameStart: 0,
		nameEnd: 0,
		end: 0,
		parsed: undefined,
	};
}
