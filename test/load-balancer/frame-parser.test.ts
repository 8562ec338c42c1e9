import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createFrameParser, maxAnswerBytes} from '../../src/load-balancer/frame-parser.ts';

type Frame = {slot: number; body: string};

/** Parses the bytes cut at `cuts`; gives the frames and the error. */
function parse(bytes: Buffer, cuts: number[]) {
	const frames: Frame[] = [];
	const push = createFrameParser((slot, from, start, end) => {
		frames.push({slot, body: from.toString('latin1', start, end)});
		return undefined;
	});
	const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
	let at = 0;
	for (const place of [...places, bytes.length]) {
		if (place === at) continue;
		const error = push(Buffer.from(bytes.subarray(at, place)));
		if (error !== undefined) return {frames, error};
		at = place;
	}
	return {frames, error: undefined};
}

const frame = fc.record({slot: fc.nat(100_000), body: fc.string({unit: 'binary-ascii', minLength: 1, maxLength: 200})});
const padding = fc.nat(5);

describe('the parser of a trunk', () => {
	it('gives the frames that were sent, however they are cut', () => {
		fc.assert(
			fc.property(fc.array(frame, {maxLength: 20}), fc.array(fc.nat(5000)), padding, (frames, cuts, zeros) => {
				const text = frames.map(({slot, body}) => `B ${slot} ${'0'.repeat(zeros)}${body.length}\n${body}`).join('');
				expect(parse(Buffer.from(text, 'latin1'), cuts)).toEqual({frames, error: undefined});
			}),
		);
	});

	it('gives the frames that were sent one byte at a time', () => {
		const text = 'B 0 3\nabcB 12 0000004\n\nB 1B 7 1\n\n';
		const cuts = Array.from({length: text.length}, (_, at) => at);
		expect(parse(Buffer.from(text), cuts)).toEqual({
			frames: [
				{slot: 0, body: 'abc'},
				{slot: 12, body: '\nB 1'},
				{slot: 7, body: '\n'},
			],
			error: undefined,
		});
	});

	it.each([
		'ACK from Server 1\n',
		'B\n',
		'B 1\n',
		'B  1 2\nab',
		'B 1  2\nab',
		'B -1 2\nab',
		'B 1 2 \nab',
		'B 1 2\r\nab',
		'B a 2\nab',
		'B 1 0\n',
		'B  2\nab',
		'C 1 2\nab',
		'B 123456789012345678901 2\nab',
		'B 1 000000000000000000002\nab',
		'B 1 2\nabX 1 2\nab',
		`B 1 ${maxAnswerBytes + 1}\nab`,
		'B 11111111111111111111111111111111111111111111',
		'no newline for longer than any header is, and for good measure',
	])('%j is no trunk', text => {
		expect(parse(Buffer.from(text), []).error).toMatch(/^bad frame: /);
		const cuts = Array.from({length: text.length}, (_, at) => at);
		expect(parse(Buffer.from(text), cuts).error).toMatch(/^bad frame: /);
	});

	it('survives any bytes', () => {
		const piece = fc.oneof(
			fc.string({unit: fc.constantFrom('B', ' ', '\n', '0', '1', '9', '-', '\0', '\r'), maxLength: 30}),
			fc.uint8Array({maxLength: 30}).map(bytes => Buffer.from(bytes).toString('latin1')),
			frame.map(({slot, body}) => `B ${slot} ${body.length}\n${body}`),
		);
		fc.assert(
			fc.property(fc.array(piece), fc.array(fc.nat(900)), (pieces, cuts) => {
				const bytes = Buffer.from(pieces.join(''), 'latin1');
				const whole = parse(bytes, []);
				const cut = parse(bytes, cuts);
				expect(cut.frames).toEqual(whole.frames);
			}),
			{numRuns: 500},
		);
	});
});
