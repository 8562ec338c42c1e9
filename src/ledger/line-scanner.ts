/**
 * Log lines read from bytes, for what they say of messages. The same law as log-line's parseLogLine, which judges every
 * line that does not look exactly as our own hot path writes it; those are read here without making a string.
 */

import {type LogLine, parseLogLine} from '../log/log-line.ts';
import {readMessageId} from './message-id.ts';

/** What a line says. `nothing`: a whole line of ours that is no news of a message of our clients; `unaudited`: its ID is none of ours. */
export const says = {
	nothing: 0,
	sentFirst: 1,
	sentAgain: 2,
	executed: 3,
	repeated: 4,
	received: 5,
	failed: 6,
	retrying: 7,
	unaudited: 8,
	/** `told`: answered again, and the line names who executed it. */
	told: 9,
	lab: 10,
	server: 11,
	/** It begins like a line of ours and is not whole, or is damaged. */
	broken: 12,
	/** It is no line of ours. */
	foreign: 13,
} as const;

/** Filled by {@link scanLine}. The name in the ACK is bytes of the line; `parsed` is there for `lab`, `server`, `told`. */
export type Scanned = {
	says: number;
	/** The line is about the message `client`-`sequence`. */
	hasId: boolean;
	client: number;
	sequence: number;
	nameStart: number;
	nameEnd: number;
	/** Where its newline is; of a line that was torn by its writer's death, the last byte before the next one's whole line. */
	end: number;
	parsed: LogLine | undefined;
};

export function emptyScan(): Scanned {
	return {
		says: says.nothing,
		hasId: false,
		client: 0,
		sequence: 0,
		nameStart: 0,
		nameEnd: 0,
		end: 0,
		parsed: undefined,
	};
}

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
	if (!scanHot(data, start, scanned)) scanLong(data, start, scanned);
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

/** The long way, for whatever is not exactly a hot line in the last seen second. */
function scanLong(data: Buffer, start: number, scanned: Scanned): void {
	const end = data.indexOf(newline, start);
	scanned.end = end;
	const line = data.toString('utf8', start, end);
	const parsed = hasControl(data, start, end) ? undefined : parseLogLine(line);
	scanned.parsed = parsed;
	scanned.hasId = false;
	if (!parsed) {
		scanned.says = looksLikeOurs(line) ? says.broken : says.foreign;
		const next = wholeLineWithin(line);
		if (next > 0) scanned.end = start + Buffer.byteLength(line.slice(0, next)) - 1;
		return;
	}
	rememberStamp(data, start + parsed.label.length + 2);
	scanned.says = meaningOf(parsed, scanned);
	const nameAt = line.indexOf(' - ') + 3;
	if (line.startsWith('ACK from ', nameAt)) {
		const textStart = start + Buffer.byteLength(line.slice(0, nameAt));
		scanned.nameStart = textStart + ackFrom.length;
		scanned.nameEnd = textStart + Buffer.byteLength(parsed.text);
	} else if (scanned.says === says.executed || scanned.says === says.received) scanned.says = says.unaudited;
}

/** Where in a line that is none another one begins and is whole: somebody was killed while writing, and the next wrote on. */
function wholeLineWithin(line: string): number {
	for (const {index} of line.matchAll(beginning)) if (index > 0 && parseLogLine(line.slice(index))) return index;
	return 0;
}

const beginning =
	/(?:Connection|Message Sent|Message Received|Message Failed|Forwarded|ACK Sent|Retry|Server|Lab|Incident): \d{4}-/g;

function rememberStamp(data: Buffer, at: number) {
	stamp.set(data.subarray(at, at + stampLength));
}

function meaningOf({label, values}: LogLine, scanned: Scanned): number {
	if (label === 'Lab') return says.lab;
	if (label === 'Server') return says.server;
	const id = Buffer.from(values?.id ?? '');
	scanned.hasId = readMessageId(id, 0, id.length, scanned);
	const kind = kinds[label];
	if (kind === undefined) return says.nothing;
	if (!scanned.hasId) return says.unaudited;
	if (kind === says.sentFirst) return values?.try === '1' ? says.sentFirst : says.sentAgain;
	if (kind !== says.executed || values?.repeat === undefined) return kind;
	return values['executed-by'] === undefined ? says.repeated : says.told;
}

const kinds: Partial<Record<LogLine['label'], number>> = {
	'Message Sent': says.sentFirst,
	'ACK Sent': says.executed,
	'Message Received': says.received,
	'Message Failed': says.failed,
	Retry: says.retrying,
};

/** Whether something of ours may be lost in it: then what the log tells is not all. */
function looksLikeOurs(line: string): boolean {
	const isLabelled = /^(Connection|Message \w|Forwarded|ACK Sent|Retry|Server|Throughput|Latency|Lab|Incident)/.test(
		line,
	);
	return isLabelled || /\bid=c\d| torn$/.test(line) || line.includes('\0');
}

/** Our lines never hold a control character: one that does was damaged, or is another's. */
function hasControl(data: Buffer, start: number, end: number): boolean {
	for (let at = start; at < end; at++) if (data[at]! < blank) return true;
	return false;
}
