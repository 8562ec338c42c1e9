/** Which messages a server knows again: none, its own, or all that are in a store, which is opened here. */

import type {ExecutedIds, StoreSettings} from './executed-ids.ts';

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
