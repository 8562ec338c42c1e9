/** What the load balancer does with whole connections, and how clients reach it. Words: HAProxy's. */

import type {OnMarkedDown, ProxyVersion} from '../../domain/plan.ts';
import {duration, flag, oneOf, row, text} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

/** Connection mode; a lab hands them on as they were given. A time of 0: never. */
export const connectionSettings = {
	clientTimeout: row('--client-timeout <T>', 'until a silent client is closed, in connection mode', duration, '1h'),
	serverTimeout: row('--server-timeout <T>', 'the same for a silent server', duration, '1h'),
	halfCloseTimeout: row(
		'--half-close-timeout <T>',
		'the same for one side, once the other has said its last',
		duration,
		'5m',
	),
	onMarkedDown: row<OnMarkedDown>(
		'--on-marked-down <ACTION>',
		"a DOWN server's connections, in connection mode: none or shutdown-sessions",
		oneOf('none', 'shutdown-sessions'),
		'none',
	),
} satisfies Rows;

/** For a balancer alone: a lab's own clients and servers speak neither the PROXY protocol nor TLS. */
export const frontOptions = {
	acceptProxy: row('--accept-proxy', 'every client begins with a PROXY header, v1 or v2, that says who it is', flag),
	proxyTimeout: row('--proxy-timeout <T>', 'how long it may take to say so', duration, '3s'),
	sendProxy: row<ProxyVersion>(
		'--send-proxy <VERSION>',
		'begin each connection to a server with a PROXY header: v1 or v2',
		oneOf('v1', 'v2'),
	),
	tlsCert: row('--tls-cert <FILE>', 'speak TLS with clients: the certificate with its chain, in PEM', text),
	tlsKey: row('--tls-key <FILE>', 'its private key, in PEM', text),
	handshakeTimeout: row('--handshake-timeout <T>', 'how long a TLS handshake may take', duration, '10s'),
} satisfies Rows;
