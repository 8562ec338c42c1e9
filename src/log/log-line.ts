/**
 * One event, one line of log.txt, both ways: `LABEL: YYYY-MM-DD HH:MM:SS - TEXT`, then optionally ` | ` and pairs
 * `key=value` quoted as in logfmt, of which the first is `at=HH:MM:SS.mmm`. Times are local, as people read them.
 */

import {escapeText} from '../domain/escape.ts';

const labels = [
	'Connection',
	'Message Sent',
	'Forwarded',
	'ACK Sent',
	'Message Received',
	'Retry',
	'Message Failed',
	'Server',
	'Throughput',
	'Latency',
	'Lab',
	'Incident',
] as const;

/** What a line is about: its first words, as in the classic log. */
export type Label = (typeof labels)[number];

/** What follows ` | `, in this order. Keys are ours and plain (`by`, `id`, `ms`); values may be anything. */
export type LogValues = Record<string, string | number>;

/** A line taken apart. `text` is as it stands in the line, escaped; without `values` the line is a classic one. */
export type LogLine<Values = Record<string, string>> = {label: Label; wallMs: number; text: string; values?: Values};

/** The line of an event, without its end. Escapes `text` and `values`; `wallMs` is milliseconds since 1970. */
export function formatLogLine({label, wallMs, text, values}: LogLine<LogValues>): string {
	const escaped = escapeLogText(text);
	if (!values) return `${label}: ${secondOf(wallMs)} - ${escaped}`;
	return formatReadyLine(label, wallMs, escaped, formatValues(values)).trimEnd();
}

/** The same for the hot path: `text` is escaped already, `values` are formatted already and not empty. */
export function formatReadyLine(label: Label, wallMs: number, text: string, values: string): string {
	if (wallMs !== lastMs) {
		lastSecond = secondOf(wallMs);
		lastClock = clockOf(wallMs);
		lastMs = wallMs;
	}
	return `${label}: ${lastSecond} - ${text} | at=${lastClock} ${values}`;
}

/** Pairs `key=value`, a blank between two. */
export function formatValues(values: LogValues): string {
	let pairs = '';
	for (const key in values) pairs += `${pairs && ' '}${key}=${formatValue(values[key]!)}`;
	return pairs;
}

/**
 * A text that neither ends its line, moves a terminal, nor holds ` | `: that is written ` \| `, also where it would
 * come about by touching the blank before or after the text.
 */
export function escapeLogText(text: string): string {
	if (plain.test(text)) return text;
	return escapeText(text).replace(separator, '\\|');
}

/**
 * Takes a line (without its end) apart, or gives undefined when it is none of ours: torn, foreign, empty. Law: a
 * formatted line parses into what was formatted, its text escaped; of a wall-clock hour that comes twice, the first.
 */
export function parseLogLine(line: string): LogLine | undefined {
	const match = shape.exec(line);
	if (!match) return undefined;
	const label = match[1] as Label;
	const textStart = match[0].length;
	const textEnd = line.indexOf(' | ', textStart);
	if (textEnd < 0) return {label, wallMs: wallMsOf(match, 0), text: line.slice(textStart)};
	const pairs = parsePairs(line, textEnd + 3);
	if (!pairs) return undefined;
	const {at = '', ...values} = pairs;
	return {label, wallMs: wallMsOf(match, Number(at.slice(9))), text: line.slice(textStart, textEnd), values};
}

const shape = new RegExp(
	`^(${labels.join('|')}): ([1-9]\\d{3})-(0[1-9]|1[0-2])-([0-2]\\d|3[01]) ([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d) - `,
);

/** Most texts: printable ASCII without `|`. One test is all they cost. */
const plain = /^[ -{}~]*$/;
const separator = /(?<=^| )\|(?= |$)/g;

const bareValue = /^[^\s"=\\]+$/;
const pair = /([^\s"=]+)=(?:"([^"\\]*(?:\\["\\][^"\\]*)*)"|([^\s"=\\]+))(?: (?=.)|$)/y;

let lastMs = Number.NaN;
let lastSecond = '';
let lastClock = '';

function secondOf(wallMs: number): string {
	const date = new Date(wallMs);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOf(date)}`;
}

/** Local time to the millisecond: `19:52:42.113`. */
export function clockOf(wallMs: number): string {
	const date = new Date(wallMs);
	return `${timeOf(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function timeOf(date: Date): string {
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function two(number: number): string {
	return number < 10 ? `0${number}` : String(number);
}

function formatValue(value: string | number): string {
	if (typeof value === 'number') return String(value);
	const escaped = escapeText(value);
	return bareValue.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, '\\$&')}"`;
}

function parsePairs(line: string, from: number): Record<string, string> | undefined {
	const entries: [string, string][] = [];
	pair.lastIndex = from;
	while (pair.lastIndex < line.length) {
		const match = pair.exec(line);
		if (!match) return undefined;
		const [, key, quoted, bare] = match;
		entries.push([key!, bare ?? quoted!.replace(/\\(["\\])/g, '$1')]);
	}
	return Object.fromEntries(entries);
}

function wallMsOf(match: RegExpExecArray, ms: number): number {
	const [year, month, day, hours, minutes, seconds] = match.slice(2).map(Number) as Six;
	return new Date(year, month - 1, day, hours, minutes, seconds, ms || 0).getTime();
}

type Six = [number, number, number, number, number, number];
