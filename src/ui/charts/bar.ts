/** A meter of `width` cells, `part` (0–1) of them filled: the filled piece and the rest. More than nothing is seen. */
export function bar(part: number, {width, ascii}: {width: number; ascii: boolean}): {filled: string; track: string} {
	const clamped = Math.min(1, Math.max(0, Number.isFinite(part) ? part : 0));
	const cells = Math.max(clamped > 0 ? 1 : 0, Math.round(clamped * width));
	return {filled: (ascii ? '#' : '■').repeat(cells), track: (ascii ? '.' : '·').repeat(width - cells)};
}
