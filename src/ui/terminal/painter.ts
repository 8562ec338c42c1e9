/**
 * Puts frames on the terminal: only rows that changed, each at its own place, the whole frame in one synchronized write;
 * and the cursor, seen or not, where keys go to.
 */

import {EventEmitter} from 'node:events';
import {anchored} from './anchored.ts';
import type {Canvas} from './canvas.ts';

export type Size = {columns: number; rows: number};

type Painter = {
	/** A stand-in for stdout. Ink in its debug mode writes a whole frame into it each time. */
	stdout: NodeJS.WriteStream;
	/** The next frame is painted as a whole, with a clear before it: after a resize, a suspension, or on request. */
	renew(): void;
	/** The terminal takes two cells for what is one elsewhere: every row holds its columns by itself. */
	doubt(): void;
	/** Nothing is painted until `renew`. */
	pause(): void;
	/** The last frame was left out, because the terminal had not taken the one before. */
	isBehind(): boolean;
	/** Nothing is painted ever again. May be called twice. */
	close(): void;
};

type Settings = {
	canvas: Canvas;
	size: () => Size;
	write: (text: string) => void;
	/** The terminal has taken all that was written; until then frames are left out, since only the newest is worth showing. */
	isFree: () => boolean;
};

export function createPainter({canvas, size, write, isFree}: Settings): Painter {
	let painted: string[] | undefined;
	let cursorAt = '';
	let isWide = false;
	let isPaused = false;
	let isBehind = false;
	let isClosed = false;

	const paint = (frame: string) => {
		if (isPaused || isClosed) return;
		isBehind = !isFree();
		if (isBehind) return;
		const {rows, cursor} = canvas.compose(frame, size());
		let changes = '';
		for (const [y, row] of rows.entries())
			if (row !== painted?.[y]) changes += `\x1b[${y + 1};1H${anchored(row, isWide)}\x1b[0m`;
		const move = cursor ? `\x1b[${cursor.y + 1};${cursor.x + 1}H` : '';
		if (changes !== '') write(`\x1b[?2026h${painted ? '' : '\x1b[2J'}${changes}${move}\x1b[?2026l`);
		else if (move !== cursorAt) write(move);
		painted = rows;
		cursorAt = move;
	};

	const stdout = Object.assign(new EventEmitter(), {
		isTTY: true,
		writable: true,
		write: (text: string) => {
			// Frames only: cursor and modes are the terminal's owner's business, not Ink's.
			if (text !== '' && !text.startsWith('\x1b')) paint(text);
			return true;
		},
	});
	Object.defineProperties(stdout, {columns: {get: () => size().columns}, rows: {get: () => size().rows}});

	return {
		stdout: stdout as unknown as NodeJS.WriteStream,
		renew: () => {
			isPaused = false;
			painted = undefined;
		},
		doubt: () => {
			isWide = true;
			painted = undefined;
		},
		pause: () => {
			isPaused = true;
		},
		isBehind: () => isBehind,
		close: () => {
			isClosed = true;
		},
	};
}
