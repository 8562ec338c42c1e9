/** The columns of the servers pane: one row here is one column there. */

import {formatClock} from '../../domain/duration.ts';
import {isAlive} from '../../domain/status.ts';
import type {ServerState, State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {bar} from '../charts/bar.ts';
import {sparkline} from '../charts/sparkline.ts';
import {cellsOf} from '../text/cells.ts';
import {type Line, span} from '../text/line.ts';
import {countText, msText, percentText, rateText, shortBytesText} from '../text/number-text.ts';
import {hasGone, isLive, processSpans, routeSpan, staleMark} from '../text/status-text.ts';
import {bandStyle} from '../text/style.ts';
import type {Theme} from '../theme.ts';

/** What cells are drawn from. `peak`: the scale of the load graphs, the same for all servers. */
export type CellFacts = {state: State; theme: Theme; index: number; width: number; peak: number};

/** A column of the servers pane: when it is there, and what it says of a part. */
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
	const text = {align: 'left'} as const;
	const figure = {align: 'right'} as const;
	const graph = {...text, isGraph: true} as const;
	return [
		nameColumn(names),
		{...text, title: 'PROCESS', width: [13, 15], rank: 98, cell: (server, {state}) => processSpans(server, state.now)},
		{...text, title: 'ROUTE', width: [8, 8], rank: 97, cell: (server, {state}) => [routeSpan(server, state.balancer)]},
		{...graph, title: 'SHARE', width: [isWide ? 8 : 5, 20], rank: 91, cell: shareBar},
		{...figure, title: '', width: [5, 5], rank: 92, cell: total('clients', ({share}) => percentText(share))},
		{...figure, title: 'MSG/S', width: [6, 7], rank: 96, cell: gauge('clients', ({perSecond}) => rateText(perSecond))},
		{
			...figure,
			title: 'CONN',
			label: t('connections'),
			width: [4, 5],
			rank: 82,
			cell: gauge('balancer', ({connections}) => countText(connections)),
		},
		{
			...figure,
			title: 'INFL',
			label: t('in flight'),
			width: [4, 5],
			rank: 88,
			cell: gauge('balancer', ({inFlight}) => countText(inFlight)),
		},
		{
			...figure,
			title: 'ACKED',
			label: t('ACKed'),
			width: [7, 10],
			rank: 84,
			cell: total('clients', ({acked}) => countText(acked)),
		},
		{...figure, title: 'ERR', label: t('errors'), width: [3, 6], rank: 90, cell: errors},
		{
			...figure,
			title: 'RST',
			label: t('restarts'),
			width: [3, 3],
			rank: 86,
			cell: total('lbtop', ({restarts}) => countText(restarts)),
		},
		{
			...figure,
			title: 'P50ms',
			label: t('p50 ms'),
			width: [5, 6],
			rank: 80,
			cell: gauge('clients', ({p50}) => msText(p50)),
		},
		{
			...figure,
			title: 'P99ms',
			label: t('p99 ms'),
			width: [5, 6],
			rank: 94,
			cell: gauge('clients', ({p99}) => msText(p99)),
		},
		{...figure, title: 'CPU', label: t('cpu'), width: [5, 5], rank: 50, cell: gauge('server', cpuText)},
		{
			...figure,
			title: 'MEM',
			label: t('mem'),
			width: [5, 5],
			rank: 48,
			cell: gauge('server', ({rssBytes}) => shortBytesText(rssBytes)),
		},
		{...figure, title: 'UP', label: t('up'), width: [6, 7], rank: 40, cell: gauge('server', upText)},
		{...graph, title: isWide ? 'LOAD MSG/S' : 'LOAD', width: [isWide ? 16 : 6, 60], rank: 93, cell: load},
	];
}

/**
 * Whose word a figure is. The server's own ends with it; the clients tell of its ACKs, of which there are no more when it
 * is gone; the balancer knows what lies with it, dead or alive; lbtop itself knows always.
 */
type Teller = 'server' | 'clients' | 'balancer' | 'lbtop';

function isStale(teller: Teller, server: ServerState, {balancer, clients}: State): boolean {
	switch (teller) {
		case 'server':
			return !isLive(server);
		case 'clients':
			return !isLive(server) || hasGone(clients);
		case 'balancer':
			return hasGone(balancer);
		case 'lbtop':
			return false;
	}
}

/** A figure of the teller's, with its mark where it is no news. */
function told(teller: Teller, text: string, server: ServerState, {state, theme}: CellFacts): Line {
	if (text === '-' || !isStale(teller, server, state)) return [span(text)];
	return [span(staleMark(theme) + text, 'faint')];
}

type Figure = (server: ServerState, facts: CellFacts) => string;

/** How things stand: nothing to say of a process that is gone, and of a paused one only what was. */
function gauge(teller: Teller, text: Figure): ServerColumn['cell'] {
	return (server, facts) =>
		isAlive(server.process) || server.process === 'EXTERNAL'
			? told(teller, text(server, facts), server, facts)
			: [span('-', 'faint')];
}

/** What was counted: it stays when the process goes, but not as if it were alive. */
function total(teller: Teller, text: Figure): ServerColumn['cell'] {
	return (server, facts) => told(teller, text(server, facts), server, facts);
}

const errors: ServerColumn['cell'] = (server, facts) => {
	const [figure] = told('balancer', countText(server.errors), server, facts);
	return [server.errors > 0 ? {...figure!, style: 'warn'} : figure!];
};

function cpuText({cpuPercent}: ServerState): string {
	return cpuPercent === null ? '-' : `${Math.round(cpuPercent)}%`;
}

function upText({startedAt}: ServerState, {state}: CellFacts): string {
	return startedAt === undefined ? '-' : formatClock(Math.max(0, state.now - startedAt));
}

/** Its part of all, as a bar. */
export function shareBar({share}: ServerState, {theme, index, width}: CellFacts): Line {
	const {filled, track} = bar(share ?? 0, {width, ascii: theme.ascii});
	return [span(filled, bandStyle(index)), span(track, 'faint')];
}

/** Its rate over the last time. */
export function load({history}: ServerState, {theme, index, width, peak}: CellFacts): Line {
	return [span(sparkline(history, {width, max: peak, ascii: theme.ascii}), bandStyle(index))];
}

/** The first of all columns, as wide as these names want it. */
export function nameColumn(names: string[]): ServerColumn {
	const cells = Math.min(24, Math.max(8, ...names.map(cellsOf)));
	return {
		...{title: 'NAME', align: 'left', width: [Math.min(14, cells), cells], rank: 99},
		cell: ({name}) => [span(name, 'strong')],
	};
}
