/** The charts of the traffic pane in their order: one row here is one chart there. */

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

/** The charts from one on, the first after the last. */
export function chartsFrom(chart: ChartId): ChartId[] {
	const first = chartIds.indexOf(chart);
	return [...chartIds.slice(first), ...chartIds.slice(0, first)];
}
