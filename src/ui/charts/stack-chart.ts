/** A stacked area chart: for each column some bands on top of each other, drawn to an eighth of a row. */

/** `glyph` in the colour of `band`, on the colour of `under` where two bands meet in a cell. No band: nothing there. */
export type ChartCell = {glyph: string; band?: number; under?: number};

/**
 * How cells are filled. `blend`: colours tell the bands apart and eighth blocks their edges; `pattern`: each band has
 * its own pattern, for a terminal without colours; `ascii` the same in ASCII.
 */
export type ChartFill = 'blend' | 'pattern' | 'ascii';

const blocks = ' ▁▂▃▄▅▆▇█';
/** What fills the bands in order, where colours do not tell them apart. */
export const patterns = {pattern: '█▒░▓▚▞', ascii: '#=:+o.'};

/**
 * Rows of cells, top row first. `columns` holds per column the bands' values, lowest band first; `max` is the value at
 * full height.
 */
export function stackChart(
	columns: number[][],
	{height, max, fill}: {height: number; max: number; fill: ChartFill},
): ChartCell[][] {
	const drawn = columns.map(values => {
		const edges = edgesOf(values, height, max);
		return Array.from({length: height}, (_, row) =>
			fill === 'blend' ? blendedCell(edges, height - 1 - row) : patternCell(edges, height - 1 - row, patterns[fill]),
		);
	});
	return Array.from({length: height}, (_, row) => drawn.map(column => column[row]!));
}

/** Upper edges of the bands in eighths of a row from the bottom; something is at least one eighth. */
function edgesOf(values: number[], height: number, max: number): number[] {
	if (!(max > 0)) return [];
	let sum = 0;
	let last = 0;
	return values.map(value => {
		if (value > 0) sum += value;
		const edge = Math.round((sum / max) * height * 8);
		last = Math.min(height * 8, Math.max(edge, value > 0 && last === 0 ? 1 : last));
		return last;
	});
}

/** `row` counts from the bottom. Of three bands in one cell, the lowest and the highest are drawn. */
function blendedCell(edges: number[], row: number): ChartCell {
	const floor = row * 8;
	const lowest = edges.findIndex(edge => edge > floor);
	if (lowest < 0) return {glyph: ' '};
	const reach = Math.min(8, edges[lowest]! - floor);
	const glyph = blocks[reach]!;
	if (reach === 8) return {glyph, band: lowest};
	const next = edges.findIndex(edge => edge >= floor + 8);
	const above = next >= 0 ? next : edges.findLastIndex((edge, index) => index > lowest && edge > edges[index - 1]!);
	if (above <= lowest || edges[above]! <= edges[lowest]!) return {glyph, band: lowest};
	// A cell has two colours: three layers (two bands and the empty space above) keep the taller band's top edge.
	if (next < 0) return {glyph: blocks[Math.min(8, edges[above]! - floor)]!, band: above};
	return {glyph, band: lowest, under: above};
}

function patternCell(edges: number[], row: number, pattern: string): ChartCell {
	const middle = row * 8 + 4;
	const isFoot = row === 0 && (edges.at(-1) ?? 0) > 0;
	const band = edges.findIndex(edge => edge >= middle || (isFoot && edge > 0));
	return band < 0 ? {glyph: ' '} : {glyph: pattern[band % pattern.length]!, band};
}
