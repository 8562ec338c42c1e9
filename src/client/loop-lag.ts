/**
 * How late the event loop of this process comes: a timer of a few milliseconds tells. A loop that is late answers late
 * and sends late, whatever the system under test does.
 */

import type {Now} from '../domain/clock.ts';

type LoopLag = {
	/** The longest lateness since the last call, ms, that of a timer now overdue included. */
	drain(): number;
	/** No measuring any more. May be called twice. */
	stop(): void;
};

const everyMs = 5;
/** Timers count whole milliseconds, so the best of them comes up to so much late. */
const timerErrorMs = 1;

/** `from` (monotonic ms): what was due before it is not counted. */
export function createLoopLag(now: Now, from: number): LoopLag {
	let dueAt = now() + everyMs;
	let worst = 0;
	const measure = () => {
		if (dueAt >= from) worst = Math.max(worst, now() - dueAt - timerErrorMs);
	};
	const beat = () => {
		measure();
		dueAt = now() + everyMs;
		timer.refresh();
	};
	const timer = setTimeout(beat, everyMs);
	timer.unref();
	return {
		drain: () => {
			measure();
			const lag = worst;
			worst = 0;
			return lag;
		},
		stop: () => clearTimeout(timer),
	};
}
