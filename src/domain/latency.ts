/**
 * Latencies in an HDR histogram (Tene): 3 significant digits from 1 µs to an hour, mergeable, never only an average:
 * a message that waited behind others while all stood still may be minutes late.
 * Everything outside this file speaks milliseconds.
 */

// By file: the package's index brings along its encodings and WebAssembly, which no program here needs.
import int32Histogram from 'hdr-histogram-js/dist/Int32Histogram.js';
import type {LatencyCounts} from './tick.ts';

const Histogram = int32Histogram.default;
type Histogram = InstanceType<typeof Histogram>;

const longestUs = 3_600_000_000;

/** Percentiles and extremes, in milliseconds. All null when nothing was counted: unknown is not 0. */
export type LatencySummary = {[key in (typeof summaryKeys)[number]]: number | null} & {count: number};
const summaryKeys = ['mean', 'p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'max'] as const;

/** A growing count of latencies. */
export type Latency = {
	record(ms: number): void;
	/** Adds what another process counted. */
	merge(counts: LatencyCounts): void;
	/** What was counted since the last call, in ascending order, and starts anew. */
	drain(): LatencyCounts;
	summary(): LatencySummary;
	reset(): void;
};

export function createLatency(): Latency {
	const histogram = new Histogram(1, longestUs, 3);
	return {
		record: ms => histogram.recordValue(toUs(ms)),
		merge: counts => {
			for (const [us, count] of counts) histogram.recordValueWithCount(us, count);
		},
		drain: () => {
			const counts = histogram.totalCount === 0 ? [] : countsOf(histogram);
			histogram.reset();
			return counts;
		},
		summary: () => summarize(histogram),
		reset: () => histogram.reset(),
	};
}

/** The `quantile` (0–1) of drained counts in milliseconds, or null when there are none. */
export function quantileOf(counts: LatencyCounts, quantile: number): number | null {
	let total = 0;
	for (const [, count] of counts) total += count;
	if (total === 0) return null;
	const wanted = Math.max(1, Math.ceil(quantile * total));
	let seen = 0;
	for (const [us, count] of counts) {
		seen += count;
		if (seen >= wanted) return us / 1000;
	}
	return null;
}

/** The same over counts that were drained one after the other. */
export function quantileOfAll(all: LatencyCounts[], quantile: number): number | null {
	const merged = new Map<number, number>();
	for (const counts of all) for (const [us, count] of counts) merged.set(us, (merged.get(us) ?? 0) + count);
	return quantileOf(
		[...merged].sort(([one], [other]) => one - other),
		quantile,
	);
}

function toUs(ms: number): number {
	return Math.min(longestUs, Math.max(1, Math.round(ms * 1000)));
}

function countsOf(histogram: Histogram): LatencyCounts {
	const counts: LatencyCounts = [];
	const iterator = histogram.recordedValuesIterator;
	iterator.reset();
	while (iterator.hasNext()) {
		const value = iterator.next();
		counts.push([value.valueIteratedTo, value.countAtValueIteratedTo]);
	}
	return counts;
}

function summarize(histogram: Histogram): LatencySummary {
	const count = histogram.totalCount;
	if (count === 0)
		return {mean: null, p50: null, p75: null, p90: null, p95: null, p99: null, p999: null, max: null, count: 0};
	const at = (percent: number) => histogram.getValueAtPercentile(percent) / 1000;
	return {
		mean: Math.round(histogram.mean) / 1000,
		p50: at(50),
		p75: at(75),
		p90: at(90),
		p95: at(95),
		p99: at(99),
		p999: at(99.9),
		max: histogram.maxValue / 1000,
		count,
	};
}
