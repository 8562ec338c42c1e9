/** The charts of the traffic pane in their order: one row here is one chart there. */

import type {State} from '../../state/state.ts';
import {histogramChart} from './histogram-chart.ts';
import {latencyChart} from './latency-chart.ts';
import {rateChart} from './rate-chart.ts';
import {retriesChart} from './retries-chart.ts';
import type {TrafficChart} from './traffic-chart.ts';
import {waitingChart} from './waiting-chart.ts';

/** All of them, in the order in which they follow each other. */
export const trafficCharts = {
	rate: rateChart,
	latency: latencyChart,
	histogram: histogramChart,
	waiting: waitingChart,
	retries: retriesChart,
} satisfies Record<string, TrafficChart>;

export type ChartId = keyof typeof trafficCharts;

export const chartIds = Object.keys(trafficCharts) as ChartId[];

/** Those that there is something to draw in: a balancer that runs elsewhere tells no latency of a message, and no cause of a retry. */
export function chartsOf({watched}: Pick<State, 'watched'>): ChartId[] {
	return watched ? ['rate', 'waiting'] : chartIds;
}

/** The charts from one on, the first after the last. */
export function chartsFrom(chart: ChartId, all: ChartId[]): ChartId[] {
	const first = Math.max(0, all.indexOf(chart));
	return [...all.slice(first), ...all.slice(0, first)];
}
