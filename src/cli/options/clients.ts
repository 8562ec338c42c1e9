/** What the clients are told: the load, and how each message is sent. */

import type {Arrivals, Connect} from '../../domain/plan.ts';
import {mostPerSecond, parseRate, rateNotation, type WrittenRate} from '../../domain/rate.ts';
import {t} from '../../words/words.ts';
import {readArrivals} from '../arrivals-file.ts';
import {UsageError} from '../option.ts';
import {duration, many, oneOf, row, someTime, someTimePattern, suchAs, text, whole, written} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

const persistentDepth = 16;
const mostInFlight = 1_000_000;

const number = '\\d+(?:\\.\\d+)?(?:e-?\\d{1,2})?';
const rate = written<WrittenRate>({
	pattern: `^(?:max|${number}|(?:${number}\\.\\.${number}/|${number}(?:,${number})+@|${number}\\+${number}@)\\s*${someTimePattern}\\s*)$`,
	schema: pattern => ({type: ['number', 'string'], pattern, exclusiveMinimum: 0, maximum: mostPerSecond}),
	read: parseRate,
	demand: () => t('It is {notation}; up to 1000000.', {notation: t(rateNotation)}),
});

/** Settings that mean something to lbtop itself too: they are part of a plan. */
export const clientsOptions = {
	clients: row('--clients <N>', 'how many clients', whole(1, 10_000), '10'),
	rate: row('--rate <R>', rateNotation, rate, '20'),
	arrivals: row<Arrivals>(
		'--arrivals <KIND>',
		'constant, poisson or closed (max means closed)',
		oneOf('constant', 'poisson', 'closed'),
		'constant',
	),
	arrivalsFile: row(
		'--arrivals-file <FILE>',
		'in place of a rate: when to send, ms since the start, a number a line',
		suchAs('arrivals.txt', {...text, parse: readArrivals}),
	),
	connect: row<Connect>(
		'--connect <HOW>',
		'per-message or persistent',
		oneOf('per-message', 'persistent'),
		'per-message',
	),
	depth: row(
		'--depth <N>',
		() =>
			t('messages a client may have in flight on its persistent connection (default: {depth})', {
				depth: persistentDepth,
			}),
		suchAs(1, whole(1, 1000)),
	),
	message: many('--message <TEXT>', 'a text to send; repeatable (default: a mix of kinds)', suchAs('HAI IDO', text)),
	ackTimeout: row('--ack-timeout <T>', 'how long a client waits for an ACK', someTime, '1s'),
	retries: row('--retries <N>', 'attempts after the first', whole(0, 1000), '4'),
	warmup: row('--warmup <T>', 'left out of the latency figures', duration, '0'),
} satisfies Rows;

/** Settings that a lab hands on to its client manager as they were given. */
export const clientsSettings = {} satisfies Rows;

/**
 * The depth that is meant: one message on a connection of its own; several on a kept one, so that a slow answer does not
 * hold back what is due. Throws {@link UsageError} where the two contradict each other.
 */
export function depthOf({depth, connect, clients}: {depth: number | undefined; connect: Connect; clients: number}) {
	if (connect === 'per-message') {
		if (depth === undefined || depth === 1) return 1;
		throw new UsageError(
			t(
				'--depth {depth}: a connection per message carries one message; add --connect persistent, or leave --depth out',
				{depth},
			),
		);
	}
	const meant = depth ?? persistentDepth;
	if (meant * clients <= mostInFlight) return meant;
	throw new UsageError(
		t('--depth {depth} with --clients {clients} could have more than {most} messages in flight; take less of one', {
			depth: meant,
			clients,
			most: mostInFlight,
		}),
	);
}
