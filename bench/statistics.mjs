/** The middle value; the mean of the two middle ones of an even number. */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median and range of one figure over the rounds. */
export function spread(values) {
	return {
		median: median(values),
		min: Math.min(...values),
		max: Math.max(...values),
	};
}

/**
 * Paired ratio of two systems: each round's value over the other's of the same
 * round, so that a slow minute of the machine touches both sides alike.
 */
export function pairedRatio(values, others) {
	return spread(values.map((value, round) => value / others[round]));
}

/** Runs `measure(item)` for all items, round by round: A B C, C B A, A B C … */
export async function interleave(items, rounds, measure) {
	for (let round = 0; round < rounds; round++) {
		const order = round % 2 === 0 ? items : [...items].reverse();
		for (const item of order) await measure(item, round);
	}
}
