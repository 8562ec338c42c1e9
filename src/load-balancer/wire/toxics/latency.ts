import type {CreateToxic} from '../toxic.ts';

/** Everything is late by `latencyMs` and up to `jitterMs` more or less, from the moment it came. Order is kept. */
export const latency: CreateToxic<{latencyMs: number; jitterMs: number}> = ({latencyMs, jitterMs}, random) => ({
	keepUntil: (_, now) => now + Math.max(0, latencyMs + jitterMs * (2 * random() - 1)),
});
