/** Time that a test is the master of. */

import type {Clock} from '../../../src/load-balancer/clock.ts';

export type VirtualClock = Clock & {
	/** Lets so much time pass: what is due is called in order, at its own moment. */
	pass(ms: number): void;
	/** Timers that wait. */
	readonly pending: number;
};

export function virtualClock(): VirtualClock {
	let now = 0;
	let number = 0;
	let timers: {at: number; number: number; then: () => void}[] = [];
	return {
		now: () => now,
		after: (ms, then) => {
			const timer = {at: now + Math.max(0, ms), number: number++, then};
			timers.push(timer);
			return () => {
				timers = timers.filter(each => each !== timer);
			};
		},
		pass: ms => {
			const end = now + ms;
			for (;;) {
				const due = timers
					.filter(({at}) => at <= end)
					.reduce<(typeof timers)[number] | undefined>(
						(first, each) =>
							!first || each.at < first.at || (each.at === first.at && each.number < first.number) ? each : first,
						undefined,
					);
				if (!due) break;
				now = due.at;
				timers = timers.filter(each => each !== due);
				due.then();
			}
			now = end;
		},
		get pending() {
			return timers.length;
		},
	};
}
