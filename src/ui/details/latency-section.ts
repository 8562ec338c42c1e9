import type {LatencySummary} from '../../domain/latency.ts';
import type {LatencyBins} from '../../domain/latency-bins.ts';
import {t} from '../../words/words.ts';
import {axisLine, framedChart, scaleCells} from '../charts/framed-chart.ts';
import {type Line, packPieces, span} from '../text/line.ts';
import {countText, msText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import {binChart} from '../traffic/histogram-chart.ts';
import type {Section} from './detail-lines.ts';

const percentiles = ['p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const;
const shownNames = {p999: 'p99.9'} as Record<string, string>;
const rows = 6;

/**
 * How long its ACKs took in the whole run: percentiles, and all of them as a histogram. They are known by the name in the
 * ACK: of a server that has some (`acked`), and none with its name, that is said.
 */
export function latencySection(
	latency: LatencySummary,
	bins: LatencyBins,
	{acked, width, theme}: {acked: number | null; width: number; theme: Theme},
): Section {
	const title = t('Latency of the run, ms');
	if (latency.count === 0) {
		const why = acked === 0 ? t('no ACK yet') : t('unknown: no ACK bears its name');
		return {title, lines: [[span(`  ${why}`, 'muted')]]};
	}
	const pieces = percentiles.map((key, index) => ({
		line: [span(`${shownNames[key] ?? key} `, 'muted'), span(msText(latency[key]))],
		rank: 10 - index,
	}));
	const count: Line = [span(t('{count} ACKs', {count: countText(latency.count)}), 'muted')];
	const chart = binChart(bins, {width: Math.max(1, width - scaleCells - 1), height: rows, theme});
	const lines = [...framedChart(chart, theme), axisLine(chart.axis ?? [], `${chart.foot} %`, theme)];
	return {title, lines: [[span('  '), ...packPieces([...pieces, {line: count, rank: 1}], width - 2, 2)], ...lines]};
}
