/** When the client manager has its turns: at the end of a turn of the event loop in which something happened, and by time. */

import type {Now} from '../domain/clock.ts';

type Pacer = {
	/** Something has happened: a turn at the end of this turn of the event loop. */
	request(): void;
	/** No turn any more. May be called twice. */
	stop(): void;
};

/** Timers of the event loop come up to so much late, in milliseconds. */
const timerErrorMs = 2;
/** After a sleep of at least so long it is cheap to wake early and to wait out the rest awake. */
const longSleepMs = 20;
const longestSleepMs = 3_600_000;

/** `turn` gets the time and gives the moment of the next turn (monotonic ms): past means soon, Infinity means no need. */
export function createPacer(now: Now, turn: (at: number) => number): Pacer {
	let isRequested = false;
	let isInTurn = false;
	let isStopped = false;
	let timer: NodeJS.Timeout | undefined;
	let wakesAt = Number.POSITIVE_INFINITY;
	let awaited = Number.NaN;

	const request = () => {
		if (isRequested || isInTurn || isStopped) return;
		isRequested = true;
		setImmediate(takeTurn);
	};

	const takeTurn = () => {
		isRequested = false;
		if (isStopped) return;
		isInTurn = true;
		const next = turn(now());
		isInTurn = false;
		plan(next);
	};

	/** A message that is late because its timer was would look slow: after a long sleep the last moment is waited awake. */
	const plan = (next: number) => {
		if (next === Number.POSITIVE_INFINITY) return;
		const at = now();
		const wait = next - at;
		if (wait <= 0 || (wait <= timerErrorMs && next === awaited)) return request();
		if (wait < longSleepMs) return wakeIn(wait, next);
		awaited = next;
		const sleep = Math.min(longestSleepMs, wait - timerErrorMs);
		wakeIn(sleep, at + sleep);
	};

	const wakeIn = (ms: number, at: number) => {
		if (at >= wakesAt) return;
		clearTimeout(timer);
		wakesAt = at;
		timer = setTimeout(wake, ms);
	};

	const wake = () => {
		wakesAt = Number.POSITIVE_INFINITY;
		request();
	};

	return {
		request,
		stop: () => {
			isStopped = true;
			clearTimeout(timer);
		},
	};
}
