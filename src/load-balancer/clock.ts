import type {Now} from '../domain/clock.ts';

/** Time for what waits and measures, so that a test can be its master. `after` gives back what cancels it. */
export type Clock = {now: Now; after(ms: number, then: () => void): () => void};

/** The machine's own time. */
export function systemClock(now: Now): Clock {
	return {
		now,
		after: (ms, then) => {
			const timer = setTimeout(then, ms);
			return () => clearTimeout(timer);
		},
	};
}
