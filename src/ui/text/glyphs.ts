/** The signs the screen is drawn with, and their twins for terminals without Unicode (`--ascii`). */

const unicode = {
	topLeft: '╭',
	topRight: '╮',
	bottomLeft: '╰',
	bottomRight: '╯',
	horizontal: '─',
	vertical: '│',
	teeLeft: '├',
	teeRight: '┤',
	teeUp: '┴',
	dashed: '┊',
	ellipsis: '…',
	cursor: '▶',
	swatch: '■',
	mark: '▲',
	up: '▲',
	down: '▼',
	right: '→',
	check: '✓',
	good: '✓',
	cross: '✗',
	times: '×',
	dot: '·',
	unequal: '≠',
	atMost: '≤',
	stale: '~',
	arrows: '↑↓',
	sideways: '←→',
};

/** Signs by what they mean. */
export type Glyphs = Record<keyof typeof unicode, string>;

const ascii: Glyphs = {
	topLeft: '+',
	topRight: '+',
	bottomLeft: '+',
	bottomRight: '+',
	horizontal: '-',
	vertical: '|',
	teeLeft: '+',
	teeRight: '+',
	teeUp: '+',
	dashed: ':',
	ellipsis: '~',
	cursor: '>',
	swatch: '#',
	mark: '^',
	up: '^',
	down: 'v',
	right: '->',
	check: 'ok',
	good: '+',
	cross: 'x',
	times: 'x',
	dot: '-',
	unequal: '!=',
	atMost: '<=',
	stale: '~',
	arrows: 'Up Down',
	sideways: 'Left Right',
};

/** For terminals with Unicode, and for those without. */
export const glyphSets = {unicode, ascii};

/** The border of the focused pane where colour cannot tell it. */
export const loudBorders: Record<keyof typeof glyphSets, Partial<Glyphs>> = {
	unicode: {topLeft: '┏', topRight: '┓', bottomLeft: '┗', bottomRight: '┛', horizontal: '━', vertical: '┃'},
	ascii: {topLeft: '#', topRight: '#', bottomLeft: '#', bottomRight: '#', horizontal: '=', vertical: '#'},
};
