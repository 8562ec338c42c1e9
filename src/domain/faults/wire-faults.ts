/**
 * Faults of a wire: between the balancer and one server, or between the clients and the balancer. The words are
 * toxiproxy's; its `README` says what each does there. Upstream is from the clients to the servers.
 */

import type {PlainPhrase} from '../../words/words.ts';
import {duration, share, whole, word} from './parameter.ts';

export type Direction = 'upstream' | 'downstream' | 'both';

const direction = word<Direction>('direction', ['downstream', 'upstream', 'both'], 'downstream');
/** The share of the connections that it takes hold of. */
const toxicity = share('toxicity', 1);
const common = {direction, toxicity};

const longestMs = 3_600_000;
const time = (name: string, fallback: number) => duration(name, {least: 0, most: longestMs, fallback});

export const wireFaults = {
	latency: {
		target: 'wire',
		main: 'latencyMs',
		parameters: {latencyMs: time('latency', 100), jitterMs: time('jitter', 0), ...common},
		line: 'bytes and FIN arrive later, in order: to TCP a longer way; what is sent meanwhile is under way, not lost',
	},
	bandwidth: {
		target: 'wire',
		main: 'kilobytesPerSecond',
		parameters: {kilobytesPerSecond: whole('rate', {least: 1, most: 10_000_000, fallback: 100}), ...common},
		line: 'bytes pass at so many kB/s for each connection: when 1 MiB is under way its sender is not read from (zero window)',
	},
	loss: {
		target: 'wire',
		main: 'share',
		parameters: {share: share('share', 0.01), ...common},
		line: 'TCP sends lost packets again after 200 ms, doubling: all that is seen is a delay, also of what comes behind',
	},
	slicer: {
		target: 'wire',
		main: 'averageBytes',
		parameters: {
			averageBytes: whole('size', {least: 1, most: 1_000_000, fallback: 64}),
			variationBytes: whole('variation', {least: 0, most: 1_000_000, fallback: 0}),
			delayMs: time('delay', 0),
			...common,
		},
		line: 'bytes come in small pieces with pauses: TCP is a stream, a message may end in another read than it began',
	},
	'slow-close': {
		target: 'wire',
		main: 'delayMs',
		parameters: {delayMs: time('delay', 1000), ...common},
		line: 'bytes pass and only the FIN is late: both ends keep the connection open and wait',
	},
	timeout: {
		target: 'wire',
		main: 'afterMs',
		parameters: {afterMs: time('after', 0), ...common},
		line: 'nothing arrives and nobody says so, as on a cut cable; after the time FIN (0: never), mended before: all arrives',
	},
	'limit-data': {
		target: 'wire',
		main: 'bytes',
		parameters: {bytes: whole('bytes', {least: 1, most: 1e12, fallback: 1024}), ...common},
		line: 'FIN to both ends after so many bytes of each connection, be it inside a line',
	},
	'reset-peer': {
		target: 'wire',
		main: 'afterMs',
		parameters: {afterMs: time('after', 0), toxicity},
		line: 'RST to both ends after the time, on idle connections too: what was not read yet is lost',
	},
	down: {
		target: 'wire',
		parameters: {},
		line: 'connections are cut (RST), new connects are refused; clients are accepted and reset, the port stays ours',
	},
} as const satisfies Record<string, {line: PlainPhrase; [more: string]: unknown}>;
