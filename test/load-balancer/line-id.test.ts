import fc from 'fast-check';
import {expect, it} from 'vitest';
import {parseRequest} from '../../src/domain/message.ts';
import {idOf, isPing} from '../../src/load-balancer/line-id.ts';

const idText = fc.string({
	unit: fc.constantFrom('#', 'a', 'Z', '0', '_', ':', '-', '.', ' ', 'é', '\t', '\r'),
	maxLength: 90,
});
const longId = fc.nat(70).map(length => `#${'x'.repeat(length)}`);

it('sees the ID of a line that parseRequest sees', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				idText,
				idText.map(text => `#${text}`),
				longId,
			),
			fc.constantFrom('\n', '\r\n'),
			(text, end) => {
				const line = text.replace(/\r+$/, '');
				const bytes = Buffer.from(`before\n${line}${end}after\n`);
				const start = 7;
				const stop = start + Buffer.byteLength(line) + end.length;
				expect(idOf(bytes, start, stop)).toBe(parseRequest(line).id);
			},
		),
	);
});

it.each([
	['PING\n', true],
	['PING\r\n', true],
	['PING \n', false],
	['PINGS\n', false],
	['PIN\n', false],
	['#a PING\n', true],
	['#a PING\r\n', true],
	['#a  PING\n', false],
	['#a SPING\n', false],
	['# PING\n', false],
	['G\n', false],
	['\n', false],
])('%j is a PING: %s', (line, expected) => {
	const bytes = Buffer.from(line);
	expect(isPing(bytes, 0, bytes.length)).toBe(expected);
});
