import {describe, expect, test} from 'vitest';
import {nextTheme, type ThemeChoice, type ThemeName, themeChoices, themeNames} from '../../src/domain/theme-name.ts';
import {span} from '../../src/ui/text/line.ts';
import type {Paint, Style} from '../../src/ui/text/style.ts';
import {createTheme, createThemes, groundHint, terminalLevel} from '../../src/ui/theme.ts';
import {nearest256, rgbOf, rgbOf256} from '../../src/ui/themes/hue.ts';
import {themeTable} from '../../src/ui/themes/theme-table.ts';
import {contrast, difference, visions} from '../support/colour.ts';

/** Backgrounds that people have: black, VS Code's, One Dark's; white, and Solarized's light. */
const grounds = {dark: ['#000000', '#14161b', '#1e1e1e', '#282c34'], light: ['#ffffff', '#fafafa', '#fdf6e3']};
const lines: Style[] = ['border', 'faint'];
const paints = (name: ThemeName) => Object.entries(themeTable[name].looks) as [Style, Paint][];
const hexThemes = themeNames.filter(name => themeTable[name].paper !== undefined);

const shown = (hex: string, level: 2 | 3) => (level === 3 ? rgbOf(hex) : rgbOf256(nearest256(hex)));

describe.each(hexThemes)('the theme %s', name => {
	const {paper, needsPaper, ground} = themeTable[name];
	const behind = needsPaper ? [paper!.back.hex!] : grounds[ground!];
	test.each([3, 2] as const)('can be read on its backgrounds, with %i for its colours', level => {
		const unreadable = paints(name).flatMap(([style, {fore, back}]) => {
			if (!fore) return [];
			const least = lines.includes(style) ? 3 : 4.5;
			return (back ? [back.hex!] : behind)
				.map(ground => ({style, ground, contrast: contrast(shown(fore.hex!, level), shown(ground, level))}))
				.filter(({contrast}) => contrast < least);
		});
		expect(unreadable).toEqual([]);
		expect(contrast(rgbOf(paper!.fore.hex!), rgbOf(paper!.back.hex!))).toBeGreaterThan(7);
	});
});

test('high contrast is at least 7 to 1 for every text', () => {
	const low = paints('high-contrast').filter(
		([style, {fore, back}]) =>
			fore && !lines.includes(style) && contrast(rgbOf(fore.hex!), rgbOf(back?.hex ?? '#000000')) < 7,
	);
	expect(low).toEqual([]);
});

describe.each(['dark', 'light', 'high-contrast'] as const)('in %s', name => {
	const hexOf = (style: Style) => themeTable[name].looks[style].fore!.hex!;
	test.each(visions)('well, doubtful and broken look different with %s vision', vision => {
		const pairs = [
			['good', 'warn'],
			['good', 'bad'],
			['warn', 'bad'],
		] as const;
		for (const [one, other] of pairs)
			expect([one, other, difference(hexOf(one), hexOf(other), vision) > 5]).toEqual([one, other, true]);
	});
	test.each(visions)('so do the first four servers in a chart, with %s vision', vision => {
		const bands = ['band0', 'band1', 'band2', 'band3'] as const;
		for (const one of bands)
			for (const other of bands)
				if (one < other)
					expect([one, other, difference(hexOf(one), hexOf(other), vision) > 5]).toEqual([one, other, true]);
	});
});

