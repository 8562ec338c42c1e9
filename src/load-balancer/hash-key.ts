/** What hashing goes by: the part of a message, or of its connection, that keeps it with one server. */

import type {HashKey} from '../domain/algorithm.ts';
import {idOf} from './line-id.ts';
import {newline} from './newline.ts';

/** The part of the line from `start` to `end`; undefined when it has none. */
export const hashKeys: Record<HashKey, (bytes: Buffer, start: number, end: number) => string | undefined> = {
	address: () => undefined,
	id: idOf,
	client: (bytes, start, end) => idOf(bytes, start, end)?.split('-', 1)[0] || undefined,
	key: (bytes, start, end) => {
		const lineEnd = bytes.indexOf(newline, start);
		const line = bytes.toString('utf8', start, lineEnd >= start && lineEnd < end ? lineEnd : end);
		return /(?:^|\s)key=(\S+)/.exec(line)?.[1];
	},
};
