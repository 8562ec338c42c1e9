import {binEdgeMs, binTotal, type LatencyBins, quantileBin} from '../../domain/latency-bins.ts';
import {t} from '../../words/words.ts';
import {binAxis, binColumns} from '../charts/bin-chart.ts';
import {fillOf, scaleCells} from '../charts/framed-chart.ts';
import {niceCeiling} from '../charts/scale.ts';
import {stackChart} from '../charts/stack-chart.ts';
import {span} from '../text/line.ts';
import {countText, msText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import {tickText} from './latency-chart.ts';
import {bandPiece, type DrawnChart, heading, type TrafficChart} from './traffic-chart.ts';

const limits = [
	{name: 'p50', quantile: 0.5, style: 'typical'},
	{name: 'p90', quantile: 0.9, style: 'band4'},
	{name: 'p99', quantile: 0.99, style: 'slowest'},
] as const;

/** How long the ACKs of the charts' time took, and which part of them so long. */
export const histogramChart: TrafficChart = {
	name: () => t('histogram'),
	legend: ({window: {bins}, theme}) => {
		const bands = limits.map(({name, quantile, style}, index) => {
			const bin = quantileBin(bins, quantile);
			const text = bin === undefined ? '-' : `${theme.glyphs.atMost} ${msText(binEdgeMs(bin + 1))}`;
			return bandPiece(index, {style, label: name, text, rank: 90 + index, theme});
		});
		const count = countText(binTotal(bins));
		return [
			heading(t('Histogram'), t('% of ACKs by ms, log')),
			...bands,
			{line: [span(t('{count} ACKs', {count}), 'muted')], rank: 50},
		];
	},
	draw: ({window: {bins}, width, theme}, height) => binChart(bins, {width: width - scaleCells, height, theme}),
};

/** Bins as bars, those up to the median, the ninth tenth and the slowest in their colours, with marks at these limits. */
export function binChart(
	bins: LatencyBins,
	{width, height, theme}: {width: number; height: number; theme: Theme},
): DrawnChart {
	const {parts, columnOf, ticks} = binColumns(bins, width);
	const ends = limits
		.map(({quantile}) => quantileBin(bins, quantile))
		.map(bin => (bin === undefined ? -1 : columnOf(bin)));
	const max = niceCeiling(Math.max(0, ...parts) * 105);
	const values = parts.map((part, column) => {
		const band = ends.findIndex(end => column <= end);
		const at = band < 0 ? limits.length - 1 : band;
		return limits.map((_, index) => (index === at ? part * 100 : 0));
	});
	const blank = Array.from({length: width - parts.length}, () => ({glyph: ' '}));
	return {
		cells: stackChart(values, {height, max, fill: fillOf(theme)}).map(row => [...row, ...blank]),
		styles: limits.map(({style}) => style),
		labels: new Map([[0, `${Number(max.toPrecision(2))} %`]]),
		foot: '0',
		axis: binAxis({ticks}, {width, marks: ends.filter(end => end >= 0), signs: theme.glyphs, text: tickText}),
	};
}
