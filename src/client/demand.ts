/** Which messages are asked for and not sent yet: by plan, or, in a closed loop, whenever a client is free. */

import {
	createSchedule,
	type OpenArrivals,
	type PlannedTimes,
	recordedTimes,
	type Schedule,
	shapeOf,
} from '../domain/load-shape.ts';
import type {Arrivals} from '../domain/plan.ts';
import type {Random} from '../domain/random.ts';
import type {Rate, WrittenRate} from '../domain/rate.ts';
import {createRing} from './ring.ts';

/** What is due and when, whatever load it comes from. Times are monotonic ms. */
export type Demand = {
	/** Lets what has become due by `at` wait to be taken. */
	advance(at: number): void;
	/** The planned time of a message to be sent now, the longest due first; undefined: none is due at `at`. */
	take(at: number): number | undefined;
	/** When the next message becomes due; Infinity when nothing is planned. */
	readonly nextAt: number;
	/** Messages that are due and not taken. */
	readonly backlog: number;
	/** Messages that were due and will never be taken: over the bound, or still waiting at the end. */
	readonly dropped: number;
	/** True once there will be no more. */
	readonly isOver: boolean;
	/** `max` closes the loop, any other rate opens it. */
	setRate(rate: WrittenRate, at: number): void;
	/** No more messages; the backlog is dropped. */
	end(): void;
};

/**
 * `limit`: so many messages in all. `loadAgeMs`: the load began so long before `startAt`, in an earlier life. Times are
 * monotonic milliseconds. `recordedMs`: the times of a recorded rate, in ascending order.
 */
export type DemandSettings = {
	rate: Rate;
	arrivals: Arrivals;
	random: Random;
	startAt: number;
	limit: number;
	loadAgeMs?: number;
	recordedMs?: readonly number[];
};

/** The most messages that wait for a free client. */
export const backlogBound = 100_000;

/** The demand of a load that begins at `startAt`, until so many messages as `limit` says were taken. */
export function createDemand(settings: DemandSettings): Demand {
	const {rate: firstRate, arrivals, random, startAt, limit, loadAgeMs: ageMs = 0, recordedMs = []} = settings;
	const openArrivals: OpenArrivals = arrivals === 'closed' ? 'constant' : arrivals;
	const plannedTimes = createRing<number>(backlogBound);
	/** Where messages come from: `following` a rate, `planned` in any way, or, without either, a closed loop. */
	let following: Schedule | undefined;
	let planned: PlannedTimes | undefined;
	let left = limit;
	let dropped = 0;

	const advance = (at: number) => {
		while (planned && left > 0 && planned.nextAt <= at) {
			if (!plannedTimes.push(planned.take())) dropped++;
			left--;
		}
	};
	const follow = (rate: WrittenRate, since: {startAt: number; ageMs: number}) => {
		if (rate === 'max') following = undefined;
		else if (following) following.follow(shapeOf(rate), since.startAt);
		else following = createSchedule({shape: shapeOf(rate), arrivals: openArrivals, random, ...since});
		planned = following;
	};
	if (arrivals === 'closed' || firstRate === 'max') follow('max', {startAt, ageMs});
	else if (typeof firstRate === 'object' && firstRate.type === 'recorded')
		planned = recordedTimes(recordedMs, {startAt, ageMs});
	else follow(firstRate, {startAt, ageMs});

	return {
		advance,
		take: at => {
			if (plannedTimes.size > 0) return plannedTimes.shift();
			if (planned || left === 0) return undefined;
			left--;
			return at;
		},
		get nextAt() {
			return planned && left > 0 ? planned.nextAt : Number.POSITIVE_INFINITY;
		},
		get backlog() {
			return plannedTimes.size;
		},
		get dropped() {
			return dropped;
		},
		get isOver() {
			return (left === 0 || planned?.nextAt === Number.POSITIVE_INFINITY) && plannedTimes.size === 0;
		},
		setRate: (rate, at) => {
			advance(at);
			follow(rate, {startAt: at, ageMs: 0});
		},
		end: () => {
			left = 0;
			for (; plannedTimes.size > 0; plannedTimes.shift()) dropped++;
		},
	};
}
