/**
 * When messages are due, free of any clock: a load shape says how load grows with time, arrivals how messages lie on
 * it. A ramp or a step is one more function that returns a shape; another way to arrive is one more row.
 */

import type {Arrivals} from './plan.ts';
import type {Random} from './random.ts';

/** Load since the shape began, in messages (a real number), and the moment it gets there: each the other's inverse. */
export type LoadShape = {
	messagesBy(ms: number): number;
	msUntil(messages: number): number;
};

/** The same number of messages every second. */
export function constantLoad(perSecond: number): LoadShape {
	return {
		messagesBy: ms => (ms * perSecond) / 1000,
		msUntil: messages => (messages * 1000) / perSecond,
	};
}

/** Arrivals that are planned; `closed` ones come when an answer does. */
export type OpenArrivals = Exclude<Arrivals, 'closed'>;

/** The planned time of one message after the other, on the caller's clock in milliseconds, for ever. */
export type Schedule = {
	/** When the next message is due. */
	readonly nextAt: number;
	/** Takes the next message and gives its planned time. */
	take(): number;
	/**
	 * Lets load grow by another shape from `at` on. What has grown towards the next message stays: no burst, no gap.
	 * Everything due before `at` must have been taken.
	 */
	follow(shape: LoadShape, at: number): void;
};

export type ScheduleSettings = {shape: LoadShape; arrivals: OpenArrivals; random: Random; startAt: number};

/**
 * Lays arrivals on a load: message k is due when the load reaches the sum of k gaps, drawn for one message per unit of
 * load. With gaps drawn from the unit exponential that is a Poisson process of the shape's rate, also of a rate that
 * changes (time rescaling: Brown et al. 2002).
 */
export function createSchedule({shape: first, arrivals, random, startAt}: ScheduleSettings): Schedule {
	const {firstLoad, nextLoad} = arrivalRows[arrivals];
	let shape = first;
	let anchorAt = startAt;
	let anchorLoad = 0;
	let load = firstLoad(random);
	const timeOf = () => anchorAt + shape.msUntil(load - anchorLoad);
	let nextAt = timeOf();
	return {
		get nextAt() {
			return nextAt;
		},
		take: () => {
			const due = nextAt;
			load += nextLoad(random);
			nextAt = timeOf();
			return due;
		},
		follow: (next, at) => {
			anchorLoad += shape.messagesBy(at - anchorAt);
			anchorAt = at;
			shape = next;
			nextAt = timeOf();
		},
	};
}

type ArrivalRow = {firstLoad(random: Random): number; nextLoad(random: Random): number};

const exponential = (random: Random) => -Math.log(1 - random());

const arrivalRows: Record<OpenArrivals, ArrivalRow> = {
	constant: {firstLoad: () => 0, nextLoad: () => 1},
	poisson: {firstLoad: exponential, nextLoad: exponential},
};
