/** Says when the client manager has become the limit, so that nobody takes its figures for the system's. */

import {formatDuration} from '../domain/duration.ts';
import {saturatedLagMs} from '../domain/tick.ts';

/** After so many ticks without a lag the next one is said anew. */
const calmTicks = 100;

/** Takes the loop's worst lag of each tick, and says the first of a bad spell. */
export function createSaturationWatch(say: (text: string) => void): (loopLagMs: number) => void {
	let calm = calmTicks;
	return loopLagMs => {
		if (loopLagMs <= saturatedLagMs) {
			calm++;
			return;
		}
		if (calm >= calmTicks)
			say(
				`generator saturated: its own loop came ${formatDuration(loopLagMs)} late (more than ${saturatedLagMs} ms); ` +
					'rate and latencies are now the limit of this client manager or machine, not of the system',
			);
		calm = 0;
	};
}
