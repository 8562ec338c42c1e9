/** Limits, queue, time-outs and retries of the load balancer: how it holds out against clients and servers. */

import type {PlainServer} from '../../domain/plan.ts';
import {duration, oneOf, row, someTime, whole} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

const count = whole(0, 10_000_000);

/** Settings that a lab hands on to its balancer as they were given. 0 means no bound, or never. */
export const flowSettings = {
	maxconn: row('--maxconn <N>', 'client connections at once (0: what open files and memory allow)', count, '0'),
	sourceMaxconn: row('--source-maxconn <N>', 'the same from one address', count, '0'),
	serverMaxconn: row(
		'--server-maxconn <N>',
		'messages (connections) a server has at once, where --server says no maxconn=N',
		count,
		'0',
	),
	maxqueue: row('--maxqueue <N>', 'messages that may wait for a server that has room', count, '1024'),
	queueTimeout: row('--queue-timeout <T>', 'how long one may wait so', duration, '2s'),
	connectTimeout: row('--connect-timeout <T>', 'how long a connection to a server may take', someTime, '2s'),
	firstByteTimeout: row('--first-byte-timeout <T>', 'until a new client must have said something', duration, '60s'),
	idleTimeout: row('--idle-timeout <T>', 'until a client with nothing under way is closed', duration, '1h'),
	stallTimeout: row('--stall-timeout <T>', 'until a client that takes no answers is cut off', duration, '30s'),
	answerTimeout: row('--answer-timeout <T>', 'until an unanswered message is given up', duration, '60s'),
	tryTimeout: row('--try-timeout <T>', 'until an unanswered message is sent to another server', duration, '0'),
	hedge: row('--hedge <T>', 'the same, but the first server may still answer', duration, '0'),
	redeliveries: row('--redeliveries <N>', 'how often a message is sent to another server', whole(0, 100), '3'),
	retryBudget: row('--retry-budget <PERCENT>', 'of the last 10 s of messages, may be sent again', whole(0, 1000), '20'),
	retryReserve: row('--retry-reserve <N>', 'that many a second may be sent again in any case', count, '10'),
	breakerConnections: row(
		'--breaker-connections <N>',
		'connections to a server that takes one message at a time',
		whole(1, 100_000),
		'64',
	),
	breakerPending: row('--breaker-pending <N>', 'messages that wait for one of these', count, '10000'),
	breakerRequests: row('--breaker-requests <N>', 'unanswered messages of a server before it is skipped', count, '0'),
	breakerRetries: row('--breaker-retries <N>', 'of these, sent again', count, '0'),
	plainServer: row<PlainServer>(
		'--plain-server <HOW>',
		'servers without the trunk: auto, id, ordered or single',
		oneOf('auto', 'id', 'ordered', 'single'),
		'auto',
	),
} satisfies Rows;
