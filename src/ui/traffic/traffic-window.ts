/** The last minutes of traffic as columns of a chart: one or more whole seconds each, or several columns a second. */

import {addBins, type LatencyBins, noBins} from '../../domain/latency-bins.ts';
import {retryCauses} from '../../domain/tick.ts';
import type {Sample, State} from '../../state/state.ts';
import type {ColumnMark} from '../charts/time-axis.ts';

/** Oldest column first; a column without a sample is undefined. */
export type TrafficWindow = {
	columns: (Sample | undefined)[];
	/** The seconds in the columns, one by one, and all their latencies together. */
	samples: Sample[];
	bins: LatencyBins;
	marks: ColumnMark[];
	/** A fraction where a second has several columns. */
	secondsPerColumn: number;
	/** Seconds that all columns cover. */
	seconds: number;
};

/** What the charts' time scale can be: minutes that are shown at least. */
export const timeScales = [1, 2, 5, 10] as const;
export type TimeScale = (typeof timeScales)[number];

/** At least so many minutes in `width` columns. A second begins at a column, so that a chart moves and never flickers. */
export function trafficWindow(
	{samples, marks, startedAt, runningAt, watched}: State,
	{width, minutes}: {width: number; minutes: TimeScale},
): TrafficWindow {
	const grid = gridOf(samples, {width, minutes, startedAt});
	const {secondsEach, columnsEach, newestAt, columnOf} = grid;
	// A mark belongs to the second in which it happened: that one's sample was taken at its end.
	const markColumn = (at: number) => Math.min(width - columnsEach, columnOf(Math.ceil((at - newestAt) / 1000 - 0.01)));
	return {
		...filled(samples, {...grid, width, minutes, startedAt, lasts: Math.round(watched?.everySeconds ?? 1)}),
		// That all parts come up at the beginning is not worth a mark.
		marks: marks.filter(({at}) => at > (runningAt ?? startedAt)).map(({at, text}) => ({column: markColumn(at), text})),
		secondsPerColumn: secondsEach / columnsEach,
		seconds: Math.ceil((width * secondsEach) / columnsEach),
	};
}

type Scale = {width: number; minutes: TimeScale};

/** Which column a second is in; it is told from the newest sample's, whose phase all share: one late sample does not move the others. */
function gridOf(samples: Sample[], {width, minutes, startedAt}: Scale & {startedAt: number}) {
	const secondsEach = Math.max(1, Math.ceil((minutes * 60) / width));
	const columnsEach = Math.max(1, Math.floor(width / (minutes * 60)));
	const newestAt = samples.at(-1)?.at ?? startedAt;
	const newest = Math.round((newestAt - startedAt) / 1000);
	const columnOf = (second: number) =>
		width -
		columnsEach -
		(Math.floor(newest / secondsEach) - Math.floor((newest + second) / secondsEach)) * columnsEach;
	return {secondsEach, columnsEach, newestAt, columnOf};
}

type Filled = Pick<TrafficWindow, 'columns' | 'samples' | 'bins'>;

/** Seconds are what they are for a second: what has been made of them is drawn again until the next has passed. */
const made = new WeakMap<Sample[], Map<string, Filled>>();

/** `lasts`: the seconds that each sample is of. */
function filled(all: Sample[], grid: ReturnType<typeof gridOf> & Scale & {startedAt: number; lasts: number}): Filled {
	const {width, minutes, startedAt, lasts, secondsEach, columnsEach, newestAt, columnOf} = grid;
	const known = made.get(all) ?? new Map<string, Filled>();
	made.set(all, known);
	const key = `${width} ${minutes} ${startedAt}`;
	const before = known.get(key);
	if (before) return before;
	const groups: Sample[][] = Array.from({length: width}, () => []);
	const samples: Sample[] = [];
	for (const sample of all.slice(-Math.ceil(width / columnsEach) * secondsEach)) {
		const second = Math.round((sample.at - newestAt) / 1000);
		if (columnOf(second) <= -columnsEach) continue;
		samples.push(sample);
		for (let back = 0; back < lasts; back++) {
			const column = columnOf(second - back);
			for (let next = Math.max(0, column); next < column + columnsEach; next++) groups[next]?.push(sample);
		}
	}
	const bins = samples.reduce((sum, sample) => addBins(sum, sample.bins), noBins);
	const window = {columns: groups.map(merged), samples, bins};
	known.set(key, window);
	return window;
}

/** Seconds that share a column: rates are what came in them all, everything else is the worst second's. */
function merged(samples: Sample[]): Sample | undefined {
	const last = samples.at(-1);
	if (!last || samples.length === 1) return last;
	const mean = (of: (sample: Sample) => number) =>
		samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
	const most = (of: (sample: Sample) => number) => Math.max(...samples.map(of));
	const worst = (of: (sample: Sample) => number | null) => {
		const known = samples.map(of).filter(value => value !== null);
		return known.length === 0 ? null : Math.max(...known);
	};
	const names = new Set(samples.flatMap(({byServer}) => Object.keys(byServer)));
	const byCause = {...last.byCause};
	for (const cause of retryCauses) byCause[cause] = most(sample => sample.byCause[cause]);
	return {
		...last,
		acked: mean(({acked}) => acked),
		byServer: Object.fromEntries([...names].map(name => [name, mean(({byServer}) => byServer[name] ?? 0)])),
		failed: most(({failed}) => failed),
		retries: most(({retries}) => retries),
		byCause,
		inFlight: most(({inFlight}) => inFlight),
		waiting: most(({waiting}) => waiting),
		backlog: most(({backlog}) => backlog),
		p50: worst(({p50}) => p50),
		p90: worst(({p90}) => p90),
		p99: worst(({p99}) => p99),
	};
}
