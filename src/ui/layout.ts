/** Which pane stands where: pure arithmetic from the terminal's size to rectangles that tile it. */

/** The panes in the order of their focus keys `1`–`5`. */
export const paneIds = ['servers', 'traffic', 'delivery', 'events', 'log'] as const;
export type PaneId = (typeof paneIds)[number];

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

/** Traffic at the left, delivery and events at the right, the log below over the whole width. */
function bandAndLog(area: Rect, focus: PaneId): Layout['panes'] {
	const bandHeight = clamp(Math.round(area.height * 0.5), 9, 32);
	const [band, log] = splitRows(area, bandHeight);
	const rightWidth = clamp(Math.round(band.width * 0.42), 46, 84);
	const traffic = {...band, width: band.width - rightWidth};
	const right = {...band, x: traffic.width, width: rightWidth};
	if (right.height < 14) return {traffic, [focus === 'events' ? 'events' : 'delivery']: right, log};
	const [delivery, events] = splitRows(right, clamp(Math.round(right.height * 0.5), 9, 12));
	return {traffic, delivery, events, log};
}

/** One pane above the log: delivery, or another one while it has the focus; without room for both, one of them. */
function stacked(area: Rect, focus: PaneId): Layout['panes'] {
	const upper = focus === 'traffic' || focus === 'events' ? focus : 'delivery';
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
