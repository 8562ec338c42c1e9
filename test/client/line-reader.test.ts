import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createLineReader} from '../../src/client/line-reader.ts';

/** Reads the chunks into one buffer used again and again, as sockets do. */
function read(chunks: Buffer[], {maxBytes = 100, stopAfter = Number.POSITIVE_INFINITY} = {}) {
	const lines: string[] = [];
	const shared = Buffer.alloc(1000);
	const reader = createLineReader({
		maxBytes,
		onLine: line => lines.push(line),
		isOver: () => lines.length >= stopAfter,
	});
	const results = chunks.map(chunk => {
		chunk.copy(shared);
		return reader.read(shared, chunk.length);
	});
	const beforeEnd = lines.length;
	reader.end();
	return {lines, results, beforeEnd};
}

test.each<[string[], string[]]>([
	[['a\nb\n'], ['a', 'b']],
	[['a\r\nb\n\nc'], ['a', 'b', '', 'c']],
	[
		['a', 'b\nc', 'd\n'],
		['ab', 'cd'],
	],
	[
		['a\r', '\nb'],
		['a', 'b'],
	],
	[['', '\n', ''], ['']],
	[[], []],
])('%j are the lines %j', (chunks, lines) => {
	expect(read(chunks.map(chunk => Buffer.from(chunk))).lines).toEqual(lines);
});

test('the lines are the same wherever the chunks are cut', () => {
	const text = fc
		.array(fc.constantFrom('a', 'é', '🚀', ' ', '\n', '\r\n', 'bcd'), {maxLength: 40})
		.map(parts => parts.join(''));
	fc.assert(
		fc.property(text, fc.array(fc.nat(60), {maxLength: 12}), (all, cuts) => {
			const bytes = Buffer.from(all);
			const at = [0, ...cuts.map(cut => Math.min(cut, bytes.length)).toSorted((a, b) => a - b), bytes.length];
			const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
			const decoded = read(chunks).lines.map(line => Buffer.from(line, 'latin1').toString());
			const expected = all.split('\n').map(line => line.replace(/\r$/, ''));
			if (all.split('\n').at(-1) === '') expected.pop();
			expect(decoded).toEqual(expected);
		}),
	);
});

describe('a line over the bound', () => {
	test.each([
		['in one piece', ['x'.repeat(102)]],
		['ended in the same piece', [`${'x'.repeat(102)}\n`]],
		['by one byte', [`${'x'.repeat(101)}\n`]],
		['in many pieces', Array.from({length: 102}, () => 'x')],
		['behind a good one', [`good\n${'x'.repeat(102)}`]],
	])('%s is refused', (_, chunks) => {
		const {results, lines} = read(chunks.map(chunk => Buffer.from(chunk)));
		expect(results.at(-1)).toBe(false);
		expect(lines.filter(line => line !== 'good').every(line => !line.includes('\n'))).toBe(true);
	});
	test('the longest allowed is not, with its end of two bytes neither', () => {
		expect(read([Buffer.from(`${'x'.repeat(100)}\r\n`)])).toMatchObject({results: [true], lines: ['x'.repeat(100)]});
	});
});

test('nothing is told once the reader was told to stop', () => {
	expect(read([Buffer.from('a\nb\nc\n')], {stopAfter: 1}).lines).toEqual(['a']);
});
