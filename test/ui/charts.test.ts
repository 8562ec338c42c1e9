import {describe, expect, test} from 'vitest';
import {bar} from '../../src/ui/charts/bar.ts';
import {decadesAround, logPosition, niceCeiling} from '../../src/ui/charts/scale.ts';
import {sparkline} from '../../src/ui/charts/sparkline.ts';
import {type ChartFill, stackChart} from '../../src/ui/charts/stack-chart.ts';
import {agoAxis, markAxis} from '../../src/ui/charts/time-axis.ts';

describe('sparkline', () => {
	test.each<[values: number[], width: number, max: number, unicode: string, ascii: string]>([
		[[0, 1, 2, 3, 4, 5, 6, 7, 8], 9, 8, ' ▁▂▃▄▅▆▇█', ' .:-=+*#@'],
		[[1, 2, 8], 5, 8, '  ▁▂█', '  .:@'],
		[[9, 9, 9, 4], 2, 8, '█▄', '@='],
		[[0.01], 1, 8, '▁', '.'],
		[[5], 1, 0, ' ', ' '],
		[[Number.NaN, -1], 2, 8, '  ', '  '],
		[[], 3, 8, '   ', '   '],
		[[1], 0, 1, '', ''],
	])('%j in %i cells up to %i', (values, width, max, unicode, ascii) => {
		expect(sparkline(values, {width, max, ascii: false})).toBe(unicode);
		expect(sparkline(values, {width, max, ascii: true})).toBe(ascii);
	});
});

describe('bar', () => {
	test.each<[part: number, filled: string, track: string]>([
		[0, '', '····'],
		[0.001, '■', '···'],
		[0.5, '■■', '··'],
		[1, '■■■■', ''],
		[7, '■■■■', ''],
		[-1, '', '····'],
		[Number.NaN, '', '····'],
	])('%f of four cells', (part, filled, track) => {
		expect(bar(part, {width: 4, ascii: false})).toEqual({filled, track});
		const ascii = bar(part, {width: 4, ascii: true});
		expect(ascii.filled + ascii.track).toBe('#'.repeat(filled.length) + '.'.repeat(track.length));
	});
});

describe('stack chart', () => {
	const rows = (columns: number[][], height: number, max: number, fill: ChartFill) =>
		stackChart(columns, {height, max, fill}).map(row =>
			row.map(({glyph, band, under}) => `${glyph}${band ?? ''}${under === undefined ? '' : `/${under}`}`).join(' '),
		);

	test('draws one band to an eighth of a row', () => {
		expect(rows([[16], [12], [1], [0], []], 2, 16, 'blend')).toEqual(['█0 ▄0      ', '█0 █0 ▁0    ']);
	});
	test('lays a band on another: two colours in the cell where they meet', () => {
		expect(rows([[4, 12]], 2, 16, 'blend')).toEqual(['█1', '▄0/1']);
		expect(rows([[8, 8]], 2, 16, 'blend')).toEqual(['█1', '█0']);
	});
	test('keeps the height of the whole where two bands end in one cell', () => {
		expect(rows([[2, 2]], 1, 8, 'blend')).toEqual(['▄1']);
	});
	test('shows what is little, leaves out what is nothing, and never leaves the chart', () => {
		expect(rows([[0.01]], 1, 100, 'blend')).toEqual(['▁0']);
		expect(rows([[0, 8]], 1, 8, 'blend')).toEqual(['█1']);
		expect(rows([[1e9, 1e9]], 1, 8, 'blend')).toEqual(['█0']);
		expect(rows([[1]], 1, 0, 'blend')).toEqual([' ']);
	});
	test('tells bands apart by pattern without colours', () => {
		expect(
			rows(
				[
					[8, 8],
					[0.1, 0],
				],
				2,
				16,
				'pattern',
			),
		).toEqual(['▒1  ', '█0 █0']);
		expect(
			rows(
				[
					[8, 8],
					[0.1, 0],
				],
				2,
				16,
				'ascii',
			),
		).toEqual(['=1  ', '#0 #0']);
	});
});

describe('scales', () => {
	test.each([
		[0, 1],
		[0.3, 0.3],
		[1, 1],
		[1.1, 1.5],
		[21, 25],
		[61, 80],
		[400, 400],
		[20_500, 25_000],
	])('the round number above %f is %f', (value, ceiling) => expect(niceCeiling(value)).toBeCloseTo(ceiling, 9));

	test.each([
		[[], 1, 10],
		[[2], 1, 10],
		[[1, 10], 1, 10],
		[[0.3, 900], 0.1, 1000],
		[[0, 5], 1, 10],
	])('the decades around %j are %f to %f', (values, from, to) => {
		const decades = decadesAround(values);
		expect(decades.from).toBeCloseTo(from, 9);
		expect(decades.to).toBeCloseTo(to, 9);
	});

	test('a logarithmic position', () => {
		expect(logPosition(10, {from: 1, to: 100})).toBeCloseTo(0.5, 9);
		expect(logPosition(0, {from: 1, to: 100})).toBe(0);
		expect(logPosition(1e9, {from: 1, to: 100})).toBe(1);
	});
});

describe('axes', () => {
	const signs = {horizontal: '-', mark: '^'};
	const text = (pieces: {text: string}[]) => pieces.map(piece => piece.text).join('');
	test.each<[marks: [number, string][], axis: string]>([
		[[], '------------------------------'],
		[[[3, 'killed']], '---^ killed ------------------'],
		[[[28, 'killed']], '------------------- killed ^-'.padStart(30, '-')],
		[
			[
				[3, 'Server 1 killed'],
				[12, 'b'],
			],
			'---^--------^ b --------------',
		],
		[
			[
				[3, 'Server 1 killed'],
				[16, 'Server 2'],
			],
			'---^ Server 1 k ^ Server 2 ---',
		],
		[
			[
				[5, 'cause'],
				[5, 'effect'],
			],
			'-----^ cause, effect ---------',
		],
		[
			[
				[-1, 'before'],
				[30, 'after'],
			],
			'------------------------------',
		],
	])('marks %j', (marks, axis) => {
		const shown = text(
			markAxis(
				marks.map(([column, words]) => ({column, text: words})),
				{width: 30, signs},
			),
		);
		expect(shown).toHaveLength(30);
		expect(shown).toBe(axis);
	});
	test('how long ago', () => {
		expect(text(agoAxis({width: 40, secondsPerColumn: 1, signs}))).toBe('----------30s------------15s---------now');
		expect(text(agoAxis({width: 5, secondsPerColumn: 1, signs}))).toBe('--now');
	});
});
