import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {escapeText} from '../../src/domain/escape.ts';
import {cellsOf, cutCells, dropCells} from '../../src/ui/text/cells.ts';
import {
	dropFromLine,
	fitLine,
	type Line,
	lineCells,
	packPieces,
	span,
	spread,
	wrapLine,
} from '../../src/ui/text/line.ts';
import {bytesText, countText, msText, percentText, rateText, shortBytesText} from '../../src/ui/text/number-text.ts';
import {wrapWords} from '../../src/ui/text/wrap-words.ts';
import {speak} from '../../src/words/words.ts';

const textOf = (line: Line) => line.map(({text}) => text).join('');
const hostile = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.string({unit: 'grapheme'}),
	fc.constantFrom('日本語', '👩🏽‍🚀', 'a\u0301\u0302', '\x1b[2J', '\ttab\n', '🇮🇩', 'ﷺ', '\u202ertl', '│', '⚠️', '한국'),
);
const lines = fc.array(
	hostile.map(text => span(text)),
	{maxLength: 6},
);

describe('words on several rows', () => {
	test('rows end between words, and a blank that does not fit is no row', () => {
		const rows = (text: string, width: number) => wrapWords([span(text)], width).map(textOf);
		expect(rows('this terminal has 59 and 15', 23)).toEqual(['this terminal has 59', 'and 15']);
		expect(rows('--log-detail all', 12)).toEqual(['--log-detail', 'all']);
		expect(rows('averylongword is cut', 8)).toEqual(['averylon', 'gword', 'is cut']);
	});
});

describe('cells', () => {
	test.each([
		['plain', 5],
		['╭─┊█▁⣿✓', 7],
		['日本', 4],
		['🙂', 2],
		['é', 1],
		['e\u0301', 1],
	])('%s takes %i', (text, cells) => expect(cellsOf(text)).toBe(cells));

	test('a wide character is never halved', () => {
		expect(cutCells('日本', 3)).toBe('日');
		expect(dropCells('日本', 1)).toBe(' 本');
		expect(dropCells('a日', 1)).toBe('日');
	});
});

describe('a row of the screen', () => {
	test('has exactly its width and no control character, whatever it is made of', () => {
		fc.assert(
			fc.property(lines, fc.integer({min: 0, max: 60}), (line, width) => {
				const text = textOf(fitLine(line, width));
				expect(lineCells([span(text)])).toBe(width);
				// biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
				expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/);
			}),
		);
	});
	test.each<[line: Line, width: number, text: string]>([
		[[span('ab')], 4, 'ab  '],
		[[span('abcd')], 4, 'abcd'],
		[[span('abcde')], 4, 'abc…'],
		[[span('ab'), span('cd'), span('')], 4, 'abcd'],
		[[span('abcd'), span('e')], 4, 'abc…'],
		[[span('日本語')], 4, '日… '],
		[[span('\t')], 6, '\\x09  '],
		[[span('abc')], 0, ''],
	])('%j in %i cells', (line, width, text) => expect(textOf(fitLine(line, width))).toBe(text));

	test('scrolled sideways and wrapped, nothing is lost', () => {
		expect(textOf(dropFromLine([span('ab'), span('cdef')], 3))).toBe('def');
		expect(wrapLine([span('abc'), span('defg')], 3).map(textOf)).toEqual(['abc', 'def', 'g']);
		expect(wrapLine([span('日本語')], 3).map(textOf)).toEqual(['日', '本', '語']);
		fc.assert(
			fc.property(lines, fc.integer({min: 16, max: 40}), (line, width) => {
				const rows = wrapLine(line, width);
				for (const row of rows) expect(lineCells(row)).toBeLessThanOrEqual(width);
				const shown = (some: Line[]) => some.map(row => escapeText(textOf(row)).replaceAll(' ', '')).join('');
				expect(shown(rows)).toBe(shown([line.map(({text}) => span(escapeText(text)))]));
			}),
		);
	});
});

test('pieces give way by rank, and keep their order', () => {
	const pieces = [
		{line: [span('first')], rank: 1},
		{line: [span('second')], rank: 3},
		{line: [], rank: 9},
		{line: [span('third')], rank: 2},
	];
	expect(textOf(packPieces(pieces, 30, 2))).toBe('first  second  third');
	expect(textOf(packPieces(pieces, 15, 2))).toBe('second  third');
	expect(textOf(packPieces(pieces, 3, 2))).toBe('second');
	expect(textOf(spread([span('left')], [span('right')], 12))).toBe('left   right');
	expect(textOf(spread([span('left')], [span('right')], 9))).toBe('left');
});

describe('numbers', () => {
	test('have the signs of the language spoken', async () => {
		await speak('id');
		const said = [
			countText(71_240),
			countText(12_340_000),
			rateText(2.5),
			msText(1.7),
			msText(0.42),
			msText(1204),
			bytesText(1.2e9),
		];
		await speak('en');
		expect(said).toEqual(['71.240', '12,3M', '2,5', '1,7', '0,42', '1.204', '1,2 GB']);
	});
	test.each([
		[0, '0'],
		[999, '999'],
		[71_240, '71,240'],
		[9_999_999, '9,999,999'],
		[12_345_678, '12.3M'],
		[45_600_000_000, '45.6G'],
	])('count %f is %s', (value, text) => expect(countText(value)).toBe(text));
	test.each([
		[null, '-'],
		[0.424, '0.42'],
		[1.71, '1.7'],
		[9.96, '10'],
		[22.4, '22'],
		[1204, '1,204'],
	])('%f ms is %s', (value, text) => expect(msText(value)).toBe(text));
	test.each([
		[null, '-', '-'],
		[812, '812 B', '812'],
		[61_200_000, '61 MB', '61M'],
		[1_200_000_000, '1.2 GB', '1.2G'],
		[999_900, '1.0 MB', '1.0M'],
	])('%f bytes', (value, text, short) => {
		expect(bytesText(value)).toBe(text);
		expect(shortBytesText(value)).toBe(short);
	});
	test('parts and rates', () => {
		expect([percentText(0.664), percentText(null), rateText(7.5), rateText(20), rateText(400.4)]).toEqual([
			'66%',
			'-',
			'7.5',
			'20',
			'400',
		]);
	});
});
