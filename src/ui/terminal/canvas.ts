/**
 * Where finished rows wait for the painter. Ink decides which rectangles there are; what it is given to draw is one mark
 * each, a character, all in one row, and the painter puts the rectangles' rows where they belong. Ink's own way of drawing
 * text costs 30–45 ms for a full 120×40 screen and keeps each text it has ever measured, its way of laying out marks over
 * the screen still 5 ms, three times as much for the first; this costs 3 ms and keeps nothing.
 */

import type {Act} from '../keymap/key-row.ts';

/** A rectangle's rows from its top left corner, each exactly `width` cells wide. `cursor`: the cell that keys go to. */
export type Drawing = Place & {
	width: number;
	rows: string[];
	cursor?: Place | undefined;
	targets?: Targets | undefined;
};

/** By row: what a click on it leads to. */
export type Targets = readonly (Act[] | undefined)[];

/** In cells, from the top left corner. */
export type Place = {x: number; y: number};

/** `cursor`: where the terminal's cursor belongs; of several the lowest, which is where text is written. */
type Composed = {rows: string[]; cursor?: Place};

/** What is drawn where: Ink lays out marks, and what they stand for is put in their places. */
export type Canvas = {
	/** A mark of one's own; given back by `free`. */
	allot(): string;
	free(mark: string): void;
	/** Says what stands where the mark is. */
	draw(mark: string, drawing: Drawing): void;
	/** What a click on a cell leads to, by what is drawn there. */
	targetAt(place: Place): Act[];
	/** The whole screen's rows from a frame of Ink's: the marks of what is on it. */
	compose(frame: string, size: {columns: number; rows: number}): Composed;
};

// ASCII: for anything else Ink asks how wide it is, and the first answer takes a tenth of a second.
const firstMark = 0x21;
const lastMark = 0x7e;

export function createCanvas(): Canvas {
	const drawings = new Map<string, Drawing>();
	const free: string[] = [];
	let next = firstMark;
	let shown: Drawing[] = [];
	return {
		allot: () => {
			const mark = free.pop();
			if (mark !== undefined) return mark;
			if (next > lastMark) throw new Error('more rectangles on the screen than there are marks');
			return String.fromCharCode(next++);
		},
		free: mark => {
			drawings.delete(mark);
			free.push(mark);
		},
		draw: (mark, drawing) => drawings.set(mark, drawing),
		targetAt: ({x, y}) => {
			const hit = shown.find(one => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.rows.length);
			return hit?.targets?.[y - hit.y] ?? [];
		},
		compose: (frame, {columns, rows}) => {
			const screen = Array.from({length: rows}, () => ({text: '', cells: 0}));
			let cursor: Place | undefined;
			// From left to right, so that rows grow by appending.
			shown = [...frame].flatMap(mark => drawings.get(mark) ?? []).sort((a, b) => a.x - b.x);
			for (const {x, y, width, rows: texts, cursor: at} of shown) {
				if (at && y + at.y < rows && y + at.y > (cursor?.y ?? -1))
					cursor = {x: Math.min(x + at.x, columns - 1), y: y + at.y};
				for (const [index, text] of texts.entries()) {
					const row = screen[y + index];
					if (!row) break;
					row.text += ' '.repeat(Math.max(0, x - row.cells)) + text;
					row.cells = x + width;
				}
			}
			const finished = screen.map(({text, cells}) => text + ' '.repeat(Math.max(0, columns - cells)));
			return {rows: finished, ...(cursor && {cursor})};
		},
	};
}
