import {type KeyRow, shownKey} from './keymap/key-row.ts';
import {keymap} from './keymap/keymap.ts';
import {glyphSets} from './text/glyphs.ts';
import {type Line, lineCells, span} from './text/line.ts';
import type {Theme} from './theme.ts';

/** Sections by where keys work: the first that takes a row has it. */
const sections: {title: string; takes: (row: KeyRow) => boolean}[] = [
	{title: 'Everywhere', takes: ({where}) => where === 'everywhere'},
	{title: 'In lists: servers, incidents, events, log.txt, this help', takes: ({where}) => where.length > 1},
	{title: '1 Servers: on the selected part', takes: ({where}) => where.includes('servers')},
	{title: '2 Traffic', takes: ({where}) => where.includes('traffic')},
	{title: 'In the list of faults', takes: ({where}) => where.includes('picker')},
	{title: '6 log.txt', takes: ({where}) => where.includes('log')},
	{title: 'In a question at the bottom', takes: () => true},
];

const keyCells = 16;
const columnCells = 76;

/** How many lines the help has at this width. */
export function helpLineCount(width: number): number {
	return helpLines(width, {glyphs: glyphSets.unicode}).length;
}

/** The whole table of keys as lines, in two columns where they fit. */
export function helpLines(width: number, {glyphs}: Pick<Theme, 'glyphs'>): Line[] {
	const blocks = sections.map(({title, takes}, index): Line[] => {
		const isMine = (row: KeyRow) => sections.findIndex(section => section.takes(row)) === index;
		const rows = keymap.filter(row => takes(row) && isMine(row));
		return [
			[span(` ${title}`, 'focusTitle')],
			...rows.map((row): Line => [span(` ${shownKey(row, glyphs).padEnd(keyCells)}`, 'key'), span(row.help)]),
			[],
		];
	});
	if (width < 2 * columnCells) return blocks.flat();
	const left = blocks.slice(0, 1).flat();
	const right = blocks.slice(1).flat();
	const half = Math.floor(width / 2);
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const line = left[row] ?? [];
		return [...line, span(' '.repeat(Math.max(1, half - lineCells(line)))), ...(right[row] ?? [])];
	});
}
