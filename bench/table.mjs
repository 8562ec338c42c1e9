/** A table with aligned columns: first column to the left, the rest right. */
export function formatTable(head, rows) {
	const lines = [head, ...rows];
	const widths = head.map((_, column) => Math.max(...lines.map(line => line[column].length)));
	const format = line =>
		line.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  ');
	const rule = widths.map(width => '─'.repeat(width)).join('──');
	return [format(head), rule, ...rows.map(format)].join('\n');
}

/** 33,647 */
export function whole(value) {
	return Math.round(value).toLocaleString('en-US');
}

/** 28,100–33,647 */
export function range({min, max}) {
	return `${whole(min)}–${whole(max)}`;
}

/** 2.22 (2.09–2.32) */
export function ratio({median, min, max}) {
	return `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`;
}

/** One line per figure to reach: what it is, what came out, what was asked. */
export function verdict(what, value, comparison, asked, unit = '') {
	const held = comparison === '≥' ? value >= asked : value <= asked;
	const shown = Number.isInteger(asked) && value >= 10 ? whole(value) : value.toFixed(2);
	return `${held ? '✓' : '✗'} ${what}: ${shown}${unit} (asked ${comparison} ${asked.toLocaleString('en-US')}${unit})`;
}
