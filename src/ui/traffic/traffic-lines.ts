/** The lines of the traffic pane: as many charts as there is room for, from the chosen one on, over the same time. */

import type {State} from '../../state/state.ts';
import {axisLine, framedChart, scaleCells} from '../charts/framed-chart.ts';
import {agoAxis, markAxis} from '../charts/time-axis.ts';
import {type Line, lineCells, packPieces, span} from '../text/line.ts';
import type {Theme} from '../theme.ts';
import type {ChartFacts} from './traffic-chart.ts';
import {type ChartId, chartsFrom, chartsOf, trafficCharts} from './traffic-charts.ts';
import type {TrafficView} from './traffic-view.ts';
import {trafficWindow} from './traffic-window.ts';

/** `nowText`: what stands at the right end of the time. */
type Request = {state: State; view: TrafficView; nowText: string; width: number; height: number; theme: Theme};

/** Lines for a pane's inside of this size, the charts in them and the seconds that these cover. */
export function trafficLines(request: Request): {lines: Line[]; charts: ChartId[]; seconds: number} {
	const {state, view, width, height, theme} = request;
	const columns = width >= twoColumnsFrom ? 2 : 1;
	const all = chartsOf(state);
	const chartCount = Math.min(all.length, columns * chartsBelowEachOther(height));
	const charts = chartsFrom(view.chart, all).slice(0, chartCount);
	const leftCount = Math.ceil(chartCount / columns);
	const gap = columns - 1;
	const columnWidth = Math.floor((width - gap) / columns);
	const window = trafficWindow(state, {width: Math.max(1, columnWidth - scaleCells), minutes: view.minutes});
	const facts = {state, window, width: columnWidth, theme};
	const left = columnLines(charts.slice(0, leftCount), facts, request);
	if (columns === 1) return {lines: left, charts, seconds: window.seconds};
	const right = columnLines(charts.slice(leftCount), facts, request);
	const lines = left.map((line, row) => {
		const blank = span(' '.repeat(Math.max(0, columnWidth - lineCells(line)) + gap));
		return [...line, blank, ...(right[row] ?? [])];
	});
	return {lines, charts, seconds: window.seconds};
}

const twoColumnsFrom = 140;

/** One where there is little room, two side by side with their time, more where each has five rows. */
function chartsBelowEachOther(height: number): number {
	return height < 10 ? 1 : Math.max(2, Math.floor(height / 7));
}

/** Charts below each other in exactly `height` lines; the time stands once, below the last of those that have it. */
function columnLines(charts: ChartId[], facts: ChartFacts, {height, nowText}: Request): Line[] {
	const {window, width, theme} = facts;
	const hasTime = charts.some(id => id !== 'histogram') && height >= 5;
	const room = height - (hasTime ? 1 : 0);
	const lastTimed = charts.findLastIndex(id => id !== 'histogram');
	const axisWidth = window.columns.length;
	const marks = new Set(window.marks.map(({column}) => column));
	const lines = charts.flatMap((id, index) => {
		const {legend, draw} = trafficCharts[id];
		const own = Math.floor(room / charts.length) + (index < room % charts.length ? 1 : 0);
		const drawn = draw(facts, Math.max(1, own - 2));
		const isTimed = drawn.axis === undefined;
		const axis = drawn.axis ?? markAxis(window.marks, {width: axisWidth, signs: theme.glyphs});
		const time = agoAxis({
			...{width: axisWidth, secondsPerColumn: window.secondsPerColumn, signs: theme.glyphs},
			endText: nowText,
		});
		return [
			packPieces(legend(facts), width, 3),
			...framedChart(isTimed ? {...drawn, marks} : drawn, theme),
			axisLine(axis, drawn.foot, theme),
			...(hasTime && index === lastTimed ? [axisLine(time, '', theme)] : []),
		];
	});
	return lines.slice(0, height);
}
