/** From a few hues to what every style looks like. */

import type {Looks} from '../text/style.ts';
import type {Hue} from './hue.ts';

/** What a theme of colours is made of. `ink` is written on the coloured ground of badges. */
type Hues = {
	blue: Hue;
	orange: Hue;
	vermilion: Hue;
	green: Hue;
	purple: Hue;
	yellow: Hue;
	deepBlue: Hue;
	grey: Hue;
	faintGrey: Hue;
	ink: Hue;
};

/** Blue is well, orange needs a look, vermilion is broken. */
export function coloured(hues: Hues): Looks {
	const {blue, orange, vermilion, green, purple, yellow, deepBlue, grey, faintGrey, ink} = hues;
	return {
		plain: {},
		strong: {bold: true},
		muted: {fore: grey},
		faint: {fore: faintGrey},
		good: {fore: blue},
		warn: {fore: orange},
		bad: {fore: vermilion, bold: true},
		key: {fore: orange, bold: true},
		border: {fore: faintGrey},
		focus: {fore: blue},
		title: {bold: true},
		focusTitle: {fore: blue, bold: true},
		cursor: {fore: blue, bold: true},
		badge: {fore: ink, back: blue, bold: true},
		warnBadge: {fore: ink, back: orange, bold: true},
		badBadge: {fore: ink, back: vermilion, bold: true},
		hit: {fore: ink, back: yellow},
		ack: {fore: blue},
		send: {fore: green},
		route: {fore: deepBlue},
		story: {fore: purple},
		typical: {fore: green},
		slowest: {fore: purple},
		band0: {fore: blue},
		band1: {fore: orange},
		band2: {fore: green},
		band3: {fore: purple},
		band4: {fore: yellow},
		band5: {fore: deepBlue},
		rest: {fore: grey},
	};
}

/** No colour at all: weight, a line beneath, and black for white. */
export const colourless: Looks = {
	plain: {},
	strong: {bold: true},
	muted: {},
	faint: {dim: true},
	good: {},
	warn: {underline: true},
	bad: {bold: true, underline: true},
	key: {bold: true},
	border: {dim: true},
	focus: {bold: true},
	title: {bold: true},
	focusTitle: {bold: true, underline: true},
	cursor: {bold: true},
	badge: {inverse: true, bold: true},
	warnBadge: {inverse: true, bold: true},
	badBadge: {inverse: true, bold: true, underline: true},
	hit: {inverse: true},
	ack: {bold: true},
	send: {},
	route: {},
	story: {},
	typical: {},
	slowest: {bold: true},
	band0: {},
	band1: {},
	band2: {},
	band3: {},
	band4: {},
	band5: {},
	rest: {dim: true},
};
