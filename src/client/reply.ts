/** What a line from the other side means. Lines come one character a byte. */

import {formatAck, parseReply} from '../domain/message.ts';

/** `id` is absent when it bore none. A server's name is given one character a byte, as it was read. */
export type Reply =
	| {type: 'ack'; id: string | undefined; serverBytes: string}
	| {type: 'nak'; id: string | undefined; reason: string}
	| {type: 'garbage'};

/** `ACK from `, which a server's name follows. */
const ack = formatAck('');

/**
 * The hot path, for which nothing is decoded: the sequence number in a line that begins with `idPrefix` (`#c7-`) and goes
 * on with `NUMBER ACK from NAME`; -1 for any other line. {@link serverOfAck} gives the name.
 */
export function sequenceOfAck(bytes: string, idPrefix: string): number {
	if (!bytes.startsWith(idPrefix)) return -1;
	let sequence = 0;
	let at = idPrefix.length;
	for (; at < bytes.length; at++) {
		const digit = bytes.charCodeAt(at) - 48;
		if (digit < 0 || digit > 9) break;
		sequence = sequence * 10 + digit;
	}
	const isNumber = at > idPrefix.length && bytes.charCodeAt(idPrefix.length) !== 48;
	const isAck = bytes.charCodeAt(at) === 32 && bytes.startsWith(ack, at + 1) && bytes.length > at + 1 + ack.length;
	return isNumber && isAck ? sequence : -1;
}

/** What follows `ACK from ` in a line of {@link sequenceOfAck}. */
export function serverOfAck(bytes: string): string {
	return bytes.slice(bytes.indexOf(ack) + ack.length);
}

/** The 7 of `c1-7`, for a client whose IDs begin with `c1-`; -1 for an ID that is none of its. */
export function sequenceOf(id: string, prefix: string): number {
	const number = id.startsWith(prefix) ? id.slice(prefix.length) : '';
	return /^[1-9]\d*$/.test(number) ? Number(number) : -1;
}

/** Any line, taken apart. */
export function readReply(bytes: string): Reply {
	const reply = parseReply(Buffer.from(bytes, 'latin1').toString('utf8'));
	if (!reply || reply.kind === 'PONG') return {type: 'garbage'};
	const {id} = reply;
	if (reply.kind === 'NAK') return {type: 'nak', id, reason: reply.reason ?? ''};
	return {type: 'ack', id, serverBytes: serverOfAck(bytes)};
}

/** The first word of a NAK's reason, short enough for a log line. */
export function firstWord(reason: string): string {
	return reason.split(' ', 1)[0]!.slice(0, 32);
}

/** True for a refusal that another attempt cannot change. */
export function isFinal(reasonWord: string): boolean {
	return reasonWord === 'too-long' || reasonWord === 'bad-request';
}
