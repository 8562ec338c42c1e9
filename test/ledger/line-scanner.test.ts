import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {scanLine} from '../../src/ledger/line-scanner.ts';
import {emptyScan, says} from '../../src/ledger/scanned.ts';
import {formatLogLine, type Label, parseLogLine} from '../../src/log/log-line.ts';

const scan = (...lines: string[]) => {
	const data = Buffer.from(`${lines.join('\n')}\n`);
	const scanned = emptyScan();
	for (let at = 0; at < data.length; at = scanned.end + 1) scanLine(data, at, scanned);
	const {says: meaning, hasId, client, sequence, nameStart, nameEnd} = scanned;
	return {says: meaning, id: hasId ? `c${client}-${sequence}` : '', name: data.toString('utf8', nameStart, nameEnd)};
};

const at = '2024-10-11 19:52:42';
const warm = `Forwarded: ${at} - Server 1 | at=19:52:42.113 by=balancer id=c1-1 algorithm=round-robin`;
const ack = `ACK Sent: ${at} - ACK from Server 1 | at=19:52:42.113 by=server-1 id=c7-1420`;

test.each([
	[ack, {says: says.executed, id: 'c7-1420', name: 'Server 1'}],
	[`${ack} repeat=1`, {says: says.repeated, id: 'c7-1420'}],
	[`${ack} repeat=1 executed-by="Server 2"`, {says: says.told, id: 'c7-1420'}],
	[`${ack} reason=1`, {says: says.executed}],
	[`Message Sent: ${at} - HAI \\| IDO | at=19:52:42.113 by=client-7 id=c7-1 try=1`, {says: says.sentFirst, id: 'c7-1'}],
	[`Message Sent: ${at} - HAI IDO | at=19:52:42.113 by=client-7 id=c7-1 try=11`, {says: says.sentAgain}],
	[
		`Message Received: ${at} - ACK from Séver | at=1 by=client-7 id=c7-1 ms=2 try=1`,
		{says: says.received, name: 'Séver'},
	],
	[`Message Failed: ${at} - c7-1 given up | at=1 by=client-7 id=c7-1 tries=5`, {says: says.failed, id: 'c7-1'}],
	[`Retry: ${at} - c7-1 after NAK | at=1 by=client-7 id=c7-1 cause=nak detail="a b"`, {says: says.retrying}],
	[warm, {says: says.nothing, id: 'c1-1'}],
	[`${warm} why="server-1=1 server-2=1"`, {says: says.nothing, id: 'c1-1'}],
	[`${warm} why="Séver \\"1\\"=1 \\\\" x=1`, {says: says.nothing, id: 'c1-1'}],
	[`${ack} why=""`, {says: says.executed, id: 'c7-1420'}],
	[`${ack} why="open`, {says: says.broken}],
	[`${ack} why="a"b=1`, {says: says.broken}],
	[`${ack} why="a\tb"`, {says: says.broken}],
	[`ACK Sent: ${at} - ACK from Server 1 | by=server-1 id="c7-1"`, {says: says.executed, id: 'c7-1'}],
	[`Message Sent: ${at} - HAI | by=client-7 id=c7-1 try="1"`, {says: says.sentFirst, id: 'c7-1'}],
	[`${ack} repeat="1"`, {says: says.repeated}],
	[`Connection: ${at} - Client connected | at=19:52:42.113 by=client-1 ms=0.4`, {says: says.nothing, id: ''}],
	[`ACK Sent: ${at} - ACK from Server 1 | at=19:52:42.113 by=server-1 id=mine`, {says: says.unaudited}],
	[`ACK Sent: ${at} - ACK from Server 1 | at=19:52:42.113 by=server-1 id=c01-2`, {says: says.unaudited}],
	[`ACK Sent: ${at} - ACK from Server 1 | at=19:52:42.113 by=server-1 id=c1-4294967296`, {says: says.unaudited}],
	[`ACK Sent: ${at} - ACK from Server 1`, {says: says.unaudited}],
	[`Forwarded: ${at} -  | at=1 by=balancer id=c3-9`, {says: says.nothing, id: 'c3-9', name: ''}],
	[`Forwarded: ${at} - | at=1 by=balancer id=c3-9`, {says: says.nothing, id: ''}],
	[`Lab: ${at} - lbtop started | at=1 by=lbtop pid=5`, {says: says.lab}],
	[`Server: ${at} - Server 1 is UP | at=1 by=balancer`, {says: says.server}],
	[`${ack} torn`, {says: says.broken}],
	[ack.slice(0, 70), {says: says.broken}],
	[`${ack} x=\tHAI`, {says: says.broken}],
	['npm warn something', {says: says.foreign}],
	['', {says: says.foreign}],
])('%s', (line, expected) => {
	expect(scan(line)).toMatchObject(expected);
	expect(scan(warm, line)).toMatchObject(expected);
});

test('a line whose writer was killed within it costs that line, not the next one that was written behind it', () => {
	const torn = ack.slice(0, -3);
	const data = Buffer.from(`${torn}${ack}\n`);
	const scanned = emptyScan();
	scanLine(data, 0, scanned);
	expect(scanned.says).toBe(says.broken);
	scanLine(data, scanned.end + 1, scanned);
	expect(scanned).toMatchObject({says: says.executed, client: 7, sequence: 1420, end: data.length - 1});
});

describe('law: what the log parser takes is read, what it does not take is not', () => {
	const label = fc.constantFrom<Label>(
		'ACK Sent',
		'Message Sent',
		'Message Received',
		'Forwarded',
		'Connection',
		'Retry',
		'Lab',
	);
	const text = fc.oneof(fc.constant('ACK from Server 1'), fc.string({unit: 'grapheme', maxLength: 20}));
	const value = fc.oneof(fc.constantFrom('c3-9', 'c0-1', '1', 'a b', 'x"y'), fc.string({maxLength: 8, minLength: 1}));
	const values = fc.dictionary(fc.constantFrom('by', 'id', 'try', 'repeat', 'ms', 'why', 'executed-by'), value, {
		maxKeys: 4,
	});
	const line = fc
		.record({label, text, values})
		.map(each => formatLogLine({...each, wallMs: Date.UTC(2024, 9, 11, 12, 0, 0), values: {at: '1', ...each.values}}));
	const damage = fc
		.tuple(line, fc.nat(200), fc.constantFrom('', ' ', '=', '|', '"', 'é', 'x'))
		.map(([whole, at, put]) => {
			const place = at % (whole.length + 1);
			return whole.slice(0, place) + put + whole.slice(place + 1);
		});

	test('whole lines and damaged ones', () => {
		fc.assert(
			fc.property(fc.oneof(line, damage), each => {
				if (/[\n\r\t]/.test(each)) return;
				const parsed = parseLogLine(each);
				for (const before of [[], [warm]]) {
					const {says: meaning, id} = scan(...before, each);
					expect(meaning === says.broken || meaning === says.foreign, each).toBe(parsed === undefined);
					const expected = parsed?.values?.id ?? '';
					if (parsed && parsed.label !== 'Lab') expect(id).toBe(/^c[1-9]\d*-[1-9]\d*$/.test(expected) ? expected : '');
				}
			}),
			{numRuns: 2000},
		);
	});
});
