import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createLineTags, tagBytewise, tagWith} from '../../src/load-balancer/line-tags.ts';
import {inputBytes, loadLineTagsProgram} from '../../src/load-balancer/line-tags-program.ts';

const idCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-';
const id = fc.string({unit: fc.constantFrom(...idCharacters), minLength: 1, maxLength: 48});
const text = fc.string({unit: 'binary', maxLength: 100}).map(words => words.replaceAll('\n', '#'));
const line = fc.tuple(id, text).map(([name, words]) => (words === '' ? `#${name}` : `#${name} ${words}`));
const lines = fc.array(line, {minLength: 1, maxLength: 40});
const tag = fc.nat(999_999_999);
const tagged = (all: string[], number: number) => all.map(each => `#${number}.${each.slice(1)}\n`).join('');
const textOf = (all: string[]) => Buffer.from(all.map(each => `${each}\n`).join(''));

describe.each([
	['byte by byte', tagBytewise],
	['by the program', () => tagWith(loadLineTagsProgram()!, tagBytewise())],
	['by the fastest way', createLineTags],
])('lines tagged %s', (_, create) => {
	const tags = create();

	it('bear the tag before their IDs, wherever the bytes lie', () => {
		fc.assert(
			fc.property(lines, tag, fc.nat(40), (all, number, offset) => {
				const bytes = textOf(all);
				const within = Buffer.concat([Buffer.alloc(offset, 35), bytes, Buffer.alloc(20, 65)]);
				const result = tags.tag(within, offset, offset + bytes.length, all.length, number);
				expect(result?.toString()).toBe(tagged(all, number));
			}),
		);
	});

	it('know every byte that may be in an ID or after it', () => {
		for (const byte of Array(256).keys()) {
			if (byte === 10) continue;
			const own = String.fromCharCode(byte);
			for (const before of [0, 1, 15, 16, 17, 47]) {
				const bytes = Buffer.from(`#a b\n#${'x'.repeat(before)}${own} c\n`, 'latin1');
				const isFit = idCharacters.includes(own) || (own === ' ' && before > 0);
				expect([byte, before, tags.tag(bytes, 0, bytes.length, 2, 7) !== undefined]).toEqual([byte, before, isFit]);
			}
		}
	});

	it.each([
		['no ID', 'hello\n'],
		['an empty ID', '# hello\n'],
		['an ID of 49 bytes', `#${'x'.repeat(49)} hello\n`],
		['an empty line', '\n'],
	])('are not when one has %s', (_what, odd) => {
		const bytes = Buffer.from(`#a b\n${odd}#c d\n`);
		expect(tags.tag(bytes, 0, bytes.length, 3, 1)).toBeUndefined();
		expect(tags.tag(Buffer.from(odd), 0, odd.length, 1, 1)).toBeUndefined();
	});

	it('are untagged as long as the tag is the same and lines are whole', () => {
		fc.assert(
			fc.property(lines, lines, tag, fc.nat(200), (first, second, number, cut) => {
				const whole = Buffer.from(tagged(first, number) + tagged(second, number + 1));
				const bytes = whole.subarray(0, whole.length - Math.min(cut, whole.length));
				const ends = [...bytes].flatMap((byte, place) => (byte === 10 ? [place + 1] : []));
				tags.read(bytes);
				const text = tags.untag(0, `#${number}.`.length).toString();
				const count = Math.min(first.length, ends.length);
				expect(tags.lines).toBe(count);
				expect(tags.next).toBe(count === 0 ? 0 : ends[count - 1]);
				expect(text).toBe(textOf(first.slice(0, count)).toString());
				if (count < first.length) return;
				const rest = tags.untag(tags.next, tags.next + `#${number + 1}.`.length).toString();
				expect(rest).toBe(textOf(second.slice(0, tags.lines)).toString());
				expect(tags.lines).toBe(ends.length - count);
			}),
		);
	});

	it('may be more than there is room for', () => {
		for (const size of [inputBytes - 5, inputBytes, inputBytes + 5, inputBytes * 2]) {
			const long = `#a ${'y'.repeat(size)}\n#b z\n`;
			expect(tags.tag(Buffer.from(long), 0, long.length, 2, 5)?.toString()).toBe(
				`#5.${long.slice(1).replace('#b', '#5.b')}`,
			);
			const answer = Buffer.from(long.replaceAll('#', '#5.'));
			tags.read(answer);
			expect(tags.untag(0, 3).toString()).toBe(long);
			expect([tags.lines, tags.next]).toEqual([2, answer.length]);
		}
		const short = '#a\n'.repeat(60_000);
		expect(tags.tag(Buffer.from(short), 0, short.length, 60_000, 123)?.toString()).toBe('#123.a\n'.repeat(60_000));
	});
});
