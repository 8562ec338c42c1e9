import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseRequest} from '../../src/domain/message.ts';
import {createKnownIds} from '../../src/server/known-ids.ts';
import {createRemainder} from '../../src/server/remainder.ts';
import {contentEnd, idIn, isPing} from '../../src/server/request-bytes.ts';
import {
	formatFrameHeader,
	incomplete,
	malformed,
	maxFrameBytes,
	readFrameHeader,
} from '../../src/server/trunk-bytes.ts';

describe('request bytes', () => {
	const line = fc.oneof(
		fc.string({unit: fc.constantFrom('#', ' ', 'a', 'Z', '9', '.', '_', ':', '-', '/', 'é', '\r'), maxLength: 80}),
		fc.constantFrom('#', '# x', '#a', '#a ', `#${'a'.repeat(64)} x`, `#${'a'.repeat(65)} x`),
	);

	it('law: the ID is the one that domain/message finds', () => {
		fc.assert(
			fc.property(line, fc.nat(5), (text, before) => {
				const data = Buffer.from(`${' '.repeat(before)}${text}\nafter`);
				const end = before + Buffer.byteLength(text);
				expect(idIn(data, before, end)).toBe(parseRequest(text).id ?? '');
			}),
			{numRuns: 2000},
		);
	});

	it.each([
		['x\r\n', 1],
		['x\r\r\n', 2],
		['\r\n', 0],
		['\n', 0],
	])('of %j, %d are content', (text, end) => {
		expect(contentEnd(Buffer.from(text), 0, text.length - 1)).toBe(end);
	});

	it.each([
		['PING', true],
		['PINGS', false],
		['PIN', false],
		['ping', false],
		['', false],
	])('%j is a PING: %s', (text, is) => expect(isPing(Buffer.from(text), 0, text.length)).toBe(is));
});

describe('a frame header', () => {
	const header = {slot: -1, length: -1};
	const read = (text: string) => readFrameHeader(Buffer.from(text), 0, header);

	it.each([
		['B 0 0\n', 0, 0],
		['B 7 12\nrest', 7, 12],
		['B 999999999 001048576\n', 999_999_999, maxFrameBytes],
		['B 007 5\n', 7, 5],
		['B 00000000000123456789 1\n', 123_456_789, 1],
		['B 3 00000000000000000012\n', 3, 12],
	])('%j', (text, slot, length) => {
		expect(read(text)).toBe(text.indexOf('\n') + 1);
		expect(header).toEqual({slot, length});
	});

	it.each([
		'C 1 1\n',
		'B1 1\n',
		'B  1\n',
		'B 1\n',
		'B 1  1\n',
		'B 1 1 \n',
		'B 1 1\r\n',
		'B -1 1\n',
		'B 1 -1\n',
		'B 1.0 1\n',
		'B 1 0x1\n',
		'B 1234567890 1\n',
		'B 1 1048577\n',
		'B 1 9999999999',
		'B 1 000000000000000000001\n',
		'\n',
		'PING\n',
	])('%j is malformed', text => expect(read(text)).toBe(malformed));

	it('law: what is written is read, and every beginning of it is incomplete', () => {
		fc.assert(
			fc.property(fc.nat(999_999_999), fc.nat(maxFrameBytes), fc.nat(9), (slot, length, before) => {
				const text = formatFrameHeader(slot, length);
				const data = Buffer.from('x'.repeat(before) + text);
				expect(readFrameHeader(data, before, header)).toBe(data.length);
				expect(header).toEqual({slot, length});
				for (let end = before; end < data.length; end++)
					expect(readFrameHeader(data.subarray(0, end), before, header)).toBe(incomplete);
			}),
		);
	});

	it('law: whatever comes is incomplete only while it may become a header, and that is not long', () => {
		fc.assert(
			fc.property(fc.uint8Array({minLength: 44, maxLength: 60}), bytes => {
				expect(readFrameHeader(Buffer.from(bytes), 0, header)).not.toBe(incomplete);
			}),
		);
		const almost = fc.string({unit: fc.constantFrom('B', ' ', '0', '9', '\n', 'x'), minLength: 44, maxLength: 60});
		fc.assert(
			fc.property(almost, text => {
				expect(read(`B ${text}`)).not.toBe(incomplete);
			}),
			{numRuns: 1000},
		);
	});
});

describe('a remainder', () => {
	it('law: bytes taken in any pieces and used at any rate come out as they went in', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.uint8Array({maxLength: 700}), fc.nat(900))), steps => {
				const remainder = createRemainder();
				const used: Buffer[] = [];
				for (const [bytes, most] of steps) {
					const chunk = Buffer.from(bytes);
					const data = remainder.join(chunk);
					const count = Math.min(most, data.length);
					used.push(Buffer.from(data.subarray(0, count)));
					remainder.keep(data, count);
					expect(remainder.length()).toBe(data.length - count);
					chunk.fill(0);
				}
				used.push(remainder.join(Buffer.alloc(0)));
				expect(Buffer.concat(used).equals(Buffer.concat(steps.map(([bytes]) => bytes)))).toBe(true);
			}),
			{numRuns: 500},
		);
	});
});

describe('known IDs', () => {
	it('are the last ones: at least half the window, never more than all of it', () => {
		const known = createKnownIds(10);
		for (let id = 1; id <= 100; id++) {
			expect(known.add(String(id))).toBe(true);
			for (let back = 0; back < Math.min(5, id); back++) expect(known.has(String(id - back))).toBe(true);
			if (id > 10) expect(known.has(String(id - 10))).toBe(false);
		}
	});

	it('are known when they come again, and stay so', () => {
		const known = createKnownIds(10);
		known.add('a');
		for (let id = 1; id <= 100; id++) {
			known.add(String(id));
			expect(known.add('a')).toBe(false);
		}
	});
});
