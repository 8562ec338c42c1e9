/** Figures with their labels in a row. */

import {cellsOf} from './cells.ts';
import {type Line, packPieces, span} from './line.ts';
import type {Style} from './style.ts';

/** What stands beside its label; either may be empty. */
export type Word = [label: string, text: string, style?: Style | undefined];

/** `label text` pairs; the later ones are left out where they do not fit. */
export function words(width: number, pairs: Word[]): Line {
	const pieces = pairs.map(([label, text, style], index) => ({
		line: [span(label === '' || text === '' ? label : `${label} `, 'muted'), span(text, style)],
		rank: pairs.length - index,
	}));
	const gap =
		pairs.reduce((sum, [label, text]) => sum + cellsOf(label) + cellsOf(text) + 1, 0) + 3 * pairs.length > width
			? 2
			: 3;
	return [span(' '), ...packPieces(pieces, width - 1, gap)];
}

/** The same in as many rows as they need; nothing is left out. */
export function wordRows(width: number, pairs: Word[]): Line[] {
	const rows: Word[][] = [];
	let cells = 0;
	for (const pair of pairs) {
		const needed = cellsOf(pair[0]) + cellsOf(pair[1]) + 3;
		const row = rows.at(-1);
		if (row && cells + needed <= width) {
			row.push(pair);
			cells += needed;
		} else {
			rows.push([pair]);
			cells = needed;
		}
	}
	return rows.map(row => words(width, row));
}
