import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createLatency, quantileOf, quantileOfAll} from '../../src/domain/latency.ts';
import type {LatencyCounts} from '../../src/domain/tick.ts';

const latencies = fc.array(fc.double({min: 0, max: 4_000_000, noNaN: true}), {minLength: 1, maxLength: 200});

function countsOf(values: number[]): LatencyCounts {
	const latency = createLatency();
	for (const ms of values) latency.record(ms);
	return latency.drain();
}

/** What an HDR histogram with 3 digits may make of a value: 1 µs at least, an hour at most, 0.1 % off. */
function isNear(ms: number, exactMs: number): boolean {
	const exact = Math.min(3_600_000, Math.max(0.001, exactMs));
	return Math.abs(ms - exact) <= exact * 0.001 + 0.0006;
}

describe('drain', () => {
	test('counts every value once, in ascending order, near its true size', () => {
		fc.assert(
			fc.property(latencies, values => {
				const counts = countsOf(values);
				const drained = counts.flatMap(([us, count]) => new Array<number>(count).fill(us / 1000));
				expect(drained.length).toBe(values.length);
				expect(counts.every(([us], index) => us > (counts[index - 1]?.[0] ?? 0))).toBe(true);
				const sorted = values.toSorted((a, b) => a - b);
				expect(drained.filter((ms, index) => !isNear(ms, sorted[index]!))).toEqual([]);
			}),
		);
	});

	test('starts anew', () => {
		const latency = createLatency();
		latency.record(5);
		expect(latency.drain()).toHaveLength(1);
		expect(latency.drain()).toEqual([]);
		latency.record(7);
		latency.record(7);
		expect(latency.drain()).toEqual([[7003, 2]]);
	});
});

test('merging what others drained is as if all had been recorded here', () => {
	fc.assert(
		fc.property(latencies, latencies, (left, right) => {
			const merged = createLatency();
			merged.merge(countsOf(left));
			merged.merge(countsOf(right));
			const together = countsOf([...left, ...right]);
			expect(merged.summary().count).toBe(left.length + right.length);
			expect(merged.drain()).toEqual(together);
		}),
	);
});

test('a quantile over several counts is that of all together', () => {
	fc.assert(
		fc.property(fc.array(latencies, {maxLength: 5}), all => {
			expect(quantileOfAll(all.map(countsOf), 0.99)).toBe(quantileOf(countsOf(all.flat()), 0.99));
		}),
	);
	expect(quantileOfAll([], 0.5)).toBeNull();
});

describe('summary', () => {
	test('of nothing is unknown, not 0', () => {
		const {count, ...rest} = createLatency().summary();
		expect(count).toBe(0);
		expect(new Set(Object.values(rest))).toEqual(new Set([null]));
	});

	test('of 1 to 1000 ms has the quantiles one expects', () => {
		const latency = createLatency();
		for (let ms = 1; ms <= 1000; ms++) latency.record(ms);
		const summary = latency.summary();
		for (const [key, ms] of Object.entries({
			mean: 500.5,
			p50: 500,
			p75: 750,
			p90: 900,
			p95: 950,
			p99: 990,
			p999: 999,
			max: 1000,
		}))
			expect(isNear(summary[key as 'p50']!, ms), `${key} is ${summary[key as 'p50']}`).toBe(true);
		latency.reset();
		expect(latency.summary().count).toBe(0);
	});
});

test.each<[LatencyCounts, number, number | null]>([
	[[], 0.5, null],
	[[[1000, 1]], 0.5, 1],
	[
		[
			[1000, 99],
			[9000, 1],
		],
		0.99,
		1,
	],
	[
		[
			[1000, 99],
			[9000, 1],
		],
		0.991,
		9,
	],
	[
		[
			[1000, 2],
			[2000, 2],
		],
		0,
		1,
	],
	[
		[
			[1000, 2],
			[2000, 2],
		],
		1,
		2,
	],
])('the quantile of %j at %d is %s', (counts, quantile, ms) => {
	expect(quantileOf(counts, quantile)).toBe(ms);
});
