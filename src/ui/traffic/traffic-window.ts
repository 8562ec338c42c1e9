/** The last minutes of traffic as columns of a chart: one or more whole seconds each, or several columns a second. */

import {retryCauses} from '../../domain/tick.ts';
import type {Sample, State} from '../../state/state.ts';
import type {ColumnMark} from '../charts/time-axis.ts';

/** Oldest column first; a column without a sample is undefined. */
export type TrafficWindow = {
	columns: (Sample | undefined)[];
	/** The seconds in the columns, one by one. */
	samples: Sample[];
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
	{samples, marks, startedAt, runningAt}: State,
	{width, minutes}: {width: number; minutes: TimeScale},
): TrafficWindow {
	const secondsEach = Math.max(1, Math.ceil((minutes * 60) / width));
	const columnsEach = Math.max(1, Math.floor(width / (minutes * 60)));
	const newestAt = samples.at(-1)?.at ?? startedAt;
	const newest = Math.round((newestAt - startedAt) / 1000);
	// Seconds are told from the newest sample's, whose phase they share: one late sample does not move the others.
	const columnOf = (second: number) =>
		width -
		columnsEach -
		(Math.floor(newest / secondsEach) - Math.floor((newest + second) / secondsEach)) * columnsEach;
	const groups: Sample[][] = Array.from({length: width}, () => []);
	const shown: Sample[] = [];
	for (const sample of samples.slice(-Math.ceil(width / columnsEach) * secondsEach)) {
		const column = columnOf(Math.round((sample.at - newestAt) / 1000));
		if (column <= -columnsEach) continue;
		shown.push(sample);
		for (let next = Math.max(0, column); next < column + columnsEach; next++) groups[next]?.push(sample);
	}
	// A mark belongs to the second in which it happened: that one's sample was taken at its end.
	const markColumn = (at: number) => Math.min(width - columnsEach, columnOf(Math.ceil((at - newestAt) / 1000 - 0.01)));
	return {
		columns: groups.map(merged),
		samples: shown,
		// That all parts come up at the beginning is not worth a mark.
		marks: marks.filter(({at}) => at > (runningAt ?? startedAt)).map(({at, text}) => ({column: markColumn(at), text})),
		secondsPerColumn: secondsEach / columnsEach,
		seconds: Math.ceil((width * secondsEach) / columnsEach),
	};
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
