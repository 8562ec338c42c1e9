import type {Rect} from './layout.ts';
import type {Targets} from './terminal/canvas.ts';
import {type Line, lineCells, span} from './text/line.ts';
import type {Style} from './text/style.ts';
import type {Theme} from './theme.ts';

/** What stands in a pane: inside its border, and on the border itself. */
export type PaneContent = {
	/** The number of its focus key; absent for what has none. */
	key?: string;
	title: string;
	/** Behind the title. */
	note?: Line;
	/** At the right end of the lower border: more below, how to go on. */
	foot?: Line;
	lines: Line[];
	/** By line: what a click on it leads to, beside the focus. */
	targets?: Targets;
};

type Size = Pick<Rect, 'width' | 'height'>;

/** The finished rows of a bordered pane, as wide and high as asked whatever its content. */
export function paneRows(
	content: PaneContent,
	size: Size,
	{isFocused, theme}: {isFocused: boolean; theme: Theme},
): string[] {
	const glyphs = isFocused ? theme.focusGlyphs : theme.glyphs;
	const border = isFocused ? 'focus' : 'border';
	const side = theme.row([span(glyphs.vertical, border)], 1);
	const inside = Array.from(
		{length: size.height - 2},
		(_, row) => side + theme.row(content.lines[row] ?? [], size.width - 2) + side,
	);
	const title = titleOf(content, isFocused);
	const edge = {width: size.width, border, dash: glyphs.horizontal, theme} as const;
	return [
		edgeRow(title, {...edge, left: glyphs.topLeft, right: glyphs.topRight, words: 'left'}),
		...inside,
		edgeRow(content.foot ?? [], {...edge, left: glyphs.bottomLeft, right: glyphs.bottomRight, words: 'right'}),
	];
}

function titleOf({key, title, note}: PaneContent, isFocused: boolean): Line {
	return [
		...(key === undefined ? [] : [span(`${key} `, 'key')]),
		span(title, isFocused ? 'focusTitle' : 'title'),
		...(note && note.length > 0 ? [span('  '), ...note] : []),
	];
}

type Edge = {
	left: string;
	right: string;
	words: 'left' | 'right';
	width: number;
	border: Style;
	dash: string;
	theme: Theme;
};

/** A horizontal border with words set into it near one end; words that are too long are cut. */
function edgeRow(line: Line, {left, right, words, width, border, dash, theme}: Edge): string {
	const dashes = (count: number) => dash.repeat(count);
	const cells = Math.min(width - 6, lineCells(line));
	if (cells === 0) return theme.row([span(left + dashes(width - 2) + right, border)], width);
	const near = 3;
	const far = width - cells - near;
	const [before, after] = words === 'left' ? [near, far] : [far, near];
	return (
		theme.row([span(left + dashes(before - 2), border)], before) +
		theme.row(line, cells) +
		theme.row([span(' '), span(dashes(after - 2) + right, border)], after)
	);
}
