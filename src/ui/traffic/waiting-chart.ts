import type {Sample} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {fillOf} from '../charts/framed-chart.ts';
import {lineChart} from '../charts/line-chart.ts';
import {niceCeiling, scaleText} from '../charts/scale.ts';
import {countText} from '../text/number-text.ts';
import type {Style} from '../text/style.ts';
import {unitWords} from '../watched/units.ts';
import {bandPiece, heading, type TrafficChart} from './traffic-chart.ts';

/** An empty queue has no line: it would lie over what is under way. */
type Row = {label(): string; of(sample: Sample): number; style: Style; rank: number; isQueue?: boolean};

/** A balancer that runs elsewhere does not know what its clients have not sent yet. */
const dueRow: Row = {label: () => t('due'), of: ({backlog}) => backlog, style: 'band3', rank: 70, isQueue: true};

/**
 * Lines in the order they are drawn: what matters most lies over the others. In flight: sent and not answered; queued: of
 * these, those that wait in the balancer; due: those that no client has sent yet.
 */
const rows: Row[] = [
	dueRow,
	{label: () => t('in flight'), of: ({inFlight}) => inFlight, style: 'band0', rank: 90},
	{label: () => t('queued'), of: ({waiting}) => waiting, style: 'band1', rank: 80, isQueue: true},
];

/** The most messages at once in each second: under way, waiting for a server that has room, waiting for a client. */
export const waitingChart: TrafficChart = {
	name: () => t('in flight + queue'),
	legend: ({state: {watched}, window: {columns}, theme}) => {
		const last = columns.at(-1);
		const shown = rows.map((row, band) => ({...row, band})).filter(({of}) => !watched || of !== dueRow.of);
		const lines = shown.map(({label, of, style, rank, band}) =>
			bandPiece(band, {style, label: label(), text: last ? countText(of(last)) : '-', rank, theme}),
		);
		return [heading(watched ? unitWords(watched.unit).many() : t('Messages at once'), t('most a second')), ...lines];
	},
	draw: ({window: {columns}, theme}, height) => {
		const most = Math.max(0, ...columns.flatMap(sample => (sample ? rows.map(({of}) => of(sample)) : [])));
		const max = niceCeiling(most * 1.05);
		const lines = rows.map(({of, isQueue}) =>
			columns.map(sample => (sample && (of(sample) > 0 || !isQueue) ? of(sample) / max : null)),
		);
		const labels = new Map([[0, scaleText(max)]]);
		if (height >= 4 && height % 2 === 0 && max % 2 === 0) labels.set(height / 2, scaleText(max / 2));
		const cells = lineChart(lines, {width: columns.length, height, fill: fillOf(theme)});
		return {cells, styles: rows.map(({style}) => style), labels, foot: '0'};
	},
};
