/** Full-jitter exponential backoff: `random(0, min(cap, base · 2^n))` (Brooker, "Exponential Backoff And Jitter", AWS 2015). */

import type {Random} from './random.ts';

/** Milliseconds. `baseMs` bounds the first wait, `capMs` every wait. */
type BackoffSettings = {baseMs: number; capMs: number};

/** The wait before try number `attempt` (0 is the first retry), in milliseconds. */
export function backoffMs({baseMs, capMs}: BackoffSettings, attempt: number, random: Random): number {
	return random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30));
}
