/**
 * The themes. Their hues are Okabe and Ito's (2008), told apart with any kind of colour vision, made lighter or darker
 * until each text has a contrast of at least 4.5 to 1 (WCAG 2.2) on the backgrounds that people have, lines have 3, and what
 * must be told apart still is.
 */

import type {ThemeName} from '../../domain/theme-name.ts';
import type {Looks, Paper} from '../text/style.ts';
import type {Hue} from './hue.ts';
import {coloured, colourless} from './looks.ts';

type ThemeRow = {
	looks: Looks;
	/** The kind of background it is made for; absent: any. */
	ground?: 'dark' | 'light';
	/** What it lays behind everything where the terminal's own background is not of its kind. */
	paper?: Paper;
	/** Always lays it. */
	needsPaper?: true;
	/** Its colours are one hue or none: charts tell their bands apart by pattern, the focused pane by its border. */
	isOneHue?: true;
};

const hue = (code: number, hex: string): Hue => ({code, hex});
const own = (code: number): Hue => ({code});

export const themeTable: Record<ThemeName, ThemeRow> = {
	dark: {
		ground: 'dark',
		paper: {back: hue(0, '#14161b'), fore: hue(7, '#d4d7dd')},
		looks: coloured({
			blue: hue(14, '#56b4e9'),
			orange: hue(11, '#f6a100'),
			vermilion: hue(9, '#f77854'),
			green: hue(10, '#42a981'),
			purple: hue(13, '#d68fb6'),
			yellow: hue(3, '#e3d64b'),
			deepBlue: hue(12, '#7ba7ff'),
			grey: hue(7, '#97a0ab'),
			faintGrey: hue(8, '#767f8b'),
			ink: hue(0, '#0b1118'),
		}),
	},
	light: {
		ground: 'light',
		paper: {back: hue(15, '#fafafa'), fore: hue(0, '#1d2127')},
		looks: coloured({
			blue: hue(4, '#0a66a5'),
			orange: hue(5, '#7d5700'),
			vermilion: hue(1, '#c70e00'),
			green: hue(2, '#016748'),
			purple: hue(5, '#97396c'),
			yellow: hue(6, '#665c00'),
			deepBlue: hue(4, '#3a45b8'),
			grey: hue(0, '#59616b'),
			faintGrey: hue(8, '#7f8791'),
			ink: hue(15, '#ffffff'),
		}),
	},
	'high-contrast': {
		ground: 'dark',
		paper: {back: hue(0, '#000000'), fore: hue(15, '#ffffff')},
		needsPaper: true,
		looks: coloured({
			blue: hue(14, '#7fd0ff'),
			orange: hue(11, '#ffc61a'),
			vermilion: hue(9, '#ff9673'),
			green: hue(10, '#0bf7d3'),
			purple: hue(13, '#e2a5c5'),
			yellow: hue(3, '#fff066'),
			deepBlue: hue(12, '#a9c5ff'),
			grey: hue(15, '#dfe3e8'),
			faintGrey: hue(7, '#b4bbc4'),
			ink: hue(0, '#000000'),
		}),
	},
	terminal: {
		looks: {
			...coloured({
				blue: own(6),
				orange: own(3),
				vermilion: own(1),
				green: own(2),
				purple: own(5),
				yellow: own(11),
				deepBlue: own(4),
				grey: own(8),
				faintGrey: own(8),
				ink: own(0),
			}),
			// Bright black is the background itself in some palettes (Solarized): dim is not.
			muted: {dim: true},
			faint: {dim: true},
			border: {dim: true},
			rest: {dim: true},
		},
	},
	amber: {
		ground: 'dark',
		paper: {back: hue(0, '#140c00'), fore: hue(3, '#ffb52e')},
		needsPaper: true,
		isOneHue: true,
		looks: coloured({
			blue: hue(3, '#ffb52e'),
			orange: hue(11, '#ffd98a'),
			vermilion: hue(15, '#fff3d6'),
			green: hue(3, '#f0a11a'),
			purple: hue(11, '#ffcf70'),
			yellow: hue(11, '#ffe3a8'),
			deepBlue: hue(3, '#dd9416'),
			grey: hue(3, '#c98a1d'),
			faintGrey: hue(3, '#93651a'),
			ink: hue(0, '#140c00'),
		}),
	},
	mono: {looks: colourless, isOneHue: true},
};
