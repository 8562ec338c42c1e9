/** Which pane stands where: pure arithmetic from the terminal's size to rectangles that tile it. */

/** The panes in the order of their focus keys `1`–`6`. */
export const paneIds = ['servers', 'traffic', 'incidents', 'delivery', 'events', 'log'] as const;
export type PaneId = (typeof paneIds)[number];

/** The focus key of a pane, as its title shows it. */
export function paneKey(pane: PaneId): string {
	return String(paneIds.indexOf(pane) + 1);
}

/** In cells, from the top left corner. */
export type Rect = {x: number; y: number; width: number; height: number};

export type Layout = {header: Rect; panes: Partial<Record<PaneId, Rect>>; footer: Rect};

export type LayoutRequest = {
	columns: number;
	rows: number;
	/** Rows that the servers pane would like to have inside its border. */
	serverRows: number;
	focus: PaneId;
	zoomed: boolean;
};

/** Below this nothing of use fits; the screen says so in one sentence. */
export const leastSize = {columns: 60, rows: 16};

const headerRows = 2;
const footerRows = 2;

/** The layout for a size, or undefined when the terminal is too small. The focused pane is always in it. */
export function layoutOf(request: LayoutRequest): Layout | undefined {
	const {columns, rows, focus, zoomed} = request;
	if (columns < leastSize.columns || rows < leastSize.rows) return undefined;
	const header = {x: 0, y: 0, width: columns, height: headerRows};
	const footer = {x: 0, y: rows - footerRows, width: columns, height: footerRows};
	const body = {x: 0, y: headerRows, width: columns, height: rows - headerRows - footerRows};
	if (zoomed) return {header, panes: {[focus]: body}, footer};
	const [servers, rest] = splitRows(body, serversHeight(request, body.height));
	const below = columns >= 100 && rows >= 28 ? bandAndLog(rest, focus) : stacked(rest, focus);
	return {header, panes: {servers, ...below}, footer};
}

function serversHeight({serverRows}: LayoutRequest, bodyHeight: number): number {
	const most = Math.max(7, Math.floor(bodyHeight * 0.45));
	return Math.min(serverRows + 2, most);
}

/** The panes of the band between servers and log, from the top of each column. */
const band = {left: ['traffic', 'delivery'], right: ['incidents', 'events']} as const;

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
function bandAndLog(area: Rect, focus: PaneId): Layout['panes'] {
	const wanted = rowsOf(band.left);
	const height = clamp(Math.max(Math.round(area.height * 0.55), Math.min(wanted, area.height - 7)), 9, 40);
	const [above, log] = splitRows(area, height);
	const rightWidth = clamp(Math.round(above.width * 0.42), 46, 84);
	const left = {...above, width: above.width - rightWidth};
	const right = {...above, x: left.width, width: rightWidth};
	return {...column(band.left, left, focus), ...column(band.right, right, focus), log};
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

/** One pane above the log: delivery, or another one while it has the focus; without room for both, one of them. */
function stacked(area: Rect, focus: PaneId): Layout['panes'] {
	const upper = focus === 'servers' || focus === 'log' ? 'delivery' : focus;
	const wanted = focus === upper ? Math.max(7, Math.floor(area.height * 0.6)) : 4;
	const leastLog = 4;
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
