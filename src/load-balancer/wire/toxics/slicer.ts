import type {CreateToxic} from '../toxic.ts';

/** Timers are this coarse: so late, slices follow each other until the pace is right again. */
const longestDebtMs = 20;

/** Cuts bytes into pieces of `averageBytes` and up to `variationBytes` more or less, with a pause after each. */
export const slicer: CreateToxic<{averageBytes: number; variationBytes: number; delayMs: number}> = (
	{averageBytes, variationBytes, delayMs},
	random,
) => {
	let at = Number.NEGATIVE_INFINITY;
	return {
		keepUntil: (_, now) => now,
		allow: (length, now, since) => {
			if (now < at) return {bytes: 0, next: at};
			at = Math.max(at, since, now - longestDebtMs) + delayMs;
			const size = Math.round(averageBytes + variationBytes * (2 * random() - 1));
			return {bytes: Math.min(length, Math.max(1, size)), next: at};
		},
	};
};
