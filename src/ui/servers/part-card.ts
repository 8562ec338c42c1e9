import {partOf, type ServerState, type State} from '../../state/state.ts';
import {axisLine, fillOf, framedChart, scaleCells} from '../charts/framed-chart.ts';
import {niceCeiling, scaleText} from '../charts/scale.ts';
import {stackChart} from '../charts/stack-chart.ts';
import {agoAxis} from '../charts/time-axis.ts';
import {type Line, span} from '../text/line.ts';
import {exitText} from '../text/status-text.ts';
import {bandStyle} from '../text/style.ts';
import type {Theme} from '../theme.ts';

/** Fewer lines than this are not worth a card. */
const leastCardLines = 6;

type Request = {state: State; selected: string; width: number; height: number; theme: Theme};

/** What there is room for below the rows of a large pane: the selected part's command, last exit, and load as a chart. */
export function partCard({state, selected, width, height, theme}: Request): Line[] {
	const part = partOf(state, selected);
	if (!part || height < leastCardLines) return [];
	const exit = exitText(part, state);
	const lines: Line[] = [
		[],
		[span(` ${part.name}`, 'strong'), span(`  ${part.commandLine ?? ''}`, 'muted')],
		[span(` ${exit ?? part.detail ?? ''}`, 'muted')],
	];
	const index = state.servers.findIndex(({id}) => id === selected);
	const server = state.servers[index];
	if (!server) return lines;
	return [...lines, ...loadChart(server, {index, width, height: Math.min(height - lines.length - 1, 14), theme})];
}

function loadChart(
	{history}: ServerState,
	{index, width, height, theme}: {index: number; width: number; height: number; theme: Theme},
): Line[] {
	const columns = Math.max(1, width - scaleCells);
	const shown = history.slice(-columns);
	const values = [
		...Array.from({length: columns - shown.length}, () => [] as number[]),
		...shown.map(perSecond => [perSecond]),
	];
	const max = niceCeiling(Math.max(0, ...shown) * 1.05);
	const chart = {
		cells: stackChart(values, {height, max, fill: fillOf(theme)}),
		styles: [bandStyle(index)],
		labels: new Map([[0, scaleText(max, '/s')]]),
	};
	return [
		...framedChart(chart, theme),
		axisLine(agoAxis({width: columns, secondsPerColumn: 1, signs: theme.glyphs}), '0', theme),
	];
}
