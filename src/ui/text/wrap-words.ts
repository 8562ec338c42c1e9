/** Text on several rows, cut between words. */

import {type Line, lineCells, span, wrapLine} from './line.ts';

/** Rows that end between words, without the blanks there; a word longer than a row is cut. */
export function wrapWords(line: Line, width: number): Line[] {
	const rows: Line[] = [[]];
	let used = 0;
	for (const one of line)
		for (const word of one.text.match(/\S+\s*|\s+/g) ?? []) {
			const cells = lineCells([span(word.trimEnd())]);
			if (used > 0 && used + cells > width) {
				rows.push([]);
				used = 0;
			}
			rows.at(-1)!.push({...one, text: word});
			used += lineCells([span(word)]);
		}
	return rows.map(withoutEnd).flatMap(row => (lineCells(row) > width ? wrapLine(row, width) : [row]));
}

/** A blank that no longer fits would be a row of its own. */
function withoutEnd(row: Line): Line {
	const last = row.at(-1);
	return last ? [...row.slice(0, -1), {...last, text: last.text.trimEnd()}] : row;
}
