/** Where a chart's axis ends and what its labels say. */

import {rateText} from '../text/number-text.ts';

const roundSteps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The least round number (1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 × 10^n) that is at least `value`; 1 for nothing. */
export function niceCeiling(value: number): number {
	if (!(value > 0)) return 1;
	const power = 10 ** Math.floor(Math.log10(value));
	const step = roundSteps.find(factor => factor * power >= value * 0.999_999) ?? 10;
	return step * power;
}

/** Whole powers of ten around some positive values, at least one decade wide; [1, 10] when there are none. */
export function decadesAround(values: number[]): {from: number; to: number} {
	const positive = values.filter(value => value > 0);
	if (positive.length === 0) return {from: 1, to: 10};
	let least = Number.POSITIVE_INFINITY;
	let most = 0;
	for (const value of positive) {
		least = Math.min(least, value);
		most = Math.max(most, value);
	}
	const from = 10 ** Math.floor(Math.log10(least) + 1e-9);
	const to = 10 ** Math.ceil(Math.log10(most) - 1e-9);
	return {from, to: Math.max(to, from * 10)};
}

/** Where a value stands between two others on a logarithmic axis, 0–1. */
export function logPosition(value: number, {from, to}: {from: number; to: number}): number {
	if (!(value > from)) return 0;
	return Math.min(1, Math.log(value / from) / Math.log(to / from));
}

/** Cells that a label of a scale may take. */
export const labelCells = 6;

/** A value at a scale: with its unit where there is room, `250k` where there is not even for its digits. */
export function scaleText(value: number, unit = ''): string {
	const digits = rateText(value);
	if (digits.length + unit.length <= labelCells) return digits + unit;
	if (digits.length <= labelCells) return digits;
	return value < 1e6 ? `${Number((value / 1e3).toPrecision(3))}k` : `${Number((value / 1e6).toPrecision(3))}M`;
}
