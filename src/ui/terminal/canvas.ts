/**
 * Where finished rows wait for the painter. Ink lays the screen out; what it is given to draw is one mark per rectangle,
 * a character, and the painter puts the rectangle's rows in the mark's place. Ink's own way of drawing
 * text costs 30–45 ms for a full 120×40 screen and keeps each text it has ever measured; this costs 3 ms and keeps none.
 */

import type {Act} from '../keymap/key-row.ts';

/** A rectangle's rows, top first, each exactly `width` cells wide. `cursor`: the cell in it that keys go to. */
export type Drawing = {width: number; rows: string[]; cursor?: Place | undefined; targets?: Targets | undefined};

/** By row: what a click on it leads to. */
export type Targets = readonly (Act[] | undefined)[];

/** In cells, from the top left corner. */
export type Place = {x: number; y: number};

/** `cursor`: where the terminal's cursor belongs; of several the lowest, which is where text is written. */
export type Composed = {rows: string[]; cursor?: Place};

export type Canvas = {
	/** A mark of one's own; given back by `free`. */
	allot(): string;
	free(mark: string): void;
	/** Says what stands where the mark is. */
	draw(mark: string, drawing: Drawing): void;
	/** What a click on a cell leads to, by what is drawn there. */
	targetAt(place: Place): Act[];
	/** The whole screen's rows from a frame of Ink's: lines of marks and spaces. */
	compose(frame: string, size: {columns: number; rows: number}): Composed;
};

// ASCII: for anything else Ink asks how wide it is, and the first answer takes a tenth of a second.
const firstMark = 0x21;
const lastMark = 0x7e;

export function createCanvas(): Canvas {
	const drawings = new Map<string, Drawing>();
	const free: string[] = [];
	let next = firstMark;
	let shown: Placed[] = [];
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
			const hit = shown.find(
				({x: left, y: top, drawing: {width, rows}}) =>
					x >= left && x < left + width && y >= top && y < top + rows.length,
			);
			return hit?.drawing.targets?.[y - hit.y] ?? [];
		},
		compose: (frame, {columns, rows}) => {
			const screen = Array.from({length: rows}, () => ({text: '', cells: 0}));
			let cursor: Place | undefined;
			shown = placed(frame, drawings);
			for (const {x, y, drawing} of shown) {
				const at = drawing.cursor && {x: x + drawing.cursor.x, y: y + drawing.cursor.y};
				if (at && at.y < rows && at.y > (cursor?.y ?? -1)) cursor = {...at, x: Math.min(at.x, columns - 1)};
				for (const [index, text] of drawing.rows.entries()) {
					const row = screen[y + index];
					if (!row) break;
					row.text += ' '.repeat(Math.max(0, x - row.cells)) + text;
					row.cells = x + drawing.width;
				}
			}
			const finished = screen.map(({text, cells}) => text + ' '.repeat(Math.max(0, columns - cells)));
			return {rows: finished, ...(cursor && {cursor})};
		},
	};
}

type Placed = {x: number; y: number; drawing: Drawing};

/** From left to right, so that rows grow by appending. */
function placed(frame: string, drawings: Map<string, Drawing>): Placed[] {
	const found: Placed[] = [];
	for (const [y, line] of frame.split('\n').entries()) {
		for (let x = 0; x < line.length; x++) {
			const drawing = drawings.get(line[x]!);
			if (drawing) found.push({x, y, drawing});
		}
	}
	return found.sort((a, b) => a.x - b.x);
}
