/** What the clients write into log.txt: each event of a message one line, and two lines a second for all together. */

import {formatDuration} from '../domain/duration.ts';
import {quantileOf} from '../domain/latency.ts';
import type {LatencyCounts} from '../domain/tick.ts';
import type {LogValues} from '../log/log-line.ts';
import type {LogManager} from '../log/log-manager.ts';
import {phrase} from '../words/words.ts';
import {type ClientEvents, type Delivery, deaf, type Setback} from './delivery.ts';

/** Writes the lines of every message, unless the log wants none. */
export function createClientLog(log: LogManager): ClientEvents {
	if (log.detail === 'off') return deaf;
	return {
		...deaf,
		connected: (by, ms) => log.writeReady('Connection', 'Client connected', `by=${by} ms=${formatMs(ms)}`),
		sent: ({by, id, attempt, message}) =>
			log.writeReady('Message Sent', message.logText, `by=${by} id=${id} try=${attempt}`),
		acked: ({by, id, attempt, startedAt}, server, at) =>
			log.writeReady(
				'Message Received',
				server.ackLogText,
				`by=${by} id=${id} ms=${formatMs(at - startedAt)} try=${attempt}`,
			),
		retrying: (delivery, setback, waitMs) => {
			const {by, id, attempt} = delivery;
			const wait = Math.round(waitMs);
			log.write('Retry', describeRetry(delivery, setback, waitMs), {
				...{by, id, ...causeOf(setback)},
				...{try: attempt + 1, wait},
			});
		},
		failed: (delivery, setback) => {
			const {by, id, attempt} = delivery;
			log.write('Message Failed', describeFailure(delivery, setback), {by, id, ...causeOf(setback), tries: attempt});
		},
	};
}

/** `c1-17 after timeout, again in 143 ms` */
export function describeRetry({id}: Delivery, setback: Setback, waitMs: number): string {
	const cause = describeCause(setback);
	return phrase('{id} after {cause}, again in {time} ms', {id, cause, time: Math.round(waitMs)});
}

/** `c1-17 given up after 5 attempts: timeout` */
export function describeFailure({id, attempt}: Delivery, setback: Setback): string {
	const attempts = attempt === 1 ? phrase('1 attempt') : phrase('{number} attempts', {number: attempt});
	return phrase('{id} given up after {attempts}: {cause}', {id, attempts, cause: describeCause(setback)});
}

function describeCause({cause, detail}: Setback): string {
	const words = cause === 'nak' ? 'NAK' : cause;
	return detail === '' ? words : `${words} ${detail}`;
}

function causeOf({cause, detail}: Setback): LogValues {
	return detail === '' ? {cause} : {cause, detail};
}

/** A second of all clients: totals since the start, `perSecond` and `latency` of this second. */
type SecondOfClients = {
	sent: number;
	acked: number;
	failed: number;
	inFlight: number;
	retried: number;
	perSecond: number;
	latency: LatencyCounts;
};

/** Writes the second's `Throughput` and `Latency` lines, whatever the log's detail. */
export function logSecond(log: LogManager, {perSecond, inFlight, latency, ...counts}: SecondOfClients) {
	const {sent, acked, failed, retried} = counts;
	const rounded = perSecond.toFixed(1);
	const values = {by: 'clients', sent, acked, failed, 'in-flight': inFlight, retried, 'per-second': rounded};
	log.write('Throughput', `${rounded} ACKs/s`, values);
	log.write('Latency', ...latencyLine(latency));
}

function latencyLine(counts: LatencyCounts): [text: string, values: LogValues] {
	const count = counts.reduce((sum, [, n]) => sum + n, 0);
	if (count === 0) return ['no ACK in this second', {by: 'clients', count}];
	const values = Object.fromEntries(quantiles.map(([key, quantile]) => [key, quantileOf(counts, quantile)!]));
	const text = `p50 ${formatDuration(values.p50!)} p99 ${formatDuration(values.p99!)}`;
	return [text, {by: 'clients', ...values, count}];
}

const quantiles = [
	['p50', 0.5],
	['p75', 0.75],
	['p90', 0.9],
	['p95', 0.95],
	['p99', 0.99],
	['p99.9', 0.999],
	['max', 1],
] as const;

/** Two decimals without the cost of `toFixed`: this is done for every message. */
function formatMs(ms: number): string {
	const hundredths = Math.round(ms * 100);
	const rest = hundredths % 100;
	return `${Math.floor(hundredths / 100)}.${rest < 10 ? '0' : ''}${rest}`;
}
