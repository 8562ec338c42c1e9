/** How the screen looks on this terminal: signs, colours, and the one way from a line to a finished row. */

import {Chalk, type ColorSupportLevel, supportsColor} from 'chalk';
import type {ThemeChoice, ThemeName} from '../domain/theme-name.ts';
import {type Glyphs, glyphSets, loudBorders} from './text/glyphs.ts';
import {fitLine, type Line} from './text/line.ts';
import {createBrush} from './text/style.ts';
import {themeTable} from './themes/theme-table.ts';

/** The kind of background a terminal has, where it is known. */
type Ground = 'dark' | 'light' | undefined;

/** What is asked of the looks. */
export type LookSettings = {
	ascii: boolean;
	color: boolean;
	/** Absent: as the terminal's background is. */
	theme?: ThemeChoice | undefined;
};

export type Theme = {
	name: ThemeName;
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
export function createTheme(
	{ascii, color, theme: choice = 'auto'}: LookSettings,
	level: ColorSupportLevel = terminalLevel(),
	ground?: Ground,
): Theme {
	const name = choice === 'auto' ? (ground ?? 'dark') : choice;
	const {looks, paper, needsPaper, isOneHue, ground: wanted} = themeTable[name];
	const hasPaper = needsPaper || (choice !== 'auto' && wanted !== ground);
	const chalk = new Chalk({level: color ? level : 0});
	const brush = createBrush(chalk, looks, hasPaper ? paper : undefined);
	const set = ascii ? 'ascii' : 'unicode';
	const glyphs = glyphSets[set];
	const isTold = chalk.level > 0 && !isOneHue;
	return {
		name,
		ascii,
		color: isTold,
		glyphs,
		focusGlyphs: isTold ? glyphs : {...glyphs, ...loudBorders[set]},
		row: (line, width) =>
			fitLine(line, width, glyphs.ellipsis)
				.map(({text, style, on}) => brush(text, style, on))
				.join(''),
	};
}

export type Themes = {
	/** The theme as chosen; nothing chosen: as the settings say. The same object until something changes. */
	of(choice: ThemeChoice | undefined): Theme;
	/** The terminal has told what its background is. True: something looks different now. */
	onGround(ground: Ground): boolean;
	/** The terminal takes two cells for box characters: from now on there are none. True: there were some. */
	needAscii(): boolean;
};

/** The themes of one screen, made when first looked at. `hint`: the background, where the environment tells it. */
export function createThemes(
	settings: LookSettings,
	{hint, level}: {hint?: Ground; level?: ColorSupportLevel} = {},
): Themes {
	const made = new Map<ThemeChoice, Theme>();
	let ground = hint;
	let {ascii} = settings;
	return {
		of: (choice = settings.theme ?? 'auto') => {
			let theme = made.get(choice);
			if (!theme) {
				theme = createTheme({...settings, ascii, theme: choice}, level, ground);
				made.set(choice, theme);
			}
			return theme;
		},
		onGround: seen => {
			if (seen === ground) return false;
			ground = seen;
			made.clear();
			return true;
		},
		needAscii: () => {
			if (ascii) return false;
			ascii = true;
			made.clear();
			return true;
		},
	};
}

/** chalk takes FORCE_COLOR for the least there is; who says 1 means sixteen colours, whatever else the terminal says. */
export function terminalLevel({FORCE_COLOR: forced = ''}: NodeJS.ProcessEnv = process.env): ColorSupportLevel {
	if (/^[0-3]$/.test(forced)) return Number(forced) as ColorSupportLevel;
	return supportsColor ? supportsColor.level : 0;
}

/** The background by the environment's word: rxvt, Konsole and others say `COLORFGBG=15;0`, the last being behind. */
export function groundHint({COLORFGBG: colours = ''}: NodeJS.ProcessEnv): Ground {
	const behind = /;(\d{1,2})$/.exec(colours)?.[1];
	return behind === undefined ? undefined : behind === '7' || Number(behind) > 8 ? 'light' : 'dark';
}
