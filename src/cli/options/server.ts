/** What lbtop's own servers are told, one by one or by a lab that starts them. */

import {parseDistribution} from '../../domain/distribution.ts';
import {durationPattern, row, textOrZero, whole, written} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

const one = `\\s*${durationPattern}\\s*`;
const sigma = '(?:\\d+\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?';
const serviceTime = written({
	pattern: `^(?:${one}|exp:${one}|uniform:${one}:${one}|lognormal:${one}:${sigma})$`,
	schema: textOrZero,
	read: parseDistribution,
	demand: 'It is 0, 5ms, exp:5ms, uniform:2ms:8ms or lognormal:5ms:0.5.',
});

const dedupPlaces = /^(none|server|shared|rediss?:\/\/\S+)$/;

/** Settings that mean something to lbtop itself too: they are part of a plan. */
export const serverOptions = {
	serviceTime: row(
		'--service-time <DIST>',
		'time a server works on a message: 5ms, exp:5ms, uniform:2ms:8ms, lognormal:5ms:0.5',
		serviceTime,
		'0',
	),
	concurrency: row('--concurrency <N>', 'messages a server works on at once; 0: no limit', whole(0, 1_000_000), '0'),
} satisfies Rows;

/** Settings that a lab hands on to its servers as they were given. */
export const serverSettings = {
	dedup: row(
		'--dedup <HOW>',
		'where a message that comes again is known: none, server (each for itself), shared (all, in SQLite beside the log), or all in redis://HOST:PORT',
		written({
			pattern: dedupPlaces.source,
			read: value => (dedupPlaces.test(value) ? value : undefined),
			demand: 'It is none, server, shared or redis://HOST:PORT.',
		}),
		'server',
	),
} satisfies Rows;
