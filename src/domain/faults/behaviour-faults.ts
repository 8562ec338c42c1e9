/**
 * Faults of what a server does with messages; they take lbtop's own servers only. A server that has several of them
 * goes through them in this order. A PING is no message: only `refuse` and `never-read` keep it from its answer.
 */

import type {PlainPhrase} from '../../words/words.ts';
import {type MessageKindName, messageKindNames} from '../message-kinds.ts';
import {distribution, share, whole, word} from './parameter.ts';

/** Which messages it takes: a share of them by chance, of one kind, and of these every nth. */
const which = {
	share: share('share', 1),
	kind: word<MessageKindName | 'any'>('kind', ['any', ...messageKindNames], 'any'),
	nth: whole('nth', {least: 1, most: 1e9, fallback: 1}),
};

const fewOrMany = {least: 1, most: 1e9};

export const behaviourFaults = {
	refuse: {
		target: 'behaviour',
		parameters: {},
		line: 'stops listening: new connects are refused (RST), connections that exist go on',
	},
	'never-read': {
		target: 'behaviour',
		parameters: {},
		line: 'accepts and reads nothing more: bytes are acknowledged until the receive window is full, then the sender waits',
	},
	crash: {
		target: 'behaviour',
		main: 'nth',
		parameters: {nth: whole('nth', {...fewOrMany, fallback: 1})},
		line: 'crashes on the nth message, not executed: the kernel closes its sockets (FIN, or RST where bytes were unread)',
	},
	reset: {
		target: 'behaviour',
		parameters: which,
		line: 'sends RST instead of answering, not executed; a trunk breaks so for all its clients, and the balancer asks elsewhere',
	},
	close: {
		target: 'behaviour',
		parameters: which,
		line: 'sends FIN instead of answering, not executed; a trunk ends so for all its clients, and the balancer asks elsewhere',
	},
	'fail-first': {
		target: 'behaviour',
		main: 'count',
		parameters: {
			count: whole('count', {...fewOrMany, fallback: 5}),
			how: word('how', ['nak', 'close', 'reset'], 'nak'),
		},
		line: 'refuses the first messages, not executed (nak: unavailable; close: FIN; reset: RST), then works',
	},
	slow: {
		target: 'behaviour',
		main: 'delayMs',
		parameters: {delayMs: distribution('delay', {type: 'constant', ms: 200}), ...which},
		line: "works so much longer on it, then answers: TCP acknowledges the bytes at once, only the ACK's deadline notices",
	},
	'no-ack': {
		target: 'behaviour',
		parameters: which,
		line: 'executes and never answers: the connection stays open and healthy; a retry elsewhere executes twice',
	},
	'wrong-answer': {
		target: 'behaviour',
		parameters: which,
		line: 'executes and sends the ACK of another message: TCP carries wrong bytes as well as right ones',
	},
	garbage: {
		target: 'behaviour',
		parameters: which,
		line: "executes and sends a line of random bytes: checksums are right, TCP delivers it; on a trunk inside its client's frame",
	},
	'double-ack': {
		target: 'behaviour',
		parameters: which,
		line: 'executes once and answers twice: the second ACK is ordinary bytes to TCP, an answer too many to its reader',
	},
	'half-answer': {
		target: 'behaviour',
		parameters: which,
		line: 'executes, sends half of the answer, then FIN: the reader sees the end inside a line; on a trunk inside a frame',
	},
} as const satisfies Record<string, {line: PlainPhrase; [more: string]: unknown}>;
