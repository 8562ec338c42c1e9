/** What HAProxy's runtime API answers, as names and texts. Pure; nothing in there can move a terminal any more. */

import {escapeText} from '../domain/escape.ts';

/** A row of `show stat`, by the names in its first line; an empty cell is not there. */
export type StatRow = Record<string, string>;

/** The rows of `show stat`; undefined: it is no such answer. */
export function readStat(text: string): StatRow[] | undefined {
	const [head, ...lines] = csvRows(text);
	if (head?.[0] !== '# pxname' || head[1] !== 'svname') return undefined;
	const names = ['pxname', ...head.slice(1)];
	return lines.map(cells => {
		const known = names.flatMap((name, index): [string, string][] =>
			name === '' || (cells[index] ?? '') === '' ? [] : [[name, escapeText(cells[index]!)]],
		);
		return Object.assign(Object.create(null), Object.fromEntries(known)) as StatRow;
	});
}

/** The lines of `show info`; undefined: it is no such answer. */
export function readInfo(text: string): StatRow | undefined {
	const info = Object.create(null) as StatRow;
	for (const [, name, value] of text.matchAll(/^([^:\n]+): (.*)$/gm)) info[name!] = escapeText(value!.trim());
	return info.Name !== undefined && info.Version !== undefined ? info : undefined;
}

/** RFC 4180: a cell with commas, quotes or ends of lines stands in quotes. Empty lines are none. */
function csvRows(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\r?\n|$)/g)) {
		row.push((quoted?.replaceAll('""', '"') ?? plain ?? '').replace(/\r$/, ''));
		if (end === ',') continue;
		if (row.some(cell => cell !== '')) rows.push(row);
		row = [];
	}
	return rows;
}
