/** Which messages are asked for and not sent yet: by plan, or, in a closed loop, whenever a client is free. */

import {constantLoad, createSchedule, type OpenArrivals, type Schedule} from '../domain/load-shape.ts';
import type {Arrivals, Rate} from '../domain/plan.ts';
import type {Random} from '../domain/random.ts';
import {createRing} from './ring.ts';

export type Demand = {
	/** Lets what has become due by `at` wait to be taken. */
	advance(at: number): void;
	/** The planned time of a message to be sent now, the longest due first; undefined: none is due at `at`. */
	take(at: number): number | undefined;
	/** When the next message becomes due; Infinity when nothing is planned. */
	readonly nextAt: number;
	/** Messages that are due and not taken; those over the bound, which no one will ever send. */
	readonly backlog: number;
	readonly dropped: number;
	/** True once there will be no more. */
	readonly isOver: boolean;
	/** `max` closes the loop, a number opens it. */
	setRate(rate: Rate, at: number): void;
	/** No more messages; the backlog is forgotten. */
	end(): void;
};

/** `limit`: so many messages in all. Times are monotonic milliseconds. */
export type DemandSettings = {rate: Rate; arrivals: Arrivals; random: Random; startAt: number; limit: number};

/** The most messages that wait for a free client. */
export const backlogBound = 10_000;

export function createDemand({rate, arrivals, random, startAt, limit}: DemandSettings): Demand {
	const openArrivals: OpenArrivals = arrivals === 'closed' ? 'constant' : arrivals;
	const plannedTimes = createRing<number>(backlogBound);
	let schedule: Schedule | undefined;
	let isClosed = false;
	let left = limit;
	let dropped = 0;

	const advance = (at: number) => {
		while (schedule && left > 0 && schedule.nextAt <= at) {
			if (!plannedTimes.push(schedule.take())) dropped++;
			left--;
		}
	};
	const setRate = (to: Rate, at: number) => {
		advance(at);
		isClosed = to === 'max';
		if (to === 'max') schedule = undefined;
		else if (schedule) schedule.follow(constantLoad(to), at);
		else schedule = createSchedule({shape: constantLoad(to), arrivals: openArrivals, random, startAt: at});
	};
	setRate(arrivals === 'closed' ? 'max' : rate, startAt);

	return {
		advance,
		take: at => {
			if (plannedTimes.size > 0) return plannedTimes.shift();
			if (!isClosed || left === 0) return undefined;
			left--;
			return at;
		},
		get nextAt() {
			return schedule && left > 0 ? schedule.nextAt : Number.POSITIVE_INFINITY;
		},
		get backlog() {
			return plannedTimes.size;
		},
		get dropped() {
			return dropped;
		},
		get isOver() {
			return left === 0 && plannedTimes.size === 0;
		},
		setRate,
		end: () => {
			left = 0;
			while (plannedTimes.shift() !== undefined);
		},
	};
}
