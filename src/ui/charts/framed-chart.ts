/** A chart with its scale at the left: lines to put above an axis. */

import {type Line, span} from '../text/line.ts';
import type {Style} from '../text/style.ts';
import type {Theme} from '../theme.ts';
import {labelCells} from './scale.ts';
import type {ChartCell, ChartFill} from './stack-chart.ts';
import type {AxisPiece} from './time-axis.ts';

/** Cells that the scale takes left of a chart. */
export const scaleCells = labelCells + 2;

/** `styles` are the bands' in order; `labels` stand at rows (0 is the top); at `marks`, columns, a faint line goes up. */
export type FramedChart = {
	cells: ChartCell[][];
	styles: Style[];
	labels: Map<number, string>;
	marks?: ReadonlySet<number>;
};

export function framedChart({cells, styles, labels, marks}: FramedChart, {glyphs}: Theme): Line[] {
	const markBand = styles.length;
	return cells.map((row, index) => {
		const marked = row.map((cell, column) =>
			cell.band === undefined && marks?.has(column) ? {glyph: glyphs.dashed, band: markBand} : cell,
		);
		const tick = labels.has(index) ? glyphs.teeRight : glyphs.vertical;
		return [...scale(labels.get(index) ?? '', tick), ...cellLine(marked, [...styles, 'faint'])];
	});
}

const axisStyles: Record<AxisPiece['kind'], Style> = {axis: 'faint', mark: 'warn', label: 'muted'};

/** The axis below a chart; `foot` is the scale's lower end. */
export function axisLine(pieces: AxisPiece[], foot: string, {glyphs}: Theme): Line {
	return [...scale(foot, glyphs.teeUp), ...pieces.map(({text, kind}) => span(text, axisStyles[kind]))];
}

/** How charts tell their bands apart on this terminal. */
export function fillOf({ascii, color}: Theme): ChartFill {
	return ascii ? 'ascii' : color ? 'blend' : 'pattern';
}

function scale(label: string, tick: string): Line {
	return [span(`${label.padStart(labelCells)} `, 'muted'), span(tick, 'faint')];
}

/** Equal neighbours in one span. */
function cellLine(row: ChartCell[], styles: Style[]): Line {
	const line: Line = [];
	for (const {glyph, band, under} of row) {
		const style = band === undefined ? undefined : styles[band];
		const on = under === undefined ? undefined : styles[under];
		const last = line.at(-1);
		if (last && last.style === style && last.on === on) last.text += glyph;
		else line.push({...span(glyph, style), on});
	}
	return line;
}
