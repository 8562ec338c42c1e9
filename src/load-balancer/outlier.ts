/**
 * Which server stands out from the others by its errors: Envoy's outlier detection (its document of that name, and
 * outlier_detection.proto; gRPC A50 has the same), pure. When it is asked, and what is counted, is in `outlier-detector.ts`.
 */

import {phrase} from '../words/words.ts';
import type {OutlierSettings} from './health-settings.ts';

/** What one server did in an interval. */
export type Outcome<T> = {server: T; successes: number; failures: number};

/** A server to eject, and why. */
type Outlier<T> = {server: T; cause: string};

/** Servers whose part of successes lies far below that of the others. */
export function successRateOutliers<T>(outcomes: Outcome<T>[], {successRate}: OutlierSettings): Outlier<T>[] {
	const {servers, requests, deviations} = successRate;
	const judged = withVolume(outcomes, requests);
	if (judged.length < servers) return [];
	const mean = judged.reduce((sum, {rate}) => sum + rate, 0) / judged.length;
	const variance = judged.reduce((sum, {rate}) => sum + (rate - mean) ** 2, 0) / judged.length;
	const least = mean - deviations * Math.sqrt(variance);
	return judged
		.filter(({rate}) => rate < least)
		.map(({server, rate}) => ({
			server,
			cause: phrase('{part} answered, {mean} by all', {part: percent(rate), mean: percent(mean)}),
		}));
}

/** Servers of whose requests so many failed that no comparison is needed. */
export function failureOutliers<T>(outcomes: Outcome<T>[], {failurePercentage}: OutlierSettings): Outlier<T>[] {
	const judged = withVolume(outcomes, failurePercentage.requests);
	if (judged.length < failurePercentage.servers) return [];
	return judged
		.filter(({rate}) => (1 - rate) * 100 >= failurePercentage.percent)
		.map(({server, rate}) => ({server, cause: phrase('{part} failed', {part: percent(1 - rate)})}));
}

/** One server may always be out; more, as long as they are at most `maxPercent` of all. */
export function mayEject(ejected: number, servers: number, {maxPercent}: OutlierSettings): boolean {
	return ejected === 0 || (ejected + 1) * 100 <= maxPercent * servers;
}

/** How long a server is out that was ejected so many times (and not forgiven since). */
export function ejectionMs(times: number, {baseMs, maxMs}: OutlierSettings): number {
	return Math.min(baseMs * times, maxMs);
}

/** The count after one more ejection: it stops growing where the time does. */
export function countEjection(times: number, {baseMs, maxMs}: OutlierSettings): number {
	return times * baseMs < maxMs + baseMs ? times + 1 : times;
}

function withVolume<T>(outcomes: Outcome<T>[], requests: number) {
	return outcomes
		.filter(({successes, failures}) => successes + failures >= requests)
		.map(({server, successes, failures}) => ({server, rate: successes / (successes + failures)}));
}

function percent(part: number): string {
	return `${Math.round(part * 1000) / 10} %`;
}
