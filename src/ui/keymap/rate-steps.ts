import type {Rate} from '../../domain/plan.ts';

/** The rates `+` and `-` step through: 1, 2, 5, 10, … 50,000 messages a second, then `max`. */
const steps = [0, 1, 2, 3, 4].flatMap(power => [1, 2, 5].map(factor => factor * 10 ** power));

/** The next faster rate, or undefined when there is none. */
export function fasterRate(rate: Rate): Rate | undefined {
	return rate === 'max' ? undefined : (steps.find(step => step > rate) ?? 'max');
}

/** The next slower rate, or undefined when there is none. Down from `max` it is slower than what is reached now. */
export function slowerRate(rate: Rate, reachedPerSecond: number): Rate | undefined {
	const from = rate === 'max' ? reachedPerSecond : rate;
	const slower = steps.findLast(step => step < from);
	return rate === 'max' ? (slower ?? 1) : slower;
}
