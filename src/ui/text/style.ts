/** Styles by meaning, never by colour; what each looks like is the theme's. Words and glyphs say the same without it. */

import type {ChalkInstance} from 'chalk';
import {type Hue, inHue, onHue} from '../themes/hue.ts';

/** What a text means; how that looks is for a theme to say. */
export type Style =
	| 'plain'
	| 'strong'
	| 'muted'
	| 'faint'
	| 'good'
	| 'warn'
	| 'bad'
	| 'key'
	| 'border'
	| 'focus'
	| 'title'
	| 'focusTitle'
	| 'cursor'
	| 'badge'
	| 'warnBadge'
	| 'badBadge'
	| 'hit'
	| 'ack'
	| 'send'
	| 'route'
	| 'story'
	| 'typical'
	| 'slowest'
	| `band${BandIndex}`
	| 'rest';

type BandIndex = 0 | 1 | 2 | 3 | 4 | 5;

/** The hues of the servers' shares in charts, in order; a seventh server begins anew. */
const bandCount = 6;

/** The style of the nth server's share of a chart. */
export function bandStyle(index: number): Style {
	return `band${(index % bandCount) as BandIndex}`;
}

/** How a style looks: in a colour, on one, or by what a terminal can do without. */
export type Paint = {fore?: Hue; back?: Hue; bold?: true; dim?: true; inverse?: true; underline?: true};
/** How each style looks. */
export type Looks = Record<Style, Paint>;

/** What lies behind everything, and the colour of plain text on it; absent: the terminal's own. */
export type Paper = {back: Hue; fore: Hue};

type Brush = (text: string, style?: Style, on?: Style) => string;

/**
 * Writes text in styles, with a chalk of the terminal's own level; level 0 writes nothing but the text. `on`: the style
 * whose colour lies behind.
 */
export function createBrush(chalk: ChalkInstance, looks: Looks, paper?: Paper): Brush {
	const brushes = new Map<string, (text: string) => string>();
	return (text, style = 'plain', on) => {
		if (style === 'plain' && on === undefined && !paper) return text;
		const key = `${style} ${on ?? ''}`;
		let brush = brushes.get(key);
		if (!brush) {
			const behind = on === undefined ? undefined : looks[on].fore;
			brush = brushOf(chalk, {...looks[style], ...(behind && {back: behind})}, paper);
			brushes.set(key, brush);
		}
		return brush(text);
	};
}

function brushOf(chalk: ChalkInstance, paint: Paint, paper: Paper | undefined): (text: string) => string {
	const fore = paint.fore ?? paper?.fore;
	const back = paint.back ?? paper?.back;
	let brush = chalk;
	if (back) brush = onHue(brush, back);
	if (fore) brush = inHue(brush, fore);
	for (const attribute of ['bold', 'dim', 'inverse', 'underline'] as const)
		if (paint[attribute]) brush = brush[attribute];
	return brush === chalk ? text => text : brush;
}
