/** What the clients did in a whole run, from their ticks, for a terminal and for a script. */

import {formatDuration} from '../domain/duration.ts';
import {createLatency, type LatencySummary} from '../domain/latency.ts';
import {type ClientCounts, type ClientsTick, retryCauses} from '../domain/tick.ts';

/** Times in ms. `dropped`: sends that were due and never made, because too many waited already. */
export type ClientsSummary = ClientCounts & {
	durationMs: number;
	dropped: number;
	ackedPerSecond: number;
	latencyMs: LatencySummary;
	uncorrectedLatencyMs: LatencySummary;
	ackedBy: Record<string, number>;
};

export type Summarizer = {
	/** Takes every tick there is, in order. */
	add(tick: ClientsTick): void;
	/** Undefined before the first tick. */
	summary(totals: {durationMs: number; dropped: number}): ClientsSummary | undefined;
};

export function createSummarizer(): Summarizer {
	const latency = createLatency();
	const uncorrected = createLatency();
	let last: ClientsTick | undefined;
	return {
		add: tick => {
			last = tick;
			if (!tick.latency) return;
			latency.merge(tick.latency.all);
			uncorrected.merge(tick.latency.uncorrected);
		},
		summary: ({durationMs, dropped}) => {
			if (!last) return undefined;
			const {sent, attempts, acked, failed, inFlight, retried, nak, retriesByCause, ackedBy} = last;
			return {
				durationMs: Math.round(durationMs),
				...{sent, attempts, acked, failed, inFlight, retried, nak, dropped},
				ackedPerSecond: Math.round((acked * 10_000) / Math.max(1, durationMs)) / 10,
				latencyMs: latency.summary(),
				uncorrectedLatencyMs: uncorrected.summary(),
				retriesByCause,
				ackedBy,
			};
		},
	};
}

/** One second, for a terminal; undefined for the ticks between two seconds. */
export function describeSecond(tick: ClientsTick, perSecond: number): string {
	const {sent, acked, failed, inFlight, retried, backlog} = tick;
	return `${perSecond.toFixed(1).padStart(9)} ACKs/s   sent ${sent}  acked ${acked}  failed ${failed}  in flight ${inFlight}  retried ${retried}  waiting ${backlog}`;
}

/** The closing words, in a few lines. */
export function formatSummary(summary: ClientsSummary): string {
	const {sent, attempts, acked, failed, inFlight, retried, nak, dropped, latencyMs, retriesByCause} = summary;
	const causes = retryCauses
		.filter(cause => retriesByCause[cause] > 0)
		.map(cause => `${cause} ${retriesByCause[cause]}`);
	const lines = [
		`sent ${sent} in ${formatDuration(summary.durationMs)}, ACKed ${acked} (${summary.ackedPerSecond}/s), failed ${failed}, in flight ${inFlight}`,
		`attempts ${attempts}, retried ${retried}${causes.length > 0 ? ` (${causes.join(', ')})` : ''}, NAKs ${nak}`,
	];
	if (dropped > 0) lines.push(`dropped ${dropped}: due, but too many waited already`);
	if (latencyMs.count > 0) lines.push(`latency ${formatLatency(latencyMs)} (from the planned time of sending)`);
	return lines.join('\n');
}

function formatLatency(latency: LatencySummary): string {
	return (['p50', 'p90', 'p99', 'p999', 'max'] as const)
		.map(key => `${key} ${latency[key] === null ? '-' : formatDuration(latency[key])}`)
		.join('  ');
}
