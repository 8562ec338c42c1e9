import {perSecondAt, type Rate} from '../../domain/rate.ts';

/** The rates `+` and `-` step through: 1, 2, 5, 10, … 50,000 messages a second, then `max`. */
const steps = [0, 1, 2, 3, 4].flatMap(power => [1, 2, 5].map(factor => factor * 10 ** power));

/** `ageMs`: how long it has been the rate; `reachedPerSecond`: what is reached, where no rate says how fast it is now. */
type RateNow = {rate: Rate; ageMs: number; reachedPerSecond: number};

/** The next faster rate, or undefined when there is none. One that varies is left where it has got to. */
export function fasterRate(now: RateNow): number | 'max' | undefined {
	if (now.rate === 'max') return undefined;
	const from = perSecond(now);
	return steps.find(step => step > from) ?? 'max';
}

/** The next slower rate, or undefined when there is none. Down from `max` it is slower than what is reached now. */
export function slowerRate(now: RateNow): number | undefined {
	const from = perSecond(now);
	const slower = steps.findLast(step => step < from);
	return typeof now.rate === 'number' ? slower : (slower ?? 1);
}

function perSecond({rate, ageMs, reachedPerSecond}: RateNow): number {
	return perSecondAt(rate, ageMs) ?? reachedPerSecond;
}
