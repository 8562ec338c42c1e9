/** What the clients are told: the load, and how each message is sent. */

import type {Arrivals, Connect, Rate} from '../../domain/plan.ts';
import {invalid, type Rows} from '../option.ts';
import {duration, many, oneOf, row, text, whole} from '../option-kinds.ts';

/** Settings that mean something to lbtop itself too: they are part of a plan. */
export const clientsOptions = {
	clients: row('--clients <N>', 'how many clients', whole(1, 10_000), '10'),
	rate: row('--rate <R>', "messages per second in all, or 'max'", rate, '20'),
	arrivals: row<Arrivals>(
		'--arrivals <KIND>',
		'constant, poisson or closed (max means closed)',
		oneOf('constant', 'poisson', 'closed'),
		'constant',
	),
	connect: row<Connect>(
		'--connect <HOW>',
		'per-message or persistent',
		oneOf('per-message', 'persistent'),
		'per-message',
	),
	message: many('--message <TEXT>', 'a text to send; repeatable (default: a mix of kinds)', text),
	ackTimeout: row('--ack-timeout <T>', 'how long a client waits for an ACK', duration, '1s'),
	retries: row('--retries <N>', 'attempts after the first', whole(0, 1000), '4'),
	warmup: row('--warmup <T>', 'left out of the latency figures', duration, '0'),
} satisfies Rows;

/** Settings that a lab hands on to its client manager as they were given. */
export const clientsSettings = {} satisfies Rows;

function rate(value: string): Rate {
	if (value === 'max') return 'max';
	const number = Number(value);
	return number > 0 && number <= 1e6 ? number : invalid("It is messages per second, up to 1000000, or 'max'.");
}
