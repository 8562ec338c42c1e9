/** Which pane stands where: pure arithmetic from the terminal's size to rectangles that tile it. */

import type {LayoutName} from '../domain/layout-name.ts';

/** The panes in the order of their focus keys `1`–`6`. */
export const paneIds = ['servers', 'traffic', 'incidents', 'delivery', 'events', 'log'] as const;
export type PaneId = (typeof paneIds)[number];

/** In cells, from the top left corner. */
export type Rect = {x: number; y: number; width: number; height: number};

/** `drawer`: what has been pulled out at the bottom; where it leaves too little for the panes it is all there is. */
export type Layout = {header: Rect; panes: Partial<Record<PaneId, Rect>>; drawer?: Rect; footer: Rect};

type LayoutRequest = {
	columns: number;
	rows: number;
	/** Rows that the servers pane would like to have inside its border. */
	serverRows: number;
	focus: PaneId;
	zoomed: boolean;
	layout: LayoutName;
	/** Rows below the header that a scenario's words would like to have. */
	lessonRows?: number;
	/** True: there is no log to read, and the events have its place. */
	hasNoLog?: boolean;
	/** Rows of what is pulled out at the bottom: the palette, a question. */
	drawerRows?: number;
};

/** Below this nothing of use fits; the screen says so in one sentence. */
export const leastSize = {columns: 60, rows: 16};

const headerRows = 2;
const footerRows = 2;

/** The layout for a size, or undefined when the terminal is too small. The focused pane is always in it. */
export function layoutOf(request: LayoutRequest): Layout | undefined {
	const {columns, rows, drawerRows = 0, lessonRows = 0} = request;
	if (columns < leastSize.columns || rows < leastSize.rows) return undefined;
	const top = headerRows + (rows - drawerRows - lessonRows < leastSize.rows ? 0 : lessonRows);
	const header = {x: 0, y: 0, width: columns, height: top};
	const footer = {x: 0, y: rows - footerRows, width: columns, height: footerRows};
	const whole = {x: 0, y: top, width: columns, height: rows - top - footerRows};
	if (drawerRows === 0) return {header, panes: panesIn(whole, request), footer};
	if (rows - drawerRows < leastSize.rows) return {header, panes: {}, drawer: whole, footer};
	const [body, drawer] = splitRows(whole, whole.height - drawerRows);
	return {header, panes: panesIn(body, request), drawer, footer};
}

/** Without a log, events and log have each other's place, and what is beside the band only says what there is not. */
function panesIn(body: Rect, request: LayoutRequest): Layout['panes'] {
	const preset = presets[request.layout];
	if (!request.hasNoLog) return placedIn(body, request, preset);
	const other: Partial<Record<PaneId, PaneId>> = {log: 'events', events: 'log'};
	const swapped = (pane: PaneId) => other[pane] ?? pane;
	const placed = placedIn(body, {...request, focus: swapped(request.focus)}, {...preset, right: []});
	return Object.fromEntries(Object.entries(placed).map(([pane, rect]) => [swapped(pane as PaneId), rect]));
}

function placedIn(body: Rect, {serverRows, focus, zoomed}: LayoutRequest, preset: Preset): Layout['panes'] {
	if (zoomed) return {[focus]: body};
	const most = Math.max(7, Math.floor(body.height * preset.serversPart));
	const isWide = body.width >= 100 && body.height >= 24;
	const [servers, rest] = splitRows(
		body,
		preset.fillsServers && body.height >= 16 ? most : Math.min(serverRows + 2, most),
	);
	return {servers, ...(isWide ? bandAndLog(rest, focus, preset) : stacked(rest, focus, preset))};
}

/** `left`, `right`: the panes of the band between servers and log, from the top. `upper`: above the log, where it is narrow. */
type Preset = {
	/** The most that the servers may have of the body; `fillsServers`: they have it. */
	serversPart: number;
	fillsServers?: true;
	left: PaneId[];
	right: PaneId[];
	/** The band's part of what the servers leave. */
	bandPart: number;
	upper?: PaneId;
};

