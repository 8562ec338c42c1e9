/** The columns of the servers pane over a balancer that runs elsewhere: its own figures, one row here one column there. */

import {formatClock} from '../../domain/duration.ts';
import type {WatchedServer, WatchedTick} from '../../domain/watched.ts';
import type {ServerState, State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {load, nameColumn, type ServerColumn, shareBar} from '../servers/server-columns.ts';
import {span} from '../text/line.ts';
import {countText, percentText, rateText} from '../text/number-text.ts';
import {processSpans, routeSpan, staleMark} from '../text/status-text.ts';
import {isLost, known, unitWords} from './units.ts';

type Figure = (server: WatchedServer, state: ServerState) => string;

/** A figure as it was told; marked where it is an old one. */
function cellOf(text: Figure, isTrouble?: (server: WatchedServer) => boolean): ServerColumn['cell'] {
	return (server, {state, theme}) => {
		const one = watchedServer(server, state);
		const words = one ? text(one, server) : '-';
		if (isLost(state) && words !== '-') return [span(staleMark(theme) + words, 'faint')];
		return [span(words, one && isTrouble?.(one) ? 'warn' : undefined)];
	};
}

/** What HAProxy said last of a server. */
export function watchedServer({id}: Pick<ServerState, 'id'>, {watched}: State): WatchedServer | undefined {
	return watched?.servers.find(server => server.id === id);
}

export function watchedColumns({unit}: WatchedTick, names: string[], width: number): ServerColumn[] {
	const isWide = width >= 110;
	const words = unitWords(unit);
	const text = {align: 'left'} as const;
	const figure = {align: 'right'} as const;
	const graph = {...text, isGraph: true} as const;
	const count = (name: 'current' | 'queue' | 'total' | 'weight') => cellOf(server => known(server[name], countText));
	/** What should be none: both counts together. */
	const trouble = (tell: (server: WatchedServer) => [number | null, number | null]) => {
		const sum = (server: WatchedServer) => {
			const [one, other] = tell(server);
			return one === null && other === null ? null : (one ?? 0) + (other ?? 0);
		};
		return cellOf(
			server => known(sum(server), countText),
			server => (sum(server) ?? 0) > 0,
		);
	};
	return [
		nameColumn(names),
		{...text, title: 'PROCESS', width: [9, 9], rank: 70, cell: (server, {state}) => processSpans(server, state.now)},
		{...text, title: 'ROUTE', width: [8, 9], rank: 97, cell: (server, {state}) => [routeSpan(server, state.balancer)]},
		{...graph, title: 'SHARE', width: [isWide ? 8 : 5, 20], rank: 91, cell: shareBar},
		{...figure, title: '', width: [5, 5], rank: 92, cell: cellOf((_, {share}) => percentText(share))},
		{
			...figure,
			title: words.perSecond,
			width: [6, 7],
			rank: 96,
			cell: cellOf((_, {perSecond}) => rateText(perSecond)),
		},
		{...figure, title: 'CONN', label: t('now'), width: [4, 6], rank: 95, cell: count('current')},
		{...figure, title: 'QUEUE', label: t('queue'), width: [5, 5], rank: 88, cell: count('queue')},
		{...figure, title: words.total, label: words.many(), width: [7, 10], rank: 84, cell: count('total')},
		{
			...figure,
			title: 'ERR',
			label: t('errors'),
			width: [3, 6],
			rank: 90,
			cell: trouble(({connectErrors, responseErrors}) => [connectErrors, responseErrors]),
		},
		{
			...figure,
			title: 'RETR',
			label: t('retries'),
			width: [4, 6],
			rank: 86,
			cell: trouble(({retries, redispatches}) => [retries, redispatches]),
		},
		{...figure, title: 'WGHT', label: t('weight'), width: [4, 4], rank: 87, cell: count('weight')},
		{
			...figure,
			title: 'TOTms',
			label: t('total ms'),
			width: [5, 6],
			rank: 60,
			cell: cellOf(({totalMs}) => known(totalMs, countText)),
		},
		{...text, title: 'CHECK', label: t('check'), width: [6, 8], rank: 85, cell: cellOf(({check}) => check ?? '-')},
		{
			...figure,
			title: 'SINCE',
			label: t('since'),
			width: [7, 8],
			rank: 75,
			cell: cellOf(({changedSeconds}) => known(changedSeconds, seconds => formatClock(seconds * 1000))),
		},
		{...graph, title: 'LOAD', width: [isWide ? 16 : 6, 60], rank: 93, cell: load},
	];
}
