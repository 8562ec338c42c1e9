import {t} from '../words/words.ts';
import {helpOf, keyedPane, shownKeys} from './keymap/key-names.ts';
import {type KeyContext, type KeyRow, type Place, placeUnderHelp} from './keymap/key-row.ts';
import {paneIds} from './layout.ts';
import {cellsOf} from './text/cells.ts';
import {type Glyphs, glyphSets} from './text/glyphs.ts';
import {type Line, lineCells, span} from './text/line.ts';
import type {Theme} from './theme.ts';

/** What of a screen the help is made of: the table of keys, and where they go. */
type Subject = Pick<KeyContext, 'keymap' | 'view'>;

const keyCells = 16;
const columnCells = 76;

/** How many lines the help has at this width. */
export function helpLineCount(width: number, subject: Subject): number {
	return helpLines(width, subject, {glyphs: glyphSets.unicode}).length;
}

/** The whole table of keys as lines, in two columns where they fit: those of the place one comes from first. */
export function helpLines(width: number, {keymap, view}: Subject, {glyphs}: Pick<Theme, 'glyphs'>): Line[] {
	const isWide = width >= 2 * columnCells;
	const cells = isWide ? Math.floor(width / 2) : width;
	const under = placeUnderHelp({view});
	// The details of a part have the keys of its pane.
	const place = under === 'details' ? 'servers' : under;
	const [own, general, ...others] = sectionsOf(keymap, place).map(section =>
		section.rows.length === 0 ? [] : [...sectionLines(section, {keymap, glyphs, cells}), []],
	);
	const left = [...own!, ...general!];
	const right = others.flat();
	if (!isWide) return [...left, ...right];
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const line = left[row] ?? [];
		return [...line, span(' '.repeat(Math.max(1, cells - lineCells(line)))), ...(right[row] ?? [])];
	});
}

/** Where a row may be told. */
type Told = Exclude<Place, 'details'>;

type Section = {title: string; rows: KeyRow[]};

/** Each row once: with the place one comes from, otherwise with all places, otherwise with the first that it is for. */
function sectionsOf(keymap: KeyRow[], place: Told): Section[] {
	const left = new Set(keymap.filter(row => row.with === undefined));
	const take = (title: string, takes: (row: KeyRow) => boolean): Section => {
		const rows = [...left].filter(takes);
		for (const row of rows) left.delete(row);
		return {title, rows};
	};
	const isIn = (where: Told) => (row: KeyRow) => row.where !== 'everywhere' && row.where.includes(where);
	return [
		take(t('Here: {place}', {place: placeTitle(place, keymap)}), isIn(place)),
		take(t('Everywhere'), ({where}) => where === 'everywhere'),
		...([...paneIds, 'picker', 'palette', 'prompt', 'dialog', 'help'] as const).map(each =>
			take(placeTitle(each, keymap), isIn(each)),
		),
	];
}

function placeTitle(place: Told, keymap: KeyRow[]): string {
	switch (place) {
		case 'picker':
			return t('In the list of faults');
		case 'palette':
			return t('In the list of commands');
		case 'prompt':
			return t('In a question at the bottom');
		case 'dialog':
			return t('Before something that hurts');
		case 'help':
			return t('In this help');
		default:
			return keyedPane(place, keymap);
	}
}

type Look = {keymap: KeyRow[]; glyphs: Glyphs; cells: number};

/** A title and a line for each row; what is too long for one goes on below itself. */
function sectionLines({title, rows}: Section, {keymap, glyphs, cells}: Look): Line[] {
	return [
		[span(` ${title}`, 'focusTitle')],
		...rows.flatMap((row): Line[] => {
			const keys = shownKeys(row, keymap, glyphs);
			const indent = keyCells + 1;
			return wrapWords(helpOf(row, keymap), Math.max(20, cells - indent - 1)).map(
				(words, index): Line => [
					span(index === 0 ? ` ${keys.padEnd(keyCells - 1)} ` : ' '.repeat(indent), 'key'),
					span(words),
				],
			);
		}),
	];
}

/** A text in lines of at most so many cells, cut between words. */
function wrapWords(text: string, cells: number): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		if (line === '' || cellsOf(line) + 1 + cellsOf(word) <= cells)
			lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
		else lines.push(word);
	}
	return lines;
}
