/** Lines over each other: two dots of braille across a cell and four up; one sign a cell where colour does not tell them apart. */

import {type ChartCell, type ChartFill, patterns} from './stack-chart.ts';

/** Of a braille cell, the bit of the dot in a column (0, 1) and row (0 is the top). */
const dotBits = [
	[0x01, 0x02, 0x04, 0x40],
	[0x08, 0x10, 0x20, 0x80],
] as const;

/**
 * Rows of cells, top row first. `lines` hold per column where the line stands, 0 (bottom) to 1 (top), null: nowhere. Where
 * several meet in a cell it has the colour of the last one.
 */
export function lineChart(
	lines: (number | null)[][],
	{width, height, fill}: {width: number; height: number; fill: ChartFill},
): ChartCell[][] {
	const cells = Array.from({length: height}, () => Array.from({length: width}, (): ChartCell => ({glyph: ' '})));
	if (fill === 'blend') for (const [band, line] of lines.entries()) drawDots(cells, line, band);
	else for (const [band, line] of lines.entries()) drawSigns(cells, line, band, patterns[fill]);
	return cells;
}

function drawDots(cells: ChartCell[][], line: (number | null)[], band: number) {
	let before: number | undefined;
	for (const [column, value] of line.entries()) {
		const row = rowOf(value, cells.length * 4);
		if (row !== undefined) {
			// The step from the last column's height, so that the line hangs together.
			const [from, to] = before === undefined ? [row, row] : [Math.min(before, row), Math.max(before, row)];
			for (let dot = from; dot <= to; dot++) setDot(cells, {column, half: 0, row: dot, band});
			setDot(cells, {column, half: 1, row, band});
		}
		before = row;
	}
}

function setDot(
	cells: ChartCell[][],
	{column, half, row, band}: {column: number; half: 0 | 1; row: number; band: number},
) {
	const cellRow = cells[Math.floor(row / 4)]!;
	const before = cellRow[column]!;
	const dots = before.glyph === ' ' ? 0 : before.glyph.codePointAt(0)! - 0x2800;
	cellRow[column] = {glyph: String.fromCodePoint(0x2800 + (dots | dotBits[half][row % 4]!)), band};
}

function drawSigns(cells: ChartCell[][], line: (number | null)[], band: number, signs: string) {
	for (const [column, value] of line.entries()) {
		const row = rowOf(value, cells.length);
		if (row !== undefined) cells[row]![column] = {glyph: signs[band % signs.length]!, band};
	}
}

/** Of `rows`, the one a value stands in, from the top. */
function rowOf(value: number | null | undefined, rows: number): number | undefined {
	if (value === null || value === undefined || !Number.isFinite(value)) return undefined;
	return Math.round((1 - Math.min(1, Math.max(0, value))) * (rows - 1));
}
