import {describe, expect, test} from 'vitest';
import {anchored} from '../../src/ui/terminal/anchored.ts';
import {createCanvas} from '../../src/ui/terminal/canvas.ts';
import {createPainter} from '../../src/ui/terminal/painter.ts';

function rig() {
	const canvas = createCanvas();
	const size = {columns: 10, rows: 3};
	const writes: string[] = [];
	const terminal = {isFree: true};
	const painter = createPainter({
		canvas,
		size: () => size,
		write: text => writes.push(text),
		isFree: () => terminal.isFree,
	});
	const [left, right] = [canvas.allot(), canvas.allot()];
	const frame = (leftRows: string[], rightRows: string[]) => {
		canvas.draw(left, {x: 0, y: 0, width: 4, rows: leftRows});
		canvas.draw(right, {x: 5, y: 0, width: 5, rows: rightRows});
		painter.stdout.write(left + right);
		return writes.splice(0);
	};
	return {canvas, painter, terminal, frame, left};
}

describe('the painter', () => {
	test('paints the first frame whole, then only the rows that changed, where they are', () => {
		const {frame} = rig();
		expect(frame(['ab  ', 'cd  '], ['efghi', 'jklmn'])).toEqual([
			'\x1b[?2026h\x1b[2J\x1b[1;1Hab   efghi\x1b[0m\x1b[2;1Hcd   jklmn\x1b[0m\x1b[3;1H          \x1b[0m\x1b[?2026l',
		]);
		expect(frame(['ab  ', 'cd  '], ['efghi', 'XXXXX'])).toEqual(['\x1b[?2026h\x1b[2;1Hcd   XXXXX\x1b[0m\x1b[?2026l']);
	});
	test('writes nothing when nothing changed', () => {
		const {frame} = rig();
		frame(['ab  '], []);
		expect(frame(['ab  '], [])).toEqual([]);
	});
	test('paints all again, behind a clear, once it was asked to', () => {
		const {frame, painter} = rig();
		frame(['ab  '], []);
		painter.renew();
		expect(frame(['ab  '], [])[0]).toContain('\x1b[2J\x1b[1;1Hab  ');
		expect(frame(['ab  '], [])).toEqual([]);
	});
	test('leaves out what the terminal could not take, and paints what is newest afterwards', () => {
		const {frame, painter, terminal} = rig();
		frame(['a   '], ['v    ']);
		terminal.isFree = false;
		expect(frame(['b   '], ['v    '])).toEqual([]);
		expect(frame(['c   '], ['w    '])).toEqual([]);
		expect(painter.isBehind()).toBe(true);
		terminal.isFree = true;
		expect(frame(['c   '], ['v    '])).toEqual(['\x1b[?2026h\x1b[1;1Hc    v    \x1b[0m\x1b[?2026l']);
		expect(painter.isBehind()).toBe(false);
	});
	test('is still while paused, and for ever once closed', () => {
		const {frame, painter} = rig();
		painter.pause();
		expect(frame(['a   '], [])).toEqual([]);
		painter.renew();
		expect(frame(['b   '], [])).toHaveLength(1);
		painter.close();
		painter.renew();
		expect(frame(['c   '], [])).toEqual([]);
	});
	test('never passes on what Ink does to cursors and screens', () => {
		const {painter} = rig();
		for (const text of ['', '\x1b[?25h', '\x1b[2J\x1b[3J\x1b[H']) painter.stdout.write(text);
		const {frame} = rig();
		expect(frame(['ab  '], []).join('')).not.toContain('\x1b[3J');
	});
});

test('a mark that was given back is used again and draws nothing of before', () => {
	const {canvas, left} = rig();
	canvas.draw(left, {x: 0, y: 0, width: 1, rows: ['x']});
	canvas.free(left);
	expect(canvas.compose(left, {columns: 2, rows: 1})).toEqual({rows: ['  ']});
	expect(canvas.allot()).toBe(left);
});

describe('the cursor', () => {
	const frameOf = ({canvas, painter, left}: ReturnType<typeof rig>, cursor: {x: number; y: number} | undefined) => {
		canvas.draw(left, {x: 1, y: 1, width: 4, rows: ['ab  ', 'cd  '], cursor});
		painter.stdout.write(left);
	};
	test('is put where keys go, behind what is painted; alone where nothing else changed', () => {
		const one = rig();
		const writes: string[] = [];
		const canvas = createCanvas();
		const left = canvas.allot();
		const size = {columns: 10, rows: 3};
		const painter = createPainter({canvas, size: () => size, write: text => writes.push(text), isFree: () => true});
		frameOf({...one, canvas, painter, left}, {x: 1, y: 0});
		expect(writes.splice(0).join('')).toContain('\x1b[2;3H\x1b[?2026l');
		frameOf({...one, canvas, painter, left}, {x: 0, y: 1});
		expect(writes.splice(0)).toEqual(['\x1b[3;2H']);
		frameOf({...one, canvas, painter, left}, {x: 0, y: 1});
		expect(writes).toEqual([]);
	});
});

describe('a row with characters that terminals count differently', () => {
	test('puts the cursor where it belongs behind each of them', () => {
		expect(anchored('│日🙂x│')).toBe('\x1b[K│日\x1b[4G🙂\x1b[6Gx│');
		expect(anchored('\x1b[34m日\x1b[39m│')).toBe('\x1b[K\x1b[34m日\x1b[3G\x1b[39m│');
	});
	test('of box characters too, where the terminal takes two cells for them', () => {
		expect(anchored('│ab│', true)).toBe('\x1b[K│\x1b[2Gab│\x1b[5G');
		expect(anchored('|ab|', true)).toBe('|ab|');
	});
	test('is untouched without them', () => expect(anchored('\x1b[34m│ab█▁⣿\x1b[39m')).toBe('\x1b[34m│ab█▁⣿\x1b[39m'));
});
