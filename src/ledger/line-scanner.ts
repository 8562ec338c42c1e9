/**
 * Log lines read from bytes, for what they say of messages: those that look exactly as our own hot path writes them,
 * without making a string. Every other is read the long way, by the same law.
 */

import {scanLong} from './long-line.ts';
import {readMessageId} from './message-id.ts';
import {type Scanned, says} from './scanned.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const labels = {
	sent: bytesOf('Message Sent: '),
	received: bytesOf('Message Received: '),
	ack: bytesOf('ACK Sent: '),
	forwarded: bytesOf('Forwarded: '),
	connection: bytesOf('Connection: '),
};
const ackFrom = bytesOf('ACK from ');
const stampLength = '2024-10-11 19:52:42 - '.length;
const newline = 10;
const blank = 32;
const bar = 124;
const equals = 61;
const quote = 34;
const backslash = 92;

/** Bytes of a key or of a bare value: printable ASCII without blank, `"`, `=` and `\`. */
const isBare = new Uint8Array(256);
for (let byte = 33; byte < 127; byte++) if (![34, 61, 92].includes(byte)) isBare[byte] = 1;

/** The last timestamp that was read the long way: lines of one second share it. */
const stamp = new Uint8Array(stampLength);

/** Reads the line that begins at `start`; it must be whole, its newline within `data`. */
export function scanLine(data: Buffer, start: number, scanned: Scanned): void {
	if (scanHot(data, start, scanned)) return;
	scanLong(data, start, scanned);
	if (scanned.parsed) rememberStamp(data, start + scanned.parsed.label.length + 2);
}

/** Reads a line that looks exactly as the hot path writes it; false: it does not. */
function scanHot(data: Buffer, start: number, scanned: Scanned): boolean {
	const label = labelAt(data, start);
	const stampAt = start + label.length;
	if (!isAt(data, start, label) || !isAt(data, stampAt, stamp)) return false;
	const textAt = stampAt + stampLength;
	let at = textAt;
	for (; data[at] !== bar || data[at - 1] !== blank || data[at + 1] !== blank; at++)
		if (data[at]! < blank) return false;
	if (at === textAt) return false; // The blank before this bar is the stamp's: a damaged line.
	scanned.nameStart = textAt;
	scanned.nameEnd = at - 1;
	if (!scanPairs(data, at + 2, scanned)) return false;
	if (label === labels.forwarded || label === labels.connection) scanned.says = says.nothing;
	else if (label === labels.sent) {
		if (!scanned.hasId) scanned.says = says.unaudited;
		else scanned.says = pairs.isFirstTry ? says.sentFirst : says.sentAgain;
	} else {
		if (!isAt(data, textAt, ackFrom)) return false;
		scanned.nameStart += ackFrom.length;
		if (!scanned.hasId) scanned.says = says.unaudited;
		else if (label === labels.received) scanned.says = says.received;
		else scanned.says = pairs.isRepeat ? says.repeated : says.executed;
	}
	return true;
}

/** The only label that can stand there, by a letter or two. */
function labelAt(data: Buffer, start: number): Uint8Array {
	switch (data[start]) {
		case 65:
			return labels.ack;
		case 77:
			return data[start + 8] === 83 ? labels.sent : labels.received;
		case 70:
			return labels.forwarded;
		default:
			return labels.connection;
	}
}

const pairs = {isFirstTry: false, isRepeat: false};

/** Reads `key=value` pairs up to the newline; false: one is quoted that tells of a message, or has an escape, or is none. */
function scanPairs(data: Buffer, from: number, scanned: Scanned): boolean {
	scanned.hasId = false;
	pairs.isFirstTry = false;
	pairs.isRepeat = false;
	let at = from;
	for (;;) {
		const keyAt = at;
		while (isBare[data[at]!] === 1) at++;
		const keyLength = at - keyAt;
		if (keyLength === 0 || data[at] !== equals) return false;
		const valueAt = ++at;
		if (data[at] === quote) {
			at = afterQuoted(data, at);
			if (at < 0 || isTelling(data, keyAt, keyLength)) return false;
		} else while (isBare[data[at]!] === 1) at++;
		if (at === valueAt) return false;
		if (keyLength === 2) {
			if (data[keyAt] === 105 && data[keyAt + 1] === 100) scanned.hasId = readMessageId(data, valueAt, at, scanned);
		} else if (keyLength === 3) {
			if (data[keyAt] === 116 && data[keyAt + 1] === 114) pairs.isFirstTry = at === valueAt + 1 && data[valueAt] === 49;
		} else if (keyLength === 6 && data[keyAt] === 114 && data[keyAt + 2] === 112) pairs.isRepeat = true;
		else if (keyLength === 11) return false;
		const byte = data[at]!;
		if (byte === newline) break;
		if (byte !== blank) return false;
		at++;
	}
	scanned.end = at;
	return true;
}

/** Where a quoted value ends that begins at `from`, the byte after it; -1: there is an escape in it, or no end. */
function afterQuoted(data: Buffer, from: number): number {
	for (let at = from + 1; ; at++) {
		const byte = data[at]!;
		if (byte === quote) return at + 1;
		if (byte < blank || byte === backslash) return -1;
	}
}

/** Whether a key may be one of `id`, `try`, `repeat`. */
function isTelling(data: Buffer, keyAt: number, keyLength: number): boolean {
	const first = data[keyAt];
	return (keyLength === 2 && first === 105) || (keyLength === 3 && first === 116) || (keyLength === 6 && first === 114);
}

function isAt(data: Buffer, at: number, expected: Uint8Array): boolean {
	for (let index = 0; index < expected.length; index++) if (data[at + index] !== expected[index]) return false;
	return true;
}

/** The stamp of a line that was read the long way: those of the same second are read here. */
function rememberStamp(data: Buffer, at: number) {
	stamp.set(data.subarray(at, at + stampLength));
}