describe('on few colours', () => {
	const written = (style: Style, theme: ThemeChoice, level: 0 | 1 | 2 | 3) =>
		createTheme({ascii: false, color: true, theme}, level, theme === 'light' ? 'light' : 'dark')
			.row([span('x', style)], 1)
			.split('x')[0];
	test.each(['dark', 'light', 'terminal'] as const)('sixteen: %s takes its own by meaning', theme => {
		const codes = (['good', 'warn', 'bad'] as const).map(style => written(style, theme, 1));
		expect(new Set(codes).size).toBe(3);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are the subject
		for (const code of codes) expect(code).toMatch(/^(?:\x1b\[(?:[39][0-7]|1)m)+$/);
	});
	test('of 256 the one that looks most alike, never one of the first sixteen', () => {
		expect(nearest256('#000000')).toBe(16);
		expect(nearest256('#ffffff')).toBe(231);
		expect(nearest256('#808080')).toBe(244);
		expect(nearest256('#97a0ab')).toBe(247);
		expect(written('good', 'dark', 2)).toBe('\x1b[38;5;74m');
	});
	test('none: nothing but the text is written, whatever the theme', () => {
		for (const theme of themeChoices)
			for (const style of Object.keys(themeTable.dark.looks) as Style[]) expect(written(style, theme, 0)).toBe('');
	});
	test('mono has no colour at any level', () => {
		for (const style of Object.keys(themeTable.mono.looks) as Style[])
			expect(written(style, 'mono', 3)).not.toMatch(/\[(?:[349]\d|10\d)/);
	});
	test.each([
		[{FORCE_COLOR: '1', COLORTERM: 'truecolor'}, 1],
		[{FORCE_COLOR: '2'}, 2],
		[{FORCE_COLOR: '3', TERM: 'dumb'}, 3],
		[{FORCE_COLOR: '0'}, 0],
	])('%j is obeyed as a level', (environment, level) => expect(terminalLevel(environment)).toBe(level));
});

describe('the background', () => {
	const settings = {ascii: false, color: true};
	// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are the subject
	const paperOf = (row: string) => /\x1b\[48;2;([\d;]+)m/.exec(row)?.[1];
	const rowOf = (themes: ReturnType<typeof createThemes>, choice?: ThemeChoice) =>
		themes.of(choice).row([span('x')], 3);

	test('decides what auto is; it is dark until somebody knows', () => {
		const themes = createThemes(settings, {level: 3});
		expect(themes.of(undefined).name).toBe('dark');
		expect(themes.onGround('light')).toBe(true);
		expect(themes.of(undefined).name).toBe('light');
		expect(themes.onGround('light')).toBe(false);
		expect(rowOf(themes)).toBe('x  ');
	});
	test('is laid by a theme that was chosen and is made for another', () => {
		const themes = createThemes({...settings, theme: 'light'}, {level: 3});
		expect(paperOf(rowOf(themes))).toBe('250;250;250');
		themes.onGround('light');
		expect(rowOf(themes)).toBe('x  ');
		expect(paperOf(rowOf(themes, 'dark'))).toBe('20;22;27');
		expect(paperOf(rowOf(themes, 'high-contrast'))).toBe('0;0;0');
		expect(rowOf(themes, 'mono')).toBe('x  ');
		expect(rowOf(themes, 'terminal')).toBe('x  ');
	});
	test.each([
		['15;0', 'dark'],
		['0;15', 'light'],
		['0;default;15', 'light'],
		['12;7', 'light'],
		['12;8', 'dark'],
		['', undefined],
		['0;default', undefined],
	])('COLORFGBG=%s says %s', (value, ground) => expect(groundHint({COLORFGBG: value})).toBe(ground));
	test('a terminal of double box characters gets ASCII, once and for all', () => {
		const themes = createThemes(settings, {level: 3});
		expect(themes.of(undefined).glyphs.vertical).toBe('│');
		expect(themes.needAscii()).toBe(true);
		expect(themes.of('mono').focusGlyphs.vertical).toBe('#');
		expect(themes.of(undefined).glyphs.vertical).toBe('|');
		expect(themes.needAscii()).toBe(false);
	});
});

test('the key goes round all themes', () => {
	let choice: ThemeChoice = 'auto';
	const seen = themeChoices.map(() => {
		choice = nextTheme(choice);
		return choice;
	});
	expect(new Set(seen)).toEqual(new Set(themeChoices));
	expect(choice).toBe('auto');
});
