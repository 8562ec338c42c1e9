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

/** Where to suppress messages that come again: nowhere, in each server for itself, or in a store for all. */
type Dedup = {type: 'none'} | {type: 'server'} | {type: 'sqlite'; file: string} | {type: 'redis'; url: string};

/** Reads `none`, `server`, `shared` (an SQLite file beside the log), or `redis://…`; undefined: it is none of these. */
export function parseDedup(text: string, besides: string): Dedup | undefined {
	if (text === 'none' || text === 'server') return {type: text};
	if (text === 'shared') return {type: 'sqlite', file: besides};
	if (/^rediss?:\/\/\S+$/.test(text)) return {type: 'redis', url: text};
	return undefined;
}

/** Opens the store; undefined for the ways that need none. Rejects in a sentence when it cannot be opened. */
export async function openExecutedIds(dedup: Dedup, settings: StoreSettings): Promise<ExecutedIds | undefined> {
	switch (dedup.type) {
		case 'sqlite':
			return (await import('./sqlite-store.ts')).openSqliteStore(dedup.file, settings);
		case 'redis':
			return (await import('./redis-store.ts')).openRedisStore(dedup.url, settings);
		default:
			return undefined;
	}
}
