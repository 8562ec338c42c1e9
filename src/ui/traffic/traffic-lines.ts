/** The lines of the traffic pane: ACKs a second stacked by server, and latency, over the same minute. */

import type {Sample, State} from '../../state/state.ts';
import {axisLine, type FramedChart, fillOf, framedChart, scaleCells} from '../charts/framed-chart.ts';
import {decadesAround, logPosition, niceCeiling} from '../charts/scale.ts';
import {patterns, stackChart} from '../charts/stack-chart.ts';
import {agoAxis, markAxis} from '../charts/time-axis.ts';
import {type Line, type Piece, packPieces, span} from '../text/line.ts';
import {countText, msText, rateText} from '../text/number-text.ts';
import {bandStyle, type Style} from '../text/style.ts';
import type {Theme} from '../theme.ts';
import {type TrafficWindow, trafficWindow} from './traffic-window.ts';

type Request = {state: State; width: number; height: number; theme: Theme};

/** Lines for a pane's inside of this size, and the seconds they cover. */
export function trafficLines({state, width, height, theme}: Request): {lines: Line[]; seconds: number} {
	const window = trafficWindow(state, Math.max(1, width - scaleCells));
	const marks = new Set(window.marks.map(({column}) => column));
	const hasLatency = height >= 9;
	const rateHeight = hasLatency ? evenHalf(height - 4) : Math.max(1, height - 2);
	const lines = [
		rateLegend(state, width, theme),
		...framedChart({...rateRows(state, window, {height: rateHeight, theme}), marks}, theme),
		axisLine(markAxis(window.marks, {width: window.columns.length, signs: theme.glyphs}), '0', theme),
	];
	if (hasLatency) {
		const latency = latencyRows(window, {height: height - 4 - rateHeight, theme});
		lines.push(latencyLegend(state, window, {width, theme}), ...framedChart({...latency, marks}, theme));
		const axis = agoAxis({
			width: window.columns.length,
			secondsPerColumn: window.secondsPerColumn,
			signs: theme.glyphs,
		});
		lines.push(axisLine(axis, latency.foot, theme));
	}
	return {lines, seconds: window.seconds};
}

/** An even number of rows has a row for the middle of the scale. */
function evenHalf(rows: number): number {
	const half = Math.ceil(rows / 2);
	return half >= 4 && half % 2 === 1 ? half - 1 : half;
}

type Rows = FramedChart & {foot: string};
type Size = {height: number; theme: Theme};

function rateRows({servers}: State, {columns}: TrafficWindow, {height, theme}: Size): Rows {
	const values = columns.map(sample =>
		sample
			? bandsOf(
					sample,
					servers.map(({name}) => name),
				)
			: [],
	);
	const most = Math.max(0, ...values.map(bands => bands.reduce((sum, value) => sum + value, 0)));
	const max = niceCeiling(most * 1.05);
	const labels = new Map([[0, rateText(max)]]);
	if (height >= 4 && height % 2 === 0) labels.set(height / 2, rateText(max / 2));
	const styles = [...servers.map((_, index) => bandStyle(index)), 'rest' as const];
	return {cells: stackChart(values, {height, max, fill: fillOf(theme)}), styles, labels, foot: '0'};
}

/** ACKs by server, then those that name none of them. */
function bandsOf(sample: Sample, names: string[]): number[] {
	const byServer = names.map(name => sample.byServer[name] ?? 0);
	const named = byServer.reduce((sum, value) => sum + value, 0);
	return [...byServer, Math.max(0, sample.acked - named)];
}

/** p50 in front of p99, on a logarithmic scale: a retry's second and a healthy millisecond are both seen. */
function latencyRows({columns}: TrafficWindow, {height, theme}: Size): Rows {
	const known = columns.flatMap(sample => [sample?.p50, sample?.p99]).filter(ms => typeof ms === 'number');
	const decades = decadesAround(known);
	const values = columns.map(sample => {
		if (!sample || sample.p50 === null || sample.p99 === null) return [];
		const typical = logPosition(sample.p50, decades);
		return [typical, Math.max(0, logPosition(sample.p99, decades) - typical)];
	});
	const labels = new Map([[0, decades.to < 1000 ? `${msText(decades.to)} ms` : tickText(decades.to)]]);
	for (let decade = decades.to / 10; decade > decades.from * 1.5; decade /= 10) {
		const row = Math.round((1 - logPosition(decade, decades)) * height);
		if (row > 0 && row < height) labels.set(row, tickText(decade));
	}
	const cells = stackChart(values, {height, max: 1, fill: fillOf(theme)});
	return {cells, styles: ['typical', 'slowest'], labels, foot: tickText(decades.from)};
}

/** A power of ten of milliseconds: `0.1`, `10`, `1 s`. */
function tickText(ms: number): string {
	return ms >= 1000 ? `${ms / 1000} s` : String(ms >= 1 ? Math.round(ms) : Number(ms.toPrecision(1)));
}

function rateLegend({servers, samples}: State, width: number, theme: Theme): Line {
	const last = samples.at(-1);
	const title: Piece = {line: [span(' ACKs/s ', 'strong'), span(last ? rateText(last.acked) : '-')], rank: 100};
	const bands = servers.map(
		(server, index): Piece => ({
			line: [bandSign(index, theme), span(` ${server.name} `, 'muted'), span(rateText(server.perSecond))],
			rank: 50 - index,
		}),
	);
	return packPieces([title, ...bands, ...trouble(last)], width, 3);
}

/** Retries and failures of the last second: nothing while there are none. */
function trouble(last: Sample | undefined): Piece[] {
	if (!last) return [];
	const pieces: Piece[] = [];
	if (last.retries > 0) pieces.push({line: [span(`${countText(last.retries)} retries/s`, 'warn')], rank: 90});
	if (last.failed > 0) pieces.push({line: [span(`${countText(last.failed)} failed/s`, 'bad')], rank: 91});
	return pieces;
}

function latencyLegend(
	{latency}: State,
	{columns}: TrafficWindow,
	{width, theme}: {width: number; theme: Theme},
): Line {
	const last = columns.at(-1);
	const sign = (style: Style, band: number) => span(signOf(band, theme), style);
	const pieces: Piece[] = [
		{line: [span(' Latency ', 'strong'), span('ms, log scale', 'muted')], rank: 100},
		{line: [sign('typical', 0), span(' p50 ', 'muted'), span(msText(last?.p50 ?? null))], rank: 90},
		{line: [sign('slowest', 1), span(' p99 ', 'muted'), span(msText(last?.p99 ?? null))], rank: 91},
		{line: [span('p99.9 of the run ', 'muted'), span(msText(latency.p999))], rank: 20},
		{line: [span('max ', 'muted'), span(msText(latency.max))], rank: 30},
	];
	return packPieces(pieces, width, 3);
}

function bandSign(index: number, theme: Theme) {
	return span(signOf(index, theme), bandStyle(index));
}

/** What fills a band in the chart, as a sample of it. */
function signOf(index: number, {color, ascii, glyphs}: Theme): string {
	if (color && !ascii) return glyphs.swatch;
	const pattern = patterns[ascii ? 'ascii' : 'pattern'];
	return pattern[index % pattern.length]!;
}
