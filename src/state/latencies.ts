/** Latencies as the client manager counted them: of the whole run, by server, and of the last ten seconds. */

import {createLatency} from '../domain/latency.ts';
import {addBins, binsOf} from '../domain/latency-bins.ts';
import type {ClientsTick} from '../domain/tick.ts';
import {baselineMs, recentMs, type State} from './state.ts';

/** The state with the latencies added that were counted until `at`. */
export function withLatency(
	state: State,
	{all, uncorrected, byServer}: NonNullable<ClientsTick['latency']>,
	at: number,
): State {
	const {histograms} = state;
	histograms.all.merge(all);
	histograms.uncorrected.merge(uncorrected);
	const servers = state.servers.map(server => {
		const counts = byServer[server.name];
		if (!counts || counts.length === 0) return server;
		histograms.byServer[server.name] ??= createLatency();
		const histogram = histograms.byServer[server.name]!;
		histogram.merge(counts);
		return {...server, latency: histogram.summary(), bins: addBins(server.bins, binsOf(counts))};
	});
	return {
		...state,
		servers,
		recent: {
			all,
			byServer: Object.fromEntries(state.servers.map(({name}) => [name, byServer[name] ?? []])),
		},
		recentCounts: [...state.recentCounts, {at, counts: all}],
		latency: histograms.all.summary(),
		uncorrectedLatency: histograms.uncorrected.summary(),
	};
}

/** Counts come once a second, each of the second before; a run's last ones may be of less. */
const halfASecond = 500;

/**
 * The state with the latency of the {@link recentMs} before `at`, to half a second: as many seconds of counts as come nearest
 * to it.
 */
export function withRecentLatency(state: State, at: number): State {
	const recentCounts = state.recentCounts.filter(({at: then}) => then > at - baselineMs);
	const {recent} = state.histograms;
	recent.reset();
	const since = Math.max(at - recentMs, (recentCounts.at(-1)?.at ?? at) - recentMs + halfASecond);
	for (const {at: then, counts} of recentCounts) if (then > since) recent.merge(counts);
	return {...state, recentCounts, recentLatency: recent.summary()};
}
