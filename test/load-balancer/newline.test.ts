import fc from 'fast-check';
import {expect, it} from 'vitest';
import {countLines} from '../../src/load-balancer/newline.ts';

const bytes = fc.oneof(
	fc.array(fc.constantFrom(10, 10, 0, 0x0b, 0x09, 0x8a, 0xff, 0x0a ^ 0x80, 97), {minLength: 1, maxLength: 3000}),
	fc.array(fc.integer({min: 0, max: 255}), {minLength: 1, maxLength: 3000}),
);

it('counts newlines, and finds each again, wherever the bytes lie', () => {
	fc.assert(
		fc.property(bytes, fc.nat(7), (content, offset) => {
			const text = Buffer.from([...content, 10]);
			const within = Buffer.concat([Buffer.alloc(offset, 10), text, Buffer.alloc(5, 10)]);
			const lines = countLines(within, offset, offset + text.length);
			const ends = [...text].flatMap((byte, place) => (byte === 10 ? [offset + place + 1] : []));
			expect(lines.total).toBe(ends.length);
			for (const [place, end] of ends.entries()) expect(lines.endOf(place + 1)).toBe(end);
		}),
	);
});

it('counts more than its first buffer holds', () => {
	const text = Buffer.alloc(300_000, 'a\n');
	const lines = countLines(text, 0, text.length);
	expect(lines.total).toBe(150_000);
	expect(lines.endOf(149_999)).toBe(299_998);
});
