import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {countBytewise, countLines, countWith} from '../../src/load-balancer/newline.ts';
import {loadNewlineProgram} from '../../src/load-balancer/newline-program.ts';

const bytes = fc.oneof(
	fc.array(fc.constantFrom(10, 10, 35, 35, 0, 0x0b, 0x09, 0x8a, 0xff, 97), {maxLength: 3000}),
	fc.array(fc.integer({min: 0, max: 255}), {maxLength: 3000}),
);

describe.each([
	['byte by byte', countBytewise],
	['by the program', countWith(loadNewlineProgram()!)],
	['by the fastest way', countLines],
])('lines counted %s', (_, count) => {
	it('are as many as there are newlines, and each is found again, wherever the bytes lie', () => {
		fc.assert(
			fc.property(bytes, fc.nat(20), (content, offset) => {
				const text = Buffer.from([...content, 10]);
				const within = Buffer.concat([Buffer.alloc(offset, 10), text, Buffer.alloc(20, 10)]);
				const lines = count(within, offset, offset + text.length);
				const ends = [...text].flatMap((byte, place) => (byte === 10 ? [offset + place + 1] : []));
				expect(lines.total).toBe(ends.length);
				expect(lines.tagged()).toBe((text.toString('latin1').match(/(?<=^|\n)#/g) ?? []).length);
				for (const [place, end] of ends.entries()) expect(lines.endOf(place + 1)).toBe(end);
			}),
		);
	});

	it('may be more than fit into the room there is at first', () => {
		for (const size of [10, 131_072, 300_000, 20]) {
			const text = Buffer.alloc(size, 'a\n');
			const lines = count(text, 0, size);
			expect(lines.total).toBe(size / 2);
			expect(lines.endOf(size / 2 - 1)).toBe(size - 2);
			expect(count(Buffer.alloc(size, '#\n'), 0, size).tagged()).toBe(size / 2);
		}
	});
});
