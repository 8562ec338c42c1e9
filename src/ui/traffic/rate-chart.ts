import type {Sample} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {fillOf} from '../charts/framed-chart.ts';
import {niceCeiling, scaleText} from '../charts/scale.ts';
import {stackChart} from '../charts/stack-chart.ts';
import {type Piece, span} from '../text/line.ts';
import {countText, rateText} from '../text/number-text.ts';
import {bandStyle} from '../text/style.ts';
import {unitWords} from '../watched/units.ts';
import {bandPiece, heading, type TrafficChart} from './traffic-chart.ts';

/** ACKs a second, the servers' on top of each other. */
export const rateChart: TrafficChart = {
	name: () => t('rate'),
	legend: ({state: {servers, samples, watched}, theme}) => {
		const last = samples.at(-1);
		const bands = servers.map((server, index) =>
			bandPiece(index, {
				style: bandStyle(index),
				label: server.name,
				text: rateText(server.perSecond),
				rank: 50 - index,
				theme,
			}),
		);
		const all = {line: [span(last ? rateText(last.acked) : '-')], rank: 99};
		return [
			heading(watched ? unitWords(watched.unit).many() : t('ACKs'), t('a second')),
			all,
			...bands,
			...trouble(last),
		];
	},
	draw: ({state: {servers}, window: {columns}, theme}, height) => {
		const names = servers.map(({name}) => name);
		const values = columns.map(sample => (sample ? bandsOf(sample, names) : []));
		const most = Math.max(0, ...values.map(bands => bands.reduce((sum, value) => sum + value, 0)));
		const max = niceCeiling(most * 1.05);
		const labels = new Map([[0, scaleText(max, '/s')]]);
		if (height >= 4 && height % 2 === 0) labels.set(height / 2, scaleText(max / 2));
		const styles = [...servers.map((_, index) => bandStyle(index)), 'rest' as const];
		return {cells: stackChart(values, {height, max, fill: fillOf(theme)}), styles, labels, foot: '0'};
	},
};

/** ACKs by server, then those that name none of them. */
function bandsOf(sample: Sample, names: string[]): number[] {
	const byServer = names.map(name => sample.byServer[name] ?? 0);
	const named = byServer.reduce((sum, value) => sum + value, 0);
	return [...byServer, Math.max(0, sample.acked - named)];
}

/** Retries and failures of the last second: nothing while there are none. */
function trouble(last: Sample | undefined): Piece[] {
	if (!last) return [];
	const pieces: Piece[] = [];
	if (last.retries > 0)
		pieces.push({line: [span(t('{count} retries/s', {count: countText(last.retries)}), 'warn')], rank: 90});
	if (last.failed > 0)
		pieces.push({line: [span(t('{count} failed/s', {count: countText(last.failed)}), 'bad')], rank: 91});
	return pieces;
}
