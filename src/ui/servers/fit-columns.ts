/** A column as far as fitting is concerned. */
type Sized = {width: [least: number, most: number]; rank: number};

/**
 * The columns that fit in `width` cells with one cell between them, each with its width: the lowest ranks are left out,
 * then what room is left goes to those that can grow, evenly. `dropped` are those left out, in order.
 */
export function fitColumns<T extends Sized>(
	columns: T[],
	width: number,
): {shown: {column: T; width: number}[]; dropped: T[]} {
	const kept = new Set(columns);
	const least = () => [...kept].reduce((sum, column) => sum + column.width[0] + 1, -1);
	while (kept.size > 1 && least() > width) {
		const lowest = [...kept].reduce((low, column) => (column.rank < low.rank ? column : low));
		kept.delete(lowest);
	}
	const shown = columns.filter(column => kept.has(column)).map(column => ({column, width: column.width[0]}));
	let left = width - least();
	for (;;) {
		const growing = shown.filter(entry => entry.width < entry.column.width[1]);
		if (growing.length === 0 || left <= 0) break;
		for (const entry of growing) {
			if (left <= 0) break;
			entry.width++;
			left--;
		}
	}
	return {shown, dropped: columns.filter(column => !kept.has(column))};
}
