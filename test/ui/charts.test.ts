import {describe, expect, test} from 'vitest';
import {addBins, binOf, binsOf, noBins} from '../../src/domain/latency-bins.ts';
import {bar} from '../../src/ui/charts/bar.ts';
import {binAxis, binColumns} from '../../src/ui/charts/bin-chart.ts';
import {lineChart} from '../../src/ui/charts/line-chart.ts';
import {decadesAround, logPosition, niceCeiling, scaleText} from '../../src/ui/charts/scale.ts';
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

describe('line chart', () => {
	const rows = (lines: (number | null)[][], width: number, height: number, fill: ChartFill) =>
		lineChart(lines, {width, height, fill}).map(row => row.map(({glyph, band}) => `${glyph}${band ?? ''}`).join(' '));

	test('draws two dots a column, four rows a cell, and the steps between', () => {
		expect(rows([[1, 1]], 2, 1, 'blend')).toEqual(['⠉0 ⠉0']);
		expect(rows([[0, 1]], 2, 1, 'blend')).toEqual(['⣀0 ⡏0']);
		expect(rows([[0, 1]], 2, 2, 'blend')).toEqual(['  ⡏0', '⣀0 ⡇0']);
		expect(rows([[1 / 3, 2 / 3]], 2, 1, 'blend')).toEqual(['⠤0 ⠖0']);
	});
	test('a gap stays a gap, and what follows it does not hang on to what was before', () => {
		expect(rows([[0, null, 1]], 3, 1, 'blend')).toEqual(['⣀0   ⠉0']);
		expect(rows([[null, Number.NaN]], 2, 1, 'blend')).toEqual([' '].map(() => '   '));
	});
	test('never leaves the chart; where lines meet, the last one has the cell', () => {
		expect(rows([[7], [-1]], 1, 1, 'blend')).toEqual(['⣉1']);
		expect(rows([[0.5], [0.5]], 1, 1, 'ascii')).toEqual(['=1']);
	});
	test('has a sign for each line where colour does not tell them apart', () => {
		expect(
			rows(
				[
					[1, 0],
					[0, 1],
				],
				2,
				2,
				'ascii',
			),
		).toEqual(['#0 =1', '=1 #0']);
		expect(
			rows(
				[
					[1, 0],
					[0, 1],
				],
				2,
				2,
				'pattern',
			),
		).toEqual(['█0 ▒1', '▒1 █0']);
	});
});

describe('histogram of latencies', () => {
	const signs = {horizontal: '-', mark: '^', ellipsis: '…'};
	test('shows whole decades, at least two, a bin as wide as fits', () => {
		const {parts, ticks, columnOf} = binColumns(
			binsOf([
				[1000, 3],
				[20_000, 1],
			]),
			45,
		);
		expect(parts).toHaveLength(40);
		expect(parts.flatMap((part, column) => (part > 0 ? [[column, part]] : []))).toEqual([
			...[
				[0, 0.75],
				[1, 0.75],
				[26, 0.25],
				[27, 0.25],
			],
		]);
		expect(ticks.map(({column, ms}) => [column, ms])).toEqual([
			[0, 1],
			[20, 10],
		]);
		expect(columnOf(binOf(20_000))).toBe(27);
	});
	test('where there are too many bins, several share a column and nothing is left out', () => {
		const bins = binsOf([
			[1, 1],
			[1000, 1],
			[60_000_000, 2],
		]);
		const {parts} = binColumns(bins, 20);
		expect(parts.length).toBeLessThanOrEqual(20);
		expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 9);
	});
	test('of nothing it is empty', () => {
		expect(binColumns(noBins, 30).parts.every(part => part === 0)).toBe(true);
		expect(addBins(noBins, binsOf([[5, 2]])).counts).toEqual([2]);
	});
	test('its axis has the marks, and says the decades where they leave room', () => {
		const axis = binAxis(
			binColumns(
				binsOf([
					[1000, 1],
					[1_500_000, 1],
				]),
				40,
			),
			{
				...{width: 42, marks: [11, 35], signs},
				text: ms => (ms >= 1000 ? `${Math.round(ms / 1000)} s` : String(Math.round(ms))),
			},
		);
		expect(axis.map(({text}) => text).join('')).toBe('1----------^10------100-------1 s--^------');
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

	test.each([
		[500, '/s', '500/s'],
		[2500, '/s', '2,500'],
		[25_000, '/s', '25,000'],
		[250_000, '/s', '250k'],
		[1_500_000, '', '1.5M'],
		[2.5, '/s', '2.5/s'],
	])('at a scale %f%s is %s', (value, unit, text) => expect(scaleText(value, unit)).toBe(text));

	test('a logarithmic position', () => {
		expect(logPosition(10, {from: 1, to: 100})).toBeCloseTo(0.5, 9);
		expect(logPosition(0, {from: 1, to: 100})).toBe(0);
		expect(logPosition(1e9, {from: 1, to: 100})).toBe(1);
	});
});

describe('axes', () => {
	const signs = {horizontal: '-', mark: '^', ellipsis: '…'};
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
			'---^ Server 1… -^ Server 2 ---',
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
	test('the end of the time can be named', () => {
		expect(text(agoAxis({width: 40, secondsPerColumn: 1, signs, endText: '14:02:31'}))).toBe(
			'----------30s------------15s----14:02:31',
		);
	});
	test('how long ago', () => {
		expect(text(agoAxis({width: 40, secondsPerColumn: 1, signs}))).toBe('----------30s------------15s---------now');
		expect(text(agoAxis({width: 5, secondsPerColumn: 1, signs}))).toBe('--now');
	});
});
