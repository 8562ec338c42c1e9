/** What a line from the other side means for the message that waits. Lines come one character a byte. */

import {formatAck, parseReply} from '../domain/message.ts';

/**
 * `ack`: of this message, by the server of that name. `nak`: of this message. `stray`: a good reply to another message.
 * `garbage`: no reply. `isPlain`: it bore no ID.
 */
export type Reply =
	| {type: 'ack'; serverBytes: string; isPlain: boolean}
	| {type: 'nak'; reason: string; isPlain: boolean}
	| {type: 'stray'}
	| {type: 'garbage'};

/** `ACK from `, which a server's name follows. */
const ack = formatAck('');

/** The name in the ACK of message `id`, as bytes, or undefined for any other line: the hot path, nothing is decoded. */
export function serverOfAck(bytes: string, id: string): string | undefined {
	const start = id.length + 2 + ack.length;
	if (bytes.length <= start || bytes.charCodeAt(0) !== 35 || bytes.charCodeAt(id.length + 1) !== 32) return undefined;
	return bytes.startsWith(id, 1) && bytes.startsWith(ack, id.length + 2) ? bytes.slice(start) : undefined;
}

/** Any line, taken apart. */
export function readReply(bytes: string, id: string): Reply {
	const reply = parseReply(Buffer.from(bytes, 'latin1').toString('utf8'));
	if (!reply || reply.kind === 'PONG') return {type: 'garbage'};
	if (reply.id !== undefined && reply.id !== id) return {type: 'stray'};
	const isPlain = reply.id === undefined;
	if (reply.kind === 'NAK') return {type: 'nak', reason: reply.reason ?? '', isPlain};
	return {type: 'ack', serverBytes: bytes.slice(bytes.indexOf(ack) + ack.length), isPlain};
}

/** The first word of a NAK's reason, short enough for a log line. */
export function firstWord(reason: string): string {
	return reason.split(' ', 1)[0]!.slice(0, 32);
}

/** True for a refusal that another attempt cannot change. */
export function isFinal(reasonWord: string): boolean {
	return reasonWord === 'too-long' || reasonWord === 'bad-request';
}
