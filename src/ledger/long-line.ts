/** Log lines read the long way: by the law itself, log-line's parseLogLine. */

import {type LogLine, parseLogLine} from '../log/log-line.ts';
import {readMessageId} from './message-id.ts';
import {type Scanned, says} from './scanned.ts';

const newline = 10;
const carriageReturn = 13;
const blank = 32;
const ackFrom = 'ACK from ';

/**
 * Reads any line that begins at `start`; it must be whole, its newline within `data`. Where an editor or git has put a
 * carriage return before that, the line ends there: we never write one.
 */
export function scanLong(data: Buffer, start: number, scanned: Scanned): void {
	const newlineAt = data.indexOf(newline, start);
	const end = newlineAt > start && data[newlineAt - 1] === carriageReturn ? newlineAt - 1 : newlineAt;
	scanned.end = newlineAt;
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
	scanned.says = meaningOf(parsed, scanned);
	const nameAt = line.indexOf(' - ') + 3;
	if (line.startsWith(ackFrom, nameAt)) {
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
