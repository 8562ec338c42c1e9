/** When rare things happened, exactly, for a tick that comes only ten times a second. */

/** Two moments nearer than this are one: a storm of errors makes a tick no longer than 20 numbers. */
export const momentGapMs = 5;

/** Moments that are gathered until the next tick. */
export type Moments = {
	/** It happened at `at` (monotonic ms). */
	mark(at: number): void;
	/** The moments since the last call, in order; undefined when there were none. */
	drain(): number[] | undefined;
};

/** More between two drains than a tick has room for: someone has stopped draining. */
const mostMoments = 200;

export function createMoments(): Moments {
	let moments: number[] = [];
	let last = Number.NEGATIVE_INFINITY;
	return {
		mark: at => {
			if (at - last < momentGapMs || moments.length >= mostMoments) return;
			last = at;
			moments.push(at);
		},
		drain: () => {
			if (moments.length === 0) return undefined;
			const drained = moments;
			moments = [];
			return drained;
		},
	};
}
