/** What the charts of the traffic pane have in common. */

import type {State} from '../../state/state.ts';
import type {FramedChart} from '../charts/framed-chart.ts';
import {patterns} from '../charts/stack-chart.ts';
import type {AxisPiece} from '../charts/time-axis.ts';
import {type Piece, span} from '../text/line.ts';
import type {Style} from '../text/style.ts';
import type {Theme} from '../theme.ts';
import type {TrafficWindow} from './traffic-window.ts';

/** `width` is of the lines, the scale included. */
export type ChartFacts = {state: State; window: TrafficWindow; width: number; theme: Theme};

/** `foot`: the scale's lower end. `axis`: its own, where it is not one of time. */
export type DrawnChart = FramedChart & {foot: string; axis?: AxisPiece[]};

/** A chart of the traffic pane. */
export type TrafficChart = {
	/** In a word or two. */
	name(): string;
	/** What is drawn, in which unit, by which signs, and how it stands; the first piece is the name. */
	legend(facts: ChartFacts): Piece[];
	draw(facts: ChartFacts, height: number): DrawnChart;
};

/** The first piece of a legend. */
export function heading(name: string, unit: string): Piece {
	return {line: [span(` ${name} `, 'strong'), span(unit, 'muted')], rank: 100};
}

/** A figure with the sign of the band that it belongs to. */
export function bandPiece(
	band: number,
	{style, label, text, rank, theme}: {style: Style; label: string; text: string; rank: number; theme: Theme},
): Piece {
	return {line: [span(bandSign(band, theme), style), span(` ${label} `, 'muted'), span(text)], rank};
}

/** What fills a band in the chart, as a sample of it. */
function bandSign(index: number, {color, ascii, glyphs}: Theme): string {
	if (color && !ascii) return glyphs.swatch;
	const pattern = patterns[ascii ? 'ascii' : 'pattern'];
	return pattern[index % pattern.length]!;
}
