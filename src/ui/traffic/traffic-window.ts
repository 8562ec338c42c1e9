/** The last minute or more of traffic as columns of a chart, one or more whole seconds each. */

import type {Sample, State} from '../../state/state.ts';
import type {ColumnMark} from '../charts/time-axis.ts';

/** Oldest column first; a column without a sample is undefined. */
export type TrafficWindow = {
	columns: (Sample | undefined)[];
	marks: ColumnMark[];
	secondsPerColumn: number;
	/** Seconds that all columns cover. */
	seconds: number;
};

const leastSeconds = 60;

/** At least a minute in `width` columns. Columns are whole seconds by the run's clock, so that a chart moves and never flickers. */
export function trafficWindow({samples, marks, startedAt, runningAt}: State, width: number): TrafficWindow {
	const secondsPerColumn = Math.max(1, Math.ceil(leastSeconds / width));
	const newestAt = samples.at(-1)?.at ?? startedAt;
	const newest = Math.round((newestAt - startedAt) / 1000);
	// Seconds are told from the newest sample's, whose phase they share: one late sample does not move the others.
	const columnOf = (second: number) =>
		width - 1 - Math.floor(newest / secondsPerColumn) + Math.floor((newest + second) / secondsPerColumn);
	const columns: (Sample | undefined)[] = Array.from({length: width}, () => undefined);
	for (const sample of samples.slice(-width * secondsPerColumn)) {
		const column = columnOf(Math.round((sample.at - newestAt) / 1000));
		if (column >= 0) columns[column] = merged(columns[column], sample);
	}
	// A mark belongs to the second in which it happened: that one's sample was taken at its end.
	const markColumn = (at: number) => Math.min(width - 1, columnOf(Math.ceil((at - newestAt) / 1000 - 0.01)));
	return {
		columns,
		// That all parts come up at the beginning is not worth a mark.
		marks: marks.filter(({at}) => at > (runningAt ?? startedAt)).map(({at, text}) => ({column: markColumn(at), text})),
		secondsPerColumn,
		seconds: width * secondsPerColumn,
	};
}

/** Seconds that share a column: what shows a disturbance best, the last rate and the worst latency. */
function merged(before: Sample | undefined, sample: Sample): Sample {
	if (!before) return sample;
	return {
		...sample,
		failed: before.failed + sample.failed,
		retries: before.retries + sample.retries,
		p50: worst(before.p50, sample.p50),
		p99: worst(before.p99, sample.p99),
	};
}

function worst(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
