/** Says when the client manager has become the limit, so that nobody takes its figures for the system's. */

import {formatDuration} from '../domain/duration.ts';
import {saturatedLagMs} from '../domain/tick.ts';
import {phrase} from '../words/words.ts';

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
				phrase(
					'generator saturated: its own loop came {time} late (more than {most} ms); rate and latencies are now the limit of this client manager or machine, not of the system',
					{time: formatDuration(loopLagMs), most: saturatedLagMs},
				),
			);
		calm = 0;
	};
}
