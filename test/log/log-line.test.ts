import fc from 'fast-check';
import {afterEach, describe, expect, it} from 'vitest';
import {escapeText} from '../../src/domain/escape.ts';
import {escapeLogText, formatLogLine, formatValues, type Label, parseLogLine} from '../../src/log/log-line.ts';

const moment = new Date(2024, 9, 11, 19, 52, 42, 113).getTime();

describe('a line', () => {
	it.each([
		['Connection', 'Client connected', {by: 'client-1', ms: 0.4}, 'by=client-1 ms=0.4'],
		['Message Sent', 'HAI IDO', {by: 'client-1', id: 'c1-17', try: 1}, 'by=client-1 id=c1-17 try=1'],
		['Forwarded', 'Server 1', {by: 'balancer', id: 'c1-17'}, 'by=balancer id=c1-17'],
		['Retry', 'no ACK', {by: 'client-1', cause: 'timed out'}, 'by=client-1 cause="timed out"'],
	] as const)('%s: %s', (label, text, values, pairs) => {
		const line = formatLogLine({label, wallMs: moment, text, values});
		expect(line).toBe(`${label}: 2024-10-11 19:52:42 - ${text} | at=19:52:42.113 ${pairs}`);
	});

	it('is classic without values, both ways', () => {
		const line = 'Message Sent: 2024-10-11 19:52:42 - HAI IDO';
		expect(formatLogLine({label: 'Message Sent', wallMs: moment, text: 'HAI IDO'})).toBe(line);
		expect(parseLogLine(line)).toEqual({label: 'Message Sent', wallMs: moment - 113, text: 'HAI IDO'});
	});

	it('can have an empty text', () => {
		const line = formatLogLine({label: 'Lab', wallMs: moment, text: '', values: {by: 'x'}});
		expect(parseLogLine(line)).toEqual({label: 'Lab', wallMs: moment, text: '', values: {by: 'x'}});
	});

	it.each([
		'',
		'HAI IDO',
		'Unknown: 2024-10-11 19:52:42 - HAI',
		'Lab: 2024-13-11 19:52:42 - HAI',
		'Lab: 2024-10-11 24:52:42 - HAI',
		'Lab: 2024-10-11 19:52 - HAI',
		'Lab: 2024-10-11 19:52:42 - HAI | torn',
		'Lab: 2024-10-11 19:52:42 - HAI | at=19:52:42.113 id=c1-17 torn',
		'Lab: 2024-10-11 19:52:42 - HAI | at=19:52:42.113 cause="no spa',
		'Lab: 2024-10-11 19:52:42 - HAI | id=c1-1Lab: 2024-10-11 19:52:42 - HAI | id=c1-2',
	])('is not: %s', line => expect(parseLogLine(line)).toBeUndefined());
});

describe('a text', () => {
	it.each([
		['HAI IDO', 'HAI IDO'],
		['a|b', 'a|b'],
		['a | b', 'a \\| b'],
		['a | | b', 'a \\| \\| b'],
		['|', '\\|'],
		['| a', '\\| a'],
		['a |', 'a \\|'],
		['|a|', '|a|'],
		['a\nb\r\x1b[2J\0', 'a\\x0ab\\x0d\\x1b[2J\\x00'],
		['é 日本 🙂', 'é 日本 🙂'],
		['\u202eabc\u200b', '\\u{202e}abc\\u{200b}'],
		['\n|\n', '\\x0a|\\x0a'],
	])('%j is written %j', (text, written) => expect(escapeLogText(text)).toBe(written));
});

const anything = fc.oneof(
	fc.string({unit: 'binary', maxLength: 60}),
	fc.string({unit: fc.constantFrom(' ', '|', '"', '\\', '=', '\n', 'a', '-', 'é', '\u2028', '\ud800'), maxLength: 30}),
);
const logLine = fc.record({
	label: fc.constantFrom<Label>('Connection', 'Message Sent', 'ACK Sent', 'Throughput', 'Lab'),
	wallMs: fc.integer({min: Date.UTC(1990), max: Date.UTC(2090)}),
	text: anything,
	values: fc.dictionary(fc.stringMatching(/^[a-z][a-zA-Z-]{0,8}$/), fc.oneof(anything, fc.integer(), fc.float())),
});

describe('law', () => {
	it('what is formatted parses into what was formatted, escaped', () => {
		fc.assert(
			fc.property(logLine, line => {
				fc.pre(!('at' in line.values) && isOneHour(line.wallMs));
				const written = Object.entries(line.values).map(([key, value]) => [key, escapeText(String(value))]);
				const expected = {...line, text: escapeLogText(line.text), values: Object.fromEntries(written)};
				expect(parseLogLine(formatLogLine(line))).toEqual(expected);
			}),
			{numRuns: 1000},
		);
	});

	it('what parses formats into the same line', () => {
		fc.assert(
			fc.property(logLine, line => {
				fc.pre(!('at' in line.values));
				const formatted = formatLogLine(line);
				expect(formatLogLine(parseLogLine(formatted)!)).toBe(formatted);
			}),
		);
	});

	it('a line is one line that moves no terminal, and its classic part ends at the first " | "', () => {
		fc.assert(
			fc.property(logLine, line => {
				const formatted = formatLogLine(line);
				expect(escapeText(formatted)).toBe(formatted);
				expect(formatted.split(' | at=')[0]).toBe(formatted.slice(0, formatted.indexOf(' | ')));
				expect(formatted.endsWith(formatValues(line.values))).toBe(true);
			}),
		);
	});

	it('escaping twice is escaping once, and no text reads " | " between its neighbours', () => {
		fc.assert(
			fc.property(anything, text => {
				const escaped = escapeLogText(text);
				expect(escapeLogText(escaped)).toBe(escaped);
				expect(` ${escaped} `).not.toContain(' | ');
			}),
			{numRuns: 1000},
		);
	});

	it('no text at all breaks the parser', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), text => {
				parseLogLine(text);
				parseLogLine(`Lab: 2024-10-11 19:52:42 - ${text}`);
			}),
		);
	});
});

describe('local time', () => {
	const zone = process.env.TZ;
	afterEach(() => {
		if (zone === undefined) delete process.env.TZ;
		else process.env.TZ = zone;
	});

	it('follows a change to summer time and back, whatever was formatted before', () => {
		process.env.TZ = 'Europe/Berlin';
		const at = (iso: string) =>
			formatLogLine({label: 'Lab', wallMs: Date.parse(iso), text: '', values: {by: 'x'}}).slice(5, 24);
		expect(at('2024-03-31T00:59:59.999Z')).toBe('2024-03-31 01:59:59');
		expect(at('2024-03-31T01:00:00.000Z')).toBe('2024-03-31 03:00:00');
		expect(at('2024-10-27T00:59:59.999Z')).toBe('2024-10-27 02:59:59');
		expect(at('2024-10-27T01:00:00.000Z')).toBe('2024-10-27 02:00:00');
	});
});

/** False for a moment whose local time comes a second time an hour later: it cannot be told from the line. */
function isOneHour(wallMs: number): boolean {
	const clock = (ms: number) => new Date(ms).toLocaleString('sv');
	return [1, -1, 0.5, -0.5].every(hours => clock(wallMs) !== clock(wallMs + hours * 3_600_000));
}
