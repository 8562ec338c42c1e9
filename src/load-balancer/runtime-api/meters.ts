/** Rates and greatest values, made of the balancer's own counts by looking at them ten times a second. */

import type {Now} from '../../domain/clock.ts';

/** Per second over the last whole second, and the greatest such second. */
export type Rate = {perSecond: number; max: number};

type Meters = {
	/** A counter: asked for its rate. */
	rate(name: string): Rate;
	/** A gauge: the greatest value seen. */
	max(name: string): number;
	/** Takes in the counts of a moment. A name that is not among them is forgotten. */
	look(counts: {counters: Record<string, number>; gauges: Record<string, number>}): void;
};

type Second = {at: number; counters: Record<string, number>};

export function createMeters(now: Now): Meters {
	let last: Second | undefined;
	let rates = new Map<string, Rate>();
	let peaks = new Map<string, number>();
	const none: Rate = {perSecond: 0, max: 0};

	/** A counter that starts anew, or has just come, counts from nothing. */
	const rateOf = (name: string, count: number, from: Second, seconds: number): Rate => {
		const before = from.counters[name] ?? 0;
		const perSecond = Math.round(Math.max(0, count >= before ? count - before : count) / seconds);
		return {perSecond, max: Math.max(perSecond, rates.get(name)?.max ?? 0)};
	};

	return {
		rate: name => rates.get(name) ?? none,
		max: name => peaks.get(name) ?? 0,
		look: ({counters, gauges}) => {
			const at = now();
			peaks = new Map(Object.entries(gauges).map(([name, value]) => [name, Math.max(value, peaks.get(name) ?? 0)]));
			const seconds = last ? (at - last.at) / 1000 : 0;
			if (last && seconds < 0.95) return;
			const from = last;
			if (from)
				rates = new Map(Object.entries(counters).map(([name, count]) => [name, rateOf(name, count, from, seconds)]));
			last = {at, counters};
		},
	};
}
