import {retryCauses} from '../../domain/tick.ts';
import type {Sample} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {fillOf} from '../charts/framed-chart.ts';
import {niceCeiling, scaleText} from '../charts/scale.ts';
import {stackChart} from '../charts/stack-chart.ts';
import {span} from '../text/line.ts';
import {rateText} from '../text/number-text.ts';
import {bandStyle} from '../text/style.ts';
import {bandPiece, heading, type TrafficChart} from './traffic-chart.ts';

/** Attempts that came to nothing, by cause, and on top of them the messages that were given up. */
export const retriesChart: TrafficChart = {
	name: () => t('retries'),
	legend: ({window: {columns}, theme}) => {
		const last = columns.at(-1);
		const met = bands.filter(({of}) => columns.some(sample => sample && of(sample) > 0));
		const pieces = met.map(band => {
			const index = bands.indexOf(band);
			const text = last ? rateText(band.of(last)) : '-';
			return bandPiece(index, {style: bandStyle(index), label: band.label(), text, rank: 80 - index, theme});
		});
		const none = {line: [span(t('none in this time'), 'muted')], rank: 70};
		return [heading(t('Retries'), t('a second, by cause')), ...(met.length === 0 ? [none] : pieces)];
	},
	draw: ({window: {columns}, theme}, height) => {
		const values = columns.map(sample => (sample ? bands.map(({of}) => of(sample)) : []));
		const max = niceCeiling(Math.max(0, ...values.map(each => each.reduce((sum, value) => sum + value, 0))) * 1.05);
		const styles = bands.map((_, index) => bandStyle(index));
		const labels = new Map([[0, scaleText(max, '/s')]]);
		return {cells: stackChart(values, {height, max, fill: fillOf(theme)}), styles, labels, foot: '0'};
	},
};

/** The causes are log.txt's own words. */
const bands: {label(): string; of(sample: Sample): number}[] = [
	...retryCauses.map(cause => ({label: () => cause, of: ({byCause}: Sample) => byCause[cause]})),
	{label: () => t('given up'), of: ({failed}: Sample) => failed},
];
