/** The lines of the servers pane: a head, each server with its row and what its row has no room for, the other parts. */

import {balancerId, clientsId, type PartId} from '../../domain/plan.ts';
import {type PartState, partsOf, type ServerState, type State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {fitLine, type Line, lineCells, span} from '../text/line.ts';
import {glyphSpan, processSpans, troubleText} from '../text/status-text.ts';
import type {Theme} from '../theme.ts';
import {watchedColumns} from '../watched/watched-columns.ts';
import {fitColumns} from './fit-columns.ts';
import {otherPartWords, serverDetail} from './part-details.ts';
import {type ServerColumn, serverColumns} from './server-columns.ts';
import {type ServerSort, sortedServers} from './server-order.ts';

/** `details`: a second line under each server; otherwise only where there is something to tell of its end. */
type ServerLinesRequest = {
	state: State;
	theme: Theme;
	width: number;
	selected: string;
	sort?: ServerSort | undefined;
	isFocused: boolean;
	details: boolean;
};

/** `head` stays; `blocks` scroll, one per part in the order of the selection. */
type ServerLines = {head: Line; blocks: Line[][]};

/** What they are called where room is scarce. */
const shortNames: Record<PartId, () => string> = {[balancerId]: () => t('Balancer'), [clientsId]: () => t('Clients')};

export function serverLines(request: ServerLinesRequest): ServerLines {
	const {state, theme, width, selected, sort, isFocused, details} = request;
	const parts = partsOf(state);
	const lead = (part: PartState): Line => [
		span(part.id === selected ? theme.glyphs.cursor : ' ', isFocused ? 'cursor' : 'muted'),
		span(' '),
		glyphSpan(part, theme),
		span(' '),
	];
	const indent = 4;
	const cell = (line: Line, cells: number, align: 'left' | 'right' = 'left') => cellLine(line, cells, align, theme);
	const nameOf = (part: PartState) =>
		width < 110 ? ((state.watched ? undefined : shortNames[part.id]?.()) ?? part.name) : part.name;
	const {shown, dropped} = fitColumns(
		(state.watched
			? watchedColumns(state.watched, parts.map(nameOf), width)
			: serverColumns(parts.map(nameOf), width)
		).map(column => sortedColumn(column, sort, theme)),
		width - indent,
	);
	const peak = peakOf(state);
	const head = [
		span(' '.repeat(indent)),
		...joined(shown.map(({column, width: cells}) => cell([span(column.title, 'muted')], cells, column.align))),
	];
	const servers = sortedServers(state, sort).map((server): Line[] => {
		// Its colour is its own, wherever it stands.
		const facts = {state, theme, index: state.servers.indexOf(server), peak};
		const row = joined(
			shown.map(({column, width: cells}) => cell(column.cell(server, {...facts, width: cells}), cells, column.align)),
		);
		const main = [...lead(server), ...row];
		if (!details && !isNoted(server, state)) return [main];
		const detail = serverDetail(server, {...facts, width: width - indent, dropped});
		return [main, [span(' '.repeat(indent)), ...detail]];
	});
	const others = parts.slice(state.servers.length).map((part): Line[] => {
		const words = [
			cell([span(nameOf(part), 'strong')], shown[0]!.width),
			cell(processSpans(part, state.now), shown[1]!.width),
			[],
		];
		const left = [...lead(part), ...joined(words)];
		return [[...left, ...otherPartWords(part, state, width - lineCells(left))]];
	});
	return {head, blocks: [...servers, ...others]};
}

/** The column that the servers are sorted by says so in its head, and stays in sight. */
function sortedColumn(column: ServerColumn, sort: ServerSort | undefined, {glyphs}: Theme): ServerColumn {
	if (column.title !== sort?.column) return column;
	const title = column.title + (sort.isDown ? glyphs.down : glyphs.up);
	const least = Math.max(column.width[0], title.length);
	return {...column, title, width: [least, Math.max(least, column.width[1])], rank: 100};
}

/** Rows that all of it takes, one under the other; `reserved` ones are kept free for words about an end. */
export function serverRowsWanted(state: State, {details, reserved}: {details: boolean; reserved: number}): number {
	const count = state.servers.length;
	const troubled = state.servers.filter(server => isNoted(server, state)).length;
	return 1 + count + (details ? count : Math.max(troubled, reserved)) + partsOf(state).length - count;
}

/** There is something to tell of it that no column can. */
function isNoted(server: ServerState, state: State): boolean {
	return troubleText(server, state) !== undefined || state.faults.some(({part}) => part === server.id);
}

/** The scale of all load graphs: a little above the busiest second of the last minute. */
function peakOf({servers}: State): number {
	let peak = 0;
	for (const {history} of servers) for (const perSecond of history.slice(-60)) peak = Math.max(peak, perSecond);
	return peak * 1.15;
}

function cellLine(line: Line, width: number, align: 'left' | 'right', {glyphs}: Theme): Line {
	const gap = width - lineCells(line);
	if (gap < 0) return fitLine(line, width, glyphs.ellipsis);
	return align === 'right' ? [span(' '.repeat(gap)), ...line] : [...line, span(' '.repeat(gap))];
}

function joined(cells: Line[]): Line {
	return cells.flatMap((line, index) => (index === 0 ? line : [span(' '), ...line]));
}
