import {say, t} from '../words/words.ts';
import {helpWords} from './help-words.ts';
import {helpOf, keyedPane, shownKeys} from './keymap/key-names.ts';
import {type KeyContext, type KeyRow, type Place, placeUnderHelp} from './keymap/key-row.ts';
import {paneIds} from './layout.ts';
import {glyphSets} from './text/glyphs.ts';
import {type Line, lineCells, span} from './text/line.ts';
import {wrapWords} from './text/wrap-words.ts';
import type {Theme} from './theme.ts';

/** What of a screen the help is made of: the table of keys, and where they go. */
type Subject = Pick<KeyContext, 'keymap' | 'view'>;

const keyCells = 16;
const columnCells = 76;

/** How many lines the help has at this width. */
export function helpLineCount(width: number, subject: Subject): number {
	return helpLines(width, subject, {glyphs: glyphSets.unicode}).length;
}

/** The whole table of keys, and what the screen's words mean, as lines, in two columns where they fit: the keys of the place one comes from first. */
export function helpLines(width: number, {keymap, view}: Subject, {glyphs}: Pick<Theme, 'glyphs'>): Line[] {
	const isWide = width >= 2 * columnCells;
	const cells = isWide ? Math.floor(width / 2) : width;
	const under = placeUnderHelp({view});
	// The details of a part have the keys of its pane.
	const place = under === 'details' ? 'servers' : under;
	const told = ({rows}: Section): Told[] => rows.map(row => [shownKeys(row, keymap, glyphs), helpOf(row, keymap)]);
	const lines = sectionsOf(keymap, place).map(section => sectionLines(section.title, told(section), cells));
	const [own, general, ...others] = lines;
	const words = helpWords.map(({word, meaning}): Told => [say(word), t(meaning)]);
	const left = [...own!, ...general!];
	const right = [...sectionLines(t('What the words mean'), words, cells), ...others.flat()];
	if (!isWide) return [...left, ...right];
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const line = left[row] ?? [];
		return [...line, span(' '.repeat(Math.max(1, cells - lineCells(line)))), ...(right[row] ?? [])];
	});
}

/** A key or a word, and what is said of it. */
type Told = [name: string, text: string];

/** Where a row may be told. */
type Where = Exclude<Place, 'details'>;

type Section = {title: string; rows: KeyRow[]};

/** Each row once: with the place one comes from, otherwise with all places, otherwise with the first that it is for. */
function sectionsOf(keymap: KeyRow[], place: Where): Section[] {
	const left = new Set(keymap.filter(row => row.with === undefined));
	const take = (title: string, takes: (row: KeyRow) => boolean): Section => {
		const rows = [...left].filter(takes);
		for (const row of rows) left.delete(row);
		return {title, rows};
	};
	const isIn = (where: Where) => (row: KeyRow) => row.where !== 'everywhere' && row.where.includes(where);
	return [
		take(t('Here: {place}', {place: placeTitle(place, keymap)}), isIn(place)),
		take(t('Everywhere'), ({where}) => where === 'everywhere'),
		...([...paneIds, 'picker', 'palette', 'prompt', 'dialog', 'help'] as const).map(each =>
			take(placeTitle(each, keymap), isIn(each)),
		),
	];
}

function placeTitle(place: Where, keymap: KeyRow[]): string {
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

/** A title, a line for each row, what is too long for one on further lines, and a blank one; nothing where there is no row. */
function sectionLines(title: string, rows: Told[], cells: number): Line[] {
	if (rows.length === 0) return [];
	const indent = keyCells + 1;
	const lines = rows.flatMap(([name, text]) =>
		wrapWords([span(text)], Math.max(20, cells - indent - 1)).map(
			(words, index): Line => [
				span(index === 0 ? ` ${name.padEnd(keyCells - 1)} ` : ' '.repeat(indent), 'key'),
				...words,
			],
		),
	);
	return [[span(` ${title}`, 'focusTitle')], ...lines, []];
}
