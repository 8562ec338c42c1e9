/** Texts as rows of a terminal that is only written to: cut between words, never wider than asked. */

/** `width` in cells; `most` rows, the last of which ends in `…` where there was more; `indent` stands before all but the first. */
type Room = {width: number; most: number; indent: string};

/** The rows of a text. What belongs together (`p99 2 ms`, `lost 0`) stays so where a comma or two spaces part it from the next. */
export function fitRows(text: string, {width, most, indent}: Room): string[] {
	const rows: string[] = [];
	let rest = text;
	while (rows.length < most) {
		const lead = rows.length === 0 ? '' : indent;
		const room = width - lead.length;
		const whole = beginning(rest, room);
		if (whole === rest) return [...rows, lead + rest];
		if (rows.length === most - 1) return [...rows, `${lead}${beginning(rest, room - 1).trimEnd()}…`];
		const cut = whole.slice(0, breakOf(whole, rest));
		rows.push(lead + cut.trimEnd());
		rest = rest.slice(cut.length).trimStart();
	}
	return rows;
}

/** Where a row may end: between two things that are told, otherwise between words, otherwise anywhere. */
function breakOf(row: string, text: string): number {
	// A blank right behind it is a place too.
	const places = text.slice(0, row.length + 1);
	const last = (sign: RegExp, least: number) =>
		[...places.matchAll(sign)].map(({index, 0: found}) => index + found.length).findLast(place => place >= least);
	return Math.min(row.length, last(/[,;] | {2,}/g, (row.length * 2) / 3) ?? last(/ /g, row.length / 3) ?? row.length);
}

/** As much of a text as takes at most so many cells. */
function beginning(text: string, width: number): string {
	let cells = 0;
	let end = 0;
	for (const character of text) {
		cells += cellsOf(character);
		if (cells > width) return text.slice(0, end);
		end += character.length;
	}
	return text;
}

/** Rather too many than too few: no character below the Hangul Jamo takes two cells, and none takes more than two. */
function cellsOf(character: string): number {
	const code = character.codePointAt(0)!;
	return code < 0x1100 || code === 0x2026 ? 1 : 2;
}
