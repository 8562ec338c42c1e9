/** Where a message stands by what is known of it. The verdicts are made of these. */

/**
 * Each standing as a small number. `open`: neither ACKed nor given up (yet). `givenUp`: its client stopped trying; these
 * two also where it was executed. `unbegun`: heard of without any line of its client. `vouched`: ACKed; a server said
 * that it knew it already, and no line of this run says that anybody executed it. `unexecuted`: ACKed, and nobody has said
 * that it was executed; + k: ACKed by the kth server.
 */
export const code = {
	unheard: 0,
	done: 1,
	openExecuted: 2,
	open: 3,
	givenUpExecuted: 4,
	givenUp: 5,
	unbegun: 6,
	vouched: 7,
	unexecuted: 8,
} as const;

/** What is known of one message: plain yes or no, and the server (its number) whose ACK the client counted, or -1. */
type Known = {begun: boolean; failed: boolean; ackedBy: number; executed: boolean; repeated: boolean};

/** The standing as a number. */
export function standingCode({begun, failed, ackedBy, executed, repeated}: Known): number {
	if (!begun) return executed || ackedBy >= 0 || repeated ? code.unbegun : code.unheard;
	if (ackedBy >= 0) {
		if (executed) return code.done;
		return repeated ? code.vouched : code.unexecuted + ackedBy;
	}
	if (failed) return executed ? code.givenUpExecuted : code.givenUp;
	return executed ? code.openExecuted : code.open;
}
