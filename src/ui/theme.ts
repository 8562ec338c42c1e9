/** How the screen looks on this terminal: signs, colours, and the one way from a line to a finished row. */

import {Chalk, type ColorSupportLevel, supportsColor} from 'chalk';
import {type Glyphs, glyphSets, loudBorders} from './text/glyphs.ts';
import {fitLine, type Line} from './text/line.ts';
import {createBrush} from './text/style.ts';

export type ScreenSettings = {ascii: boolean; color: boolean};

export type Theme = {
	ascii: boolean;
	/** False: charts tell their bands apart by pattern instead of colour. */
	color: boolean;
	glyphs: Glyphs;
	/** The same with the border of the focused pane. */
	focusGlyphs: Glyphs;
	/** A finished row of exactly `width` cells, with its colours, safe to write. */
	row(line: Line, width: number): string;
};

/** The theme for these settings; `level` is the terminal's own: 0 none, 1 sixteen, 2 256, 3 all colours. */
export function createTheme(settings: ScreenSettings, level: ColorSupportLevel = terminalLevel()): Theme {
	const shownLevel = settings.color ? level : 0;
	const brush = createBrush(new Chalk({level: shownLevel}));
	const set = settings.ascii ? 'ascii' : 'unicode';
	const glyphs = glyphSets[set];
	return {
		ascii: settings.ascii,
		color: shownLevel > 0,
		glyphs,
		focusGlyphs: shownLevel > 0 ? glyphs : {...glyphs, ...loudBorders[set]},
		row: (line, width) =>
			fitLine(line, width, glyphs.ellipsis)
				.map(({text, style, on}) => brush(text, style, on))
				.join(''),
	};
}

function terminalLevel(): ColorSupportLevel {
	return supportsColor ? supportsColor.level : 0;
}

/** Whether colours are wanted: not with `--no-color`, a non-empty NO_COLOR (no-color.org) or TERM=dumb. */
export function wantsColor(environment: NodeJS.ProcessEnv, {noColor}: {noColor: boolean}): boolean {
	return !noColor && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
