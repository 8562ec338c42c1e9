/** The columns of the servers pane: one row here is one column there. */

import {formatClock} from '../../domain/duration.ts';
import {isAlive} from '../../domain/status.ts';
import type {ServerState, State} from '../../state/state.ts';
import {bar} from '../charts/bar.ts';
import {sparkline} from '../charts/sparkline.ts';
import {cellsOf} from '../text/cells.ts';
import {type Line, span} from '../text/line.ts';
import {countText, msText, percentText, rateText, shortBytesText} from '../text/number-text.ts';
import {isLive, processSpans, routeSpan} from '../text/status-text.ts';
import {bandStyle} from '../text/style.ts';
import type {Theme} from '../theme.ts';

/** What cells are drawn from. `peak`: the scale of the load graphs, the same for all servers. */
export type CellFacts = {state: State; theme: Theme; index: number; width: number; peak: number};

export type ServerColumn = {
	title: string;
	/** What it is called outside of its column. */
	label?: string;
	/** Cells: at least, at most. */
	width: [least: number, most: number];
	align: 'left' | 'right';
	/** The lowest rank gives way first when the pane is narrow. */
	rank: number;
	/** Drawn, not written: of no use outside its column. */
	isGraph?: boolean;
	cell: (server: ServerState, facts: CellFacts) => Line;
};

/** Columns from left to right for a pane of `width` cells. `names` sizes the first; graphs are wide before figures are many. */
export function serverColumns(names: string[], width: number): ServerColumn[] {
	const isWide = width >= 110;
	const nameCells = Math.min(24, Math.max(8, ...names.map(cellsOf)));
	const text = {align: 'left'} as const;
	const figure = {align: 'right'} as const;
	const graph = {...text, isGraph: true} as const;
	return [
		{
			...text,
			title: 'NAME',
			width: [Math.min(14, nameCells), nameCells],
			rank: 99,
			cell: ({name}) => [span(name, 'strong')],
		},
		{...text, title: 'PROCESS', width: [13, 15], rank: 98, cell: (server, {state}) => processSpans(server, state.now)},
		{...text, title: 'ROUTE', width: [8, 8], rank: 97, cell: (server, {state}) => [routeSpan(server, state.balancer)]},
		{...graph, title: 'SHARE', width: [isWide ? 8 : 5, 20], rank: 91, cell: shareBar},
		{...figure, title: '', width: [4, 4], rank: 92, cell: total(({share}) => percentText(share))},
		{...figure, title: 'MSG/S', width: [6, 7], rank: 96, cell: gauge(({perSecond}) => rateText(perSecond))},
		{
			...figure,
			title: 'CONN',
			label: 'connections',
			width: [4, 5],
			rank: 82,
			cell: gauge(({connections}) => countText(connections)),
		},
		{
			...figure,
			title: 'INFL',
			label: 'in flight',
			width: [4, 5],
			rank: 88,
			cell: gauge(({inFlight}) => countText(inFlight)),
		},
		{...figure, title: 'ACKED', label: 'ACKed', width: [7, 10], rank: 84, cell: total(({acked}) => countText(acked))},
		{...figure, title: 'ERR', label: 'errors', width: [3, 6], rank: 90, cell: errors},
		{
			...figure,
			title: 'RST',
			label: 'restarts',
			width: [3, 3],
			rank: 86,
			cell: total(({restarts}) => countText(restarts)),
		},
		{...figure, title: 'P50ms', label: 'p50 ms', width: [5, 6], rank: 80, cell: gauge(({p50}) => msText(p50))},
		{...figure, title: 'P99ms', label: 'p99 ms', width: [5, 6], rank: 94, cell: gauge(({p99}) => msText(p99))},
		{...figure, title: 'CPU', label: 'cpu', width: [4, 4], rank: 50, cell: gauge(cpuText)},
		{
			...figure,
			title: 'MEM',
			label: 'mem',
			width: [4, 4],
			rank: 48,
			cell: gauge(({rssBytes}) => shortBytesText(rssBytes)),
		},
		{...figure, title: 'UP', label: 'up', width: [5, 7], rank: 40, cell: gauge(upText)},
		{...graph, title: 'LOAD', width: [isWide ? 16 : 6, 60], rank: 93, cell: load},
	];
}

/** How things stand: nothing to say of a process that is gone, and of a paused one only what was. */
function gauge(text: (server: ServerState, facts: CellFacts) => string): ServerColumn['cell'] {
	return (server, facts) => {
		if (!isAlive(server.process) && server.process !== 'EXTERNAL') return [span('-', 'faint')];
		return [span(text(server, facts), isLive(server) ? 'plain' : 'faint')];
	};
}

/** What was counted: it stays when the process goes, but not as if it were alive. */
function total(text: (server: ServerState) => string): ServerColumn['cell'] {
	return server => [span(text(server), isLive(server) ? 'plain' : 'muted')];
}

const errors: ServerColumn['cell'] = server => [
	span(countText(server.errors), server.errors > 0 ? 'warn' : isLive(server) ? 'plain' : 'muted'),
];

function cpuText({cpuPercent}: ServerState): string {
	return cpuPercent === null ? '-' : `${Math.round(cpuPercent)}%`;
}

function upText({startedAt}: ServerState, {state}: CellFacts): string {
	return startedAt === undefined ? '-' : formatClock(Math.max(0, state.now - startedAt));
}

function shareBar({share}: ServerState, {theme, index, width}: CellFacts): Line {
	const {filled, track} = bar(share ?? 0, {width, ascii: theme.ascii});
	return [span(filled, bandStyle(index)), span(track, 'faint')];
}

function load({history}: ServerState, {theme, index, width, peak}: CellFacts): Line {
	return [span(sparkline(history, {width, max: peak, ascii: theme.ascii}), bandStyle(index))];
}
