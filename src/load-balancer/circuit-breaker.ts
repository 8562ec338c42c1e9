/**
 * Envoy's circuit breaker (`circuit_breakers.thresholds`), for each server: past a bound it gets no more at once, and what
 * no server can take is refused without waiting. `maxconn` is the other kind of bound: there messages wait in line.
 */

import type {Backend} from './backends.ts';
import type {Frame} from './frame.ts';
import type {BreakerSettings, Limits, ServerAddress} from './settings.ts';

/** Who gets no more, by the settings of the breaker. */
export type CircuitBreaker = {
	/** True when no candidate will have room by waiting in line. */
	isOpen(candidates: readonly Backend[]): boolean;
	/** True when the server has as many messages that were sent again as it may. */
	isFullOfRetries(backend: Backend): boolean;
	retryBegan(frame: Frame, backend: Backend): void;
	retryEnded(frame: Frame, backend: Backend): void;
};

export function createCircuitBreaker({requests, retries}: BreakerSettings): CircuitBreaker {
	const retrying = new Map<Backend, number>();
	const count = (backend: Backend, change: number) => {
		const left = (retrying.get(backend) ?? 0) + change;
		if (left > 0) retrying.set(backend, left);
		else retrying.delete(backend);
	};
	return {
		isOpen: candidates => requests > 0 && candidates.every(({inFlight}) => inFlight >= requests),
		isFullOfRetries: backend => retries > 0 && (retrying.get(backend) ?? 0) >= retries,
		retryBegan: (frame, backend) => count(backend, frame.messages),
		retryEnded: (frame, backend) => count(backend, -frame.messages),
	};
}

/** How many messages a server may have before it counts as full: its `maxconn` or its breaker's; 0: no limit. */
export function roomOf({maxconn}: ServerAddress, {serverMaxconn, breaker}: Limits): number {
	const bounds = [maxconn ?? serverMaxconn, breaker.requests].filter(bound => bound > 0);
	return bounds.length === 0 ? 0 : Math.min(...bounds);
}
