/** In which order the servers stand: as planned, or sorted by a column. */

import {type PartState, partsOf, type ServerState, type State} from '../../state/state.ts';

/** `column` by its head; `isDown`: the greatest first. */
export type ServerSort = {column: SortColumn; isDown: boolean};

/** What a column is sorted by, and how it is first. What is unknown stands last either way. */
const sortable = {
	NAME: {of: ({name}) => name, isDown: false},
	'MSG/S': {of: ({perSecond}) => perSecond, isDown: true},
	SHARE: {of: ({share}) => share, isDown: true},
	INFL: {of: ({inFlight}) => inFlight, isDown: true},
	CONN: {of: ({connections}) => connections, isDown: true},
	ACKED: {of: ({acked}) => acked, isDown: true},
	ERR: {of: ({errors}) => errors, isDown: true},
	RST: {of: ({restarts}) => restarts, isDown: true},
	P50ms: {of: ({p50}) => p50, isDown: true},
	P99ms: {of: ({p99}) => p99, isDown: true},
	CPU: {of: ({cpuPercent}) => cpuPercent, isDown: true},
	MEM: {of: ({rssBytes}) => rssBytes, isDown: true},
	UP: {of: ({startedAt}) => (startedAt === undefined ? null : -startedAt), isDown: true},
} satisfies Record<string, {of(server: ServerState): string | number | null; isDown: boolean}>;

type SortColumn = keyof typeof sortable;

const columns = Object.keys(sortable) as SortColumn[];
/** Those that there are over a balancer that runs elsewhere. */
const watchedColumns: SortColumn[] = ['NAME', 'SHARE', 'CONN', 'ERR'];

/** Sorted by the next column, after the last one as planned. */
export function nextSort(sort: ServerSort | undefined, {watched}: Pick<State, 'watched'> = {}): ServerSort | undefined {
	const here = watched ? watchedColumns : columns;
	const column = sort === undefined ? here[0] : here[here.indexOf(sort.column) + 1];
	return column === undefined ? undefined : {column, isDown: sortable[column].isDown};
}

/** The servers in their order; those that are equal stay as planned. */
export function sortedServers({servers}: Pick<State, 'servers'>, sort: ServerSort | undefined): ServerState[] {
	if (!sort) return servers;
	const {of}: {of(server: ServerState): string | number | null} = sortable[sort.column];
	return [...servers].sort((a, b) => compare(of(a), of(b), sort.isDown));
}

/** All parts as the servers pane shows them, from above. */
export function shownParts(state: State, sort: ServerSort | undefined): PartState[] {
	return [...sortedServers(state, sort), ...partsOf(state).slice(state.servers.length)];
}

function compare(a: string | number | null, b: string | number | null, isDown: boolean): number {
	if (a === null || b === null) return Number(a === null) - Number(b === null);
	const up = typeof a === 'string' ? collator.compare(a, String(b)) : a - Number(b);
	return isDown ? -up : up;
}

/** `Server 2` before `Server 10`. */
const collator = new Intl.Collator(undefined, {numeric: true});
