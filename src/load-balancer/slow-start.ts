/** A server that comes back gets more and more, not all at once: HAProxy's `slowstart`. */

import type {Backend} from './backend.ts';
import type {Clock} from './clock.ts';

/** HAProxy's least step of a weight: a server that has just come back gets something. */
const leastPart = 1 / 16;

/** The part of its weight that a server gets `elapsedMs` after it came back: linear, 1 at the end of the window. */
export function slowPart(elapsedMs: number, windowMs: number): number {
	return Math.min(1, leastPart + elapsedMs / windowMs);
}

type SlowStart = {
	/** The server has just come back. */
	begin(backend: Backend): void;
	/** It is SLOW no more, for whatever reason. */
	end(backend: Backend): void;
	/** The part of its weight that the server is to have now. */
	partOf(backend: Backend): number;
};

type SlowStartParts = {
	windowMs: number;
	clock: Clock;
	/** The server's part is another now. */
	grown(backend: Backend): void;
	/** Its time is over. */
	warmed(backend: Backend): void;
};

/** An algorithm makes its tables anew at each step, so there are not many. */
const steps = 20;
const leastStepMs = 250;

export function createSlowStart({windowMs, clock, grown, warmed}: SlowStartParts): SlowStart {
	const stepMs = Math.max(leastStepMs, windowMs / steps);
	const slow = new Map<Backend, {since: number; cancel: () => void}>();

	const partOf = (backend: Backend) => {
		const start = slow.get(backend);
		return start ? slowPart(clock.now() - start.since, windowMs) : 1;
	};

	const step = (backend: Backend) => {
		if (partOf(backend) === 1) return warmed(backend);
		slow.get(backend)!.cancel = clock.after(stepMs, () => step(backend));
		grown(backend);
	};

	const end = (backend: Backend) => {
		slow.get(backend)?.cancel();
		slow.delete(backend);
	};

	return {
		begin: backend => {
			end(backend);
			slow.set(backend, {since: clock.now(), cancel: clock.after(stepMs, () => step(backend))});
		},
		end,
		partOf,
	};
}
