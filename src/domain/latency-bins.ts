/** Latencies in few, logarithmic bins: ten to a decade from 1 µs. Plain data for charts, where an HDR histogram is too much. */

import type {LatencyCounts} from './tick.ts';

/** `counts` of the bins from the `from`th on; nothing was counted outside of them. */
export type LatencyBins = {from: number; counts: number[]};

/** Nothing was counted. */
export const noBins: LatencyBins = {from: 0, counts: []};

const perDecade = 10;

/** The bin that a latency belongs to. */
export function binOf(microseconds: number): number {
	// A value that is the very edge of a bin must not fall below it by rounding.
	return Math.max(0, Math.floor(Math.log10(Math.max(1, microseconds)) * perDecade + 1e-9));
}

/** Where a bin begins, in milliseconds; the next one's beginning is its end. */
export function binEdgeMs(bin: number): number {
	return 10 ** (bin / perDecade) / 1000;
}

/** Counts by value as bins. */
export function binsOf(counted: LatencyCounts): LatencyBins {
	const counts = new Map<number, number>();
	for (const [microseconds, count] of counted) {
		const bin = binOf(microseconds);
		counts.set(bin, (counts.get(bin) ?? 0) + count);
	}
	if (counts.size === 0) return noBins;
	const from = Math.min(...counts.keys());
	const to = Math.max(...counts.keys());
	return {from, counts: Array.from({length: to - from + 1}, (_, index) => counts.get(from + index) ?? 0)};
}

/** Both together; neither is changed. */
export function addBins(a: LatencyBins, b: LatencyBins): LatencyBins {
	if (a.counts.length === 0) return b;
	if (b.counts.length === 0) return a;
	const from = Math.min(a.from, b.from);
	const to = Math.max(a.from + a.counts.length, b.from + b.counts.length);
	const at = ({from: first, counts}: LatencyBins, bin: number) => counts[bin - first] ?? 0;
	return {from, counts: Array.from({length: to - from}, (_, index) => at(a, from + index) + at(b, from + index))};
}

/** How many were counted. */
export function binTotal({counts}: LatencyBins): number {
	return counts.reduce((sum, count) => sum + count, 0);
}

/** The bin that a quantile (0–1) falls in; undefined when nothing was counted. */
export function quantileBin(bins: LatencyBins, quantile: number): number | undefined {
	const wanted = Math.max(1, Math.ceil(quantile * binTotal(bins)));
	let seen = 0;
	const index = bins.counts.findIndex(count => {
		seen += count;
		return seen >= wanted;
	});
	return index < 0 ? undefined : bins.from + index;
}
