/** What the clients did in a whole run, from their ticks, for a terminal and for a script. */

import {formatDuration} from '../domain/duration.ts';
import {createLatency, type LatencySummary} from '../domain/latency.ts';
import {type ClientCounts, type ClientsTick, lateMs, retryCauses, saturatedLagMs} from '../domain/tick.ts';
import {figure, t} from '../words/words.ts';

/** Times in ms. */
type ClientsSummary = ClientCounts & {
	durationMs: number;
	generator: Generator;
	ackedPerSecond: number;
	latencyMs: LatencySummary;
	uncorrectedLatencyMs: LatencySummary;
	ackedBy: Record<string, number>;
};

type Summarizer = {
	/** Takes every tick there is, in order. */
	add(tick: ClientsTick): void;
	/** Undefined before the first tick. */
	summary(totals: {durationMs: number}): ClientsSummary | undefined;
};

/** Ticks (100 ms each) in which the client manager's own loop came over {@link saturatedLagMs} late, and by how much at most. */
type Generator = {saturatedTicks: number; worstLagMs: number};

/** Adds up a run of its own, tick by tick. */
export function createSummarizer(): Summarizer {
	const latency = createLatency();
	const uncorrected = createLatency();
	const generator: Generator = {saturatedTicks: 0, worstLagMs: 0};
	let last: ClientsTick | undefined;
	return {
		add: tick => {
			last = tick;
			generator.worstLagMs = Math.max(generator.worstLagMs, tick.loopLagMs);
			if (tick.loopLagMs > saturatedLagMs) generator.saturatedTicks++;
			if (!tick.latency) return;
			latency.merge(tick.latency.all);
			uncorrected.merge(tick.latency.uncorrected);
		},
		summary: ({durationMs}) => {
			if (!last) return undefined;
			const {sent, attempts, acked, failed, inFlight, retried, nak, late, dropped, retriesByCause, ackedBy} = last;
			return {
				durationMs: Math.round(durationMs),
				...{sent, attempts, acked, failed, inFlight, retried, nak, late, dropped, generator},
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
	const words = t(
		'sent {sent}  acked {acked}  failed {failed}  in flight {inFlight}  retried {retried}  waiting {waiting}',
		{
			...{sent, acked, failed, inFlight, retried, waiting: backlog},
		},
	);
	return `${figure(perSecond.toFixed(1)).padStart(9)} ${t('ACKs/s')}   ${words}`;
}

/** The closing words, in a few lines. */
export function formatSummary(summary: ClientsSummary): string {
	const {sent, attempts, acked, failed, inFlight, retried, nak, late, dropped, generator, retriesByCause} = summary;
	const {latencyMs, uncorrectedLatencyMs} = summary;
	const causes = retryCauses
		.filter(cause => retriesByCause[cause] > 0)
		.map(cause => `${cause} ${retriesByCause[cause]}`);
	const lines = [
		t('sent {sent} in {time}, ACKed {acked} ({perSecond}/s), failed {failed}, in flight {inFlight}', {
			...{sent, time: ms(summary.durationMs), acked, perSecond: summary.ackedPerSecond, failed, inFlight},
		}),
		t('attempts {attempts}, retried {retried}, NAKs {naks}', {
			attempts,
			retried: `${retried}${causes.length > 0 ? ` (${causes.join(', ')})` : ''}`,
			naks: nak,
		}),
	];
	if (late > 0) lines.push(t('late {count}: sent over {most} ms after they were due', {count: late, most: lateMs}));
	if (dropped > 0) lines.push(t('dropped {count}: due and never sent', {count: dropped}));
	if (generator.saturatedTicks > 0)
		lines.push(
			t('GENERATOR SATURATED: its loop came up to {time} late, over {most} ms in {number} tenths of a second', {
				...{time: ms(generator.worstLagMs), most: saturatedLagMs, number: generator.saturatedTicks},
			}),
		);
	if (latencyMs.count > 0) {
		const label = t('latency');
		lines.push(`${label} ${formatLatency(latencyMs)} (${t('from the planned time of sending')})`);
		lines.push(`${' '.repeat(label.length)} ${formatLatency(uncorrectedLatencyMs)} (${t('from the real one')})`);
	}
	return lines.join('\n');
}

function formatLatency(latency: LatencySummary): string {
	return (['p50', 'p90', 'p99', 'p999', 'max'] as const)
		.map(key => `${key === 'p999' ? 'p99.9' : key} ${latency[key] === null ? '-' : ms(latency[key])}`)
		.join('  ');
}

function ms(value: number): string {
	return figure(formatDuration(value));
}
