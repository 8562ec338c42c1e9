/** How the details of a part are set: titles, figures beside their names, lines that are too long on further lines. */

import {type Line, lineCells, span} from '../text/line.ts';
import {wrapWords} from '../text/wrap-words.ts';

/** A figure or sentence beside its name. */
export type Fact = [name: string, words: Line];

/** A part of the details under its own title. */
export type Section = {title: string; lines: Line[]};

const nameCells = 13;

/** Facts below each other; words that do not fit beside their name go on below. */
export function factLines(facts: Fact[], width: number): Line[] {
	const room = Math.max(10, width - nameCells - 3);
	return facts.flatMap(([name, words]) =>
		wrapWords(words, room).map(
			(row, index): Line => [span(`  ${(index === 0 ? name : '').padEnd(nameCells)} `, 'muted'), ...row],
		),
	);
}

/** A line that is not cut but goes on below, further in. */
export function hangingLines(line: Line, width: number, indent: number): Line[] {
	return wrapWords(line, Math.max(10, width - indent)).map(row => [span(' '.repeat(indent)), ...row]);
}

/** Sections below each other, a blank line between them. */
export function sectionLines(sections: Section[]): Line[] {
	return sections.flatMap(({title, lines}, index): Line[] => [
		...(index > 0 ? [[]] : []),
		[span(` ${title}`, 'title')],
		...lines,
	]);
}

/** Two blocks side by side, the right one from `width` cells on. */
export function besideEachOther(left: Line[], right: Line[], width: number): Line[] {
	return Array.from({length: Math.max(left.length, right.length)}, (_, row) => {
		const line = left[row] ?? [];
		return [...line, span(' '.repeat(Math.max(0, width - lineCells(line)))), ...(right[row] ?? [])];
	});
}
