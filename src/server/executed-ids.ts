/**
 * A store outside the servers that knows which message was executed, and by whom: for exactly-once effect.
 *
 * A message is either unknown or executed, and becomes executed in one atomic step, which is the effect itself; only
 * then it is logged and acknowledged. There is no third state: a claim made before the work would have to expire, and
 * a server that was paused over an expired claim would execute a second time. So a kill before the step leaves nothing
 * behind but wasted work, and one after it an effect that the next server finds and acknowledges without repeating it.
 */
export type ExecutedIds = {
	/**
	 * Records that this server executes these messages. Gives for each the server that had done so before, this one's
	 * earlier lives included, or '' when it is executed now. Rejects, in a sentence, when the store cannot tell: then
	 * nothing may be acknowledged, and some of them may be recorded nevertheless.
	 */
	record(ids: string[]): Promise<string[]>;
	close(): Promise<void>;
};

/** `run` keeps the IDs of one run from another's, for they count from c1-1 in each; `name` is who executes. */
export type StoreSettings = {run: string; name: string};
