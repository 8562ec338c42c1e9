import {t} from '../../words/words.ts';
import {fillOf} from '../charts/framed-chart.ts';
import {decadesAround, logPosition} from '../charts/scale.ts';
import {stackChart} from '../charts/stack-chart.ts';
import {span} from '../text/line.ts';
import {msText} from '../text/number-text.ts';
import {bandPiece, heading, type TrafficChart} from './traffic-chart.ts';

/** The percentiles that are drawn, from the lowest: each is a band on top of the one before. */
const drawnPercentiles = [
	{key: 'p50', style: 'typical'},
	{key: 'p90', style: 'band4'},
	{key: 'p99', style: 'slowest'},
] as const;

/** Percentiles of each second on a logarithmic scale: a retry's second and a healthy millisecond are both seen. */
export const latencyChart: TrafficChart = {
	name: () => t('latency'),
	legend: ({state: {latency}, window: {columns}, theme}) => {
		const last = columns.at(-1);
		const bands = drawnPercentiles.map(({key, style}, index) =>
			bandPiece(index, {style, label: key, text: msText(last?.[key] ?? null), rank: 90 + index, theme}),
		);
		return [
			heading(t('Latency'), t('ms, log scale')),
			...bands,
			{line: [span(t('p99.9 of the run '), 'muted'), span(msText(latency.p999))], rank: 20},
			{line: [span('max ', 'muted'), span(msText(latency.max))], rank: 30},
		];
	},
	draw: ({window: {columns}, theme}, height) => {
		const known = columns.flatMap(sample => [sample?.p50, sample?.p99]).filter(ms => typeof ms === 'number');
		const decades = decadesAround(known);
		const values = columns.map(sample => {
			let below = 0;
			return drawnPercentiles.map(({key}) => {
				const ms = sample?.[key] ?? null;
				const position = ms === null ? below : Math.max(below, logPosition(ms, decades));
				const band = position - below;
				below = position;
				return band;
			});
		});
		const labels = new Map([[0, decades.to < 1000 ? `${msText(decades.to)} ms` : tickText(decades.to)]]);
		for (let decade = decades.to / 10; decade > decades.from * 1.5; decade /= 10) {
			const row = Math.round((1 - logPosition(decade, decades)) * height);
			if (row > 0 && row < height) labels.set(row, tickText(decade));
		}
		const cells = stackChart(values, {height, max: 1, fill: fillOf(theme)});
		return {cells, styles: drawnPercentiles.map(({style}) => style), labels, foot: tickText(decades.from)};
	},
};

/** A power of ten of milliseconds: `0.1`, `10`, `1 s`. */
export function tickText(ms: number): string {
	return ms >= 1000 ? `${Math.round(ms / 1000)} s` : String(ms >= 1 ? Math.round(ms) : Number(ms.toPrecision(1)));
}
