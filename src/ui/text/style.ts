/**
 * Styles by meaning, never by colour. The palette is Okabe and Ito's (2008), told apart with any kind of colour
 * vision: blue is well, orange needs a look, vermilion is broken; words and glyphs say the same without it.
 */

import type {ChalkInstance} from 'chalk';

const blue = '#56b4e9';
const orange = '#e69f00';
const vermilion = '#f0642d';
const green = '#1fb58f';
const purple = '#cc79a7';
const yellow = '#d8c531';
const deepBlue = '#4f86e8';
const grey = '#7d8590';
const faintGrey = '#4d555f';

/** The hues of the servers, in order; a tenth server begins anew. */
const bands = [blue, orange, green, purple, yellow, deepBlue] as const;
export const bandCount = bands.length;

const looks = {
	plain: chalk => chalk.reset,
	strong: chalk => chalk.bold,
	muted: chalk => chalk.hex(grey),
	faint: chalk => chalk.hex(faintGrey),
	good: chalk => chalk.hex(blue),
	warn: chalk => chalk.hex(orange),
	bad: chalk => chalk.hex(vermilion).bold,
	key: chalk => chalk.hex(orange).bold,
	border: chalk => chalk.hex(faintGrey),
	focus: chalk => chalk.hex(blue),
	title: chalk => chalk.bold,
	focusTitle: chalk => chalk.hex(blue).bold,
	cursor: chalk => chalk.hex(blue).bold,
	badge: chalk => chalk.bgHex(blue).hex('#0b1118').bold,
	warnBadge: chalk => chalk.bgHex(orange).hex('#0b1118').bold,
	badBadge: chalk => chalk.bgHex(vermilion).hex('#0b1118').bold,
	ack: chalk => chalk.hex(blue),
	send: chalk => chalk.hex(green),
	route: chalk => chalk.hex(deepBlue),
	story: chalk => chalk.hex(purple),
	typical: chalk => chalk.hex(green),
	slowest: chalk => chalk.hex(purple),
	band0: chalk => chalk.hex(bands[0]),
	band1: chalk => chalk.hex(bands[1]),
	band2: chalk => chalk.hex(bands[2]),
	band3: chalk => chalk.hex(bands[3]),
	band4: chalk => chalk.hex(bands[4]),
	band5: chalk => chalk.hex(bands[5]),
	rest: chalk => chalk.hex(grey),
} satisfies Record<string, (chalk: ChalkInstance) => ChalkInstance>;

export type Style = keyof typeof looks;

const backgrounds: Partial<Record<Style, string>> = {
	typical: green,
	slowest: purple,
	band0: bands[0],
	band1: bands[1],
	band2: bands[2],
	band3: bands[3],
	band4: bands[4],
	band5: bands[5],
	rest: grey,
};

/** The style of the nth server's share of a chart. */
export function bandStyle(index: number): Style {
	return `band${(index % bandCount) as 0 | 1 | 2 | 3 | 4 | 5}`;
}

/** Writes text in styles, with a chalk of the terminal's own level; level 0 writes nothing but the text. */
export function createBrush(chalk: ChalkInstance): (text: string, style?: Style, on?: Style) => string {
	const brushes = new Map<string, (text: string) => string>();
	return (text, style = 'plain', on) => {
		if (style === 'plain' && on === undefined) return text;
		const key = `${style} ${on ?? ''}`;
		let brush = brushes.get(key);
		if (!brush) {
			const look = looks[style](chalk);
			const behind = on === undefined ? undefined : backgrounds[on];
			brush = behind === undefined ? look : look.bgHex(behind);
			brushes.set(key, brush);
		}
		return brush(text);
	};
}
