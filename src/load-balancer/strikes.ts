/** Limits and time-outs that struck: counted by name for the tick, and told in log.txt, a flood in one line a second. */

import {type LimitName, noStrikes} from '../domain/tick.ts';
import type {LogManager} from '../log/log-manager.ts';

/** `text` says what became of whom; a client's own trouble is a `Connection` line, all else a `Server` line. */
export type Strike = {limit: LimitName; label: 'Connection' | 'Server'; text: string; times?: number};

/** Tells when limits strike, and counts: a limit that strikes all the time is a line a second. */
export type Strikes = {
	readonly counts: Record<LimitName, number>;
	/** Tells it now when it is the first of its kind since the last sweep, and else with the others of its kind. */
	tell(strike: Strike): void;
	/** Tells what gathered; called about once a second. */
	sweep(): void;
};

/** More kinds than limits times servers would mean that somebody makes them up. */
const mostKinds = 1000;

export function createStrikes(log: Pick<LogManager, 'write'>): Strikes {
	const counts = noStrikes();
	let gathered = new Map<string, Strike & {untold: number}>();

	const write = ({limit, label, text}: Strike, times: number) => {
		log.write(label, text, times > 1 ? {cause: limit, times} : {cause: limit});
	};

	return {
		counts,
		tell: strike => {
			const {limit, text, times = 1} = strike;
			counts[limit] += times;
			const key = `${limit} ${text}`;
			const known = gathered.get(key);
			if (known) known.untold += times;
			else if (gathered.size < mostKinds) {
				gathered.set(key, {...strike, untold: 0});
				write(strike, times);
			}
		},
		sweep: () => {
			if (gathered.size === 0) return;
			const told = gathered;
			gathered = new Map();
			for (const strike of told.values()) if (strike.untold > 0) write(strike, strike.untold);
		},
	};
}
