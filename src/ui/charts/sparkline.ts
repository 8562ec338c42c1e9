const levels = {unicode: ' ▁▂▃▄▅▆▇█', ascii: ' .:-=+*#@'};

/**
 * The last `width` values as one row of `width` characters, the newest at the right end; `max` is full height. Nothing
 * is a blank, and whatever is more than nothing is seen.
 */
export function sparkline(values: number[], {width, max, ascii}: {width: number; max: number; ascii: boolean}): string {
	const steps = ascii ? levels.ascii : levels.unicode;
	const shown = width > 0 ? values.slice(-width) : [];
	const row = shown.map(value => steps[levelOf(value, max)]!).join('');
	return row.padStart(Math.max(0, width), ' ');
}

function levelOf(value: number, max: number): number {
	if (!(value > 0) || !(max > 0)) return 0;
	return Math.min(8, Math.max(1, Math.round((value / max) * 8)));
}