const presets: Record<LayoutName, Preset> = {
	default: {
		serversPart: 0.45,
		left: ['traffic', 'delivery'],
		right: ['incidents', 'events'],
		bandPart: 0.55,
		upper: 'delivery',
	},
	log: {serversPart: 0.3, left: [], right: [], bandPart: 0},
	traffic: {serversPart: 0.3, left: ['traffic'], right: [], bandPart: 0.75, upper: 'traffic'},
	incidents: {serversPart: 0.3, left: ['incidents'], right: ['events'], bandPart: 0.65, upper: 'incidents'},
	servers: {serversPart: 0.7, fillsServers: true, left: [], right: [], bandPart: 0},
};

/** Rows that a pane of the band needs to say the most of what it has to say, and its part of those that are left. */
const needs: Record<PaneId, {rows: number; part: number}> = {
	servers: {rows: 7, part: 1},
	traffic: {rows: 11, part: 3},
	incidents: {rows: 7, part: 1},
	delivery: {rows: 6, part: 2},
	events: {rows: 6, part: 1},
	log: {rows: 4, part: 1},
};

/** Two columns of panes, the log below over the whole width. */
function bandAndLog(area: Rect, focus: PaneId, preset: Preset): Layout['panes'] {
	const [leftPanes, rightPanes] = bandPanes(focus, preset);
	if (leftPanes.length === 0 || area.height < 9 + needs.log.rows) return stacked(area, focus, preset);
	const wanted = Math.min(rowsOf(leftPanes), area.height - 7);
	const height = clamp(Math.max(Math.round(area.height * preset.bandPart), wanted), 9, area.height - needs.log.rows);
	const [above, log] = splitRows(area, height);
	if (rightPanes.length === 0) return {...column(leftPanes, above, focus), log};
	const rightWidth = clamp(Math.round(above.width * 0.42), 46, 84);
	const left = {...above, width: above.width - rightWidth};
	const right = {...above, x: left.width, width: rightWidth};
	return {...column(leftPanes, left, focus), ...column(rightPanes, right, focus), log};
}

/** The columns of the band; a focused pane that is in none of them takes the place of the last. */
function bandPanes(focus: PaneId, {left, right}: Preset): [left: PaneId[], right: PaneId[]] {
	const isShown = focus === 'servers' || focus === 'log' || left.includes(focus) || right.includes(focus);
	if (isShown || left.length === 0) return [left, right];
	return right.length === 0 ? [[focus], right] : [left, [focus]];
}

/** All panes of a column, or one where they do not fit: the focused one, otherwise the first. */
function column(panes: readonly PaneId[], area: Rect, focus: PaneId): Layout['panes'] {
	const wanted = rowsOf(panes);
	if (area.height < wanted) return {[panes.includes(focus) ? focus : panes[0]!]: area};
	const parts = panes.reduce((sum, pane) => sum + needs[pane].part, 0);
	let rest = area;
	const placed: Layout['panes'] = {};
	for (const [index, pane] of panes.entries()) {
		const own = needs[pane].rows + Math.round(((area.height - wanted) * needs[pane].part) / parts);
		const [mine, below] = splitRows(rest, index === panes.length - 1 ? rest.height : own);
		placed[pane] = mine;
		rest = below;
	}
	return placed;
}

function rowsOf(panes: readonly PaneId[]): number {
	return panes.reduce((sum, pane) => sum + needs[pane].rows, 0);
}

/** One pane above the log, the focused one if it can be that; without room for both, one of them. */
function stacked(area: Rect, focus: PaneId, {upper: usual, bandPart}: Preset): Layout['panes'] {
	const upper = focus === 'servers' || focus === 'log' ? usual : focus;
	if (upper === undefined) return {log: area};
	const isLarge = focus === upper || bandPart > presets.default.bandPart;
	const wanted = isLarge ? Math.max(7, Math.floor(area.height * 0.6)) : 4;
	const leastLog = needs.log.rows;
	if (area.height >= wanted + leastLog) {
		const [above, log] = splitRows(area, wanted);
		return {[upper]: above, log};
	}
	return focus === upper ? {[upper]: area} : {log: area};
}

function splitRows(area: Rect, height: number): [Rect, Rect] {
	const upper = Math.min(height, area.height);
	return [
		{...area, height: upper},
		{...area, y: area.y + upper, height: area.height - upper},
	];
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
