/**
 * What was read together is best answered together: an answer whose companions went to other servers waits for them a
 * moment. Else a client that has much under way gets it back in pieces, asks again in pieces, and ends up with a write
 * and a wake-up for each message.
 */

import type {Client} from './client.ts';

export type Holding = {
	/** May this turn's answers to the client, which are not complete, wait for others? */
	mayWait(client: Client): boolean;
	/** The client's answers are written now. */
	ends(client: Client): void;
	/** All were written but those to so many clients. */
	written(waiting: number): void;
	stop(): void;
};

/** Answers wait until so many of these times have passed. */
export const stepMs = 1;
const steps = 2;

/** When companions did not come by then, nothing waits for a while: twice as long each time, until some do. */
export const firstRestMs = 100;
const longestRestMs = 10_000;

/** `onDue` is called when some may have waited long enough. */
export function createHolding(onDue: () => void): Holding {
	let step = 1;
	let waiting = 0;
	let timer: NodeJS.Timeout | undefined;
	let rest: NodeJS.Timeout | undefined;
	let restMs = firstRestMs;

	const pass = () => {
		timer = undefined;
		step++;
		if (waiting === 0) return;
		timer = setTimeout(pass, stepMs);
		onDue();
	};

	const beginRest = () => {
		if (rest !== undefined) return;
		rest = setTimeout(() => {
			rest = undefined;
		}, restMs);
		restMs = Math.min(restMs * 2, longestRestMs);
	};

	return {
		mayWait: client => {
			if (client.heldIn === 0 && rest === undefined) client.heldIn = step;
			if (client.heldIn === 0) return false;
			if (step - client.heldIn < steps) return true;
			beginRest();
			return false;
		},
		ends: client => {
			if (client.heldIn > 0 && client.isComplete && rest === undefined) restMs = firstRestMs;
			client.heldIn = 0;
			client.isComplete = false;
		},
		written: clients => {
			waiting = clients;
			if (clients > 0) timer ??= setTimeout(pass, stepMs);
		},
		stop: () => {
			clearTimeout(timer);
			clearTimeout(rest);
		},
	};
}
