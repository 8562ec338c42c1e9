/**
 * When messages are due, free of any clock: a load shape says how load grows with time, arrivals how messages lie on
 * it. Another shape is one more function, another way to arrive one more row.
 */

import type {Arrivals} from './plan.ts';
import type {Random} from './random.ts';
import type {VaryingRate} from './rate.ts';

/**
 * Load since the shape began, in messages (a real number), and its inverse: the last moment at which the load is still
 * at most that, Infinity when it never gets beyond.
 */
type LoadShape = {
	messagesBy(ms: number): number;
	msUntil(messages: number): number;
};

/** The shape of a rate, from the moment it was set. */
export function shapeOf(rate: number | VaryingRate): LoadShape {
	if (typeof rate === 'number') return constantLoad(rate);
	switch (rate.type) {
		case 'ramp':
			return piecewiseLoad([{ms: rate.overMs, from: rate.from, to: rate.to}], rate.to);
		case 'steps':
			return piecewiseLoad(
				rate.rates.slice(0, -1).map(perSecond => ({ms: rate.stepMs, from: perSecond, to: perSecond})),
				rate.rates.at(-1)!,
			);
		case 'bursts':
			return burstLoad(rate);
	}
}

/** The same number of messages every second. */
export function constantLoad(perSecond: number): LoadShape {
	return {
		messagesBy: ms => (ms * perSecond) / 1000,
		msUntil: messages => (perSecond === 0 ? Number.POSITIVE_INFINITY : (messages * 1000) / perSecond),
	};
}

/** A stretch of time over which the rate goes evenly from one number of messages a second to another. */
type Stretch = {ms: number; from: number; to: number};

/** One stretch after the other, then `last` messages a second for ever. */
function piecewiseLoad(stretches: Stretch[], last: number): LoadShape {
	let startMs = 0;
	let startLoad = 0;
	const pieces = stretches.map(stretch => {
		const piece = {...stretch, startMs, startLoad};
		startMs += stretch.ms;
		startLoad += loadWithin(stretch, stretch.ms);
		return {...piece, endMs: startMs, endLoad: startLoad};
	});
	const rest = constantLoad(last);
	const [restMs, restLoad] = [startMs, startLoad];
	return {
		messagesBy: ms => {
			const piece = pieces.find(({endMs}) => ms < endMs);
			return piece ? piece.startLoad + loadWithin(piece, ms - piece.startMs) : restLoad + rest.messagesBy(ms - restMs);
		},
		msUntil: messages => {
			const piece = pieces.find(({endLoad}) => messages < endLoad);
			if (!piece) return restMs + rest.msUntil(messages - restLoad);
			return piece.startMs + msWithin(piece, messages - piece.startLoad);
		},
	};
}

function loadWithin({ms, from, to}: Stretch, at: number): number {
	return (from * at + ((to - from) * at * at) / (2 * ms)) / 1000;
}

/** Solves `loadWithin = load` for the time, in the form of the quadratic formula that loses no digits near 0. */
function msWithin({ms, from, to}: Stretch, load: number): number {
	if (load <= 0) return 0;
	const growth = (to - from) / (2 * ms);
	return (2000 * load) / (from + Math.sqrt(Math.max(0, from * from + 4000 * growth * load)));
}

/** `base` a second, and `burst` messages at once at the end of every period. */
function burstLoad({base, burst, everyMs}: {base: number; burst: number; everyMs: number}): LoadShape {
	const steady = constantLoad(base);
	const within = steady.messagesBy(everyMs);
	const each = within + burst;
	return {
		messagesBy: ms => steady.messagesBy(ms) + burst * Math.floor(ms / everyMs),
		msUntil: messages => {
			const periods = Math.floor(messages / each);
			// Rounding may leave less than nothing of a whole period: no message is due before the one ahead of it.
			const rest = Math.max(0, messages - periods * each);
			return periods * everyMs + (rest < within ? steady.msUntil(rest) : everyMs);
		},
	};
}

/** Arrivals that are planned; `closed` ones come when an answer does. */
export type OpenArrivals = Exclude<Arrivals, 'closed'>;

/** The planned time of one message after the other, on the caller's clock in milliseconds. */
export type PlannedTimes = {
	/** When the next message is due; Infinity when there is none. */
	readonly nextAt: number;
	/** Takes the next message and gives its planned time. */
	take(): number;
};

/** Planned times that follow a rate. */
export type Schedule = PlannedTimes & {
	/**
	 * Lets load grow by another shape from `at` on. What has grown towards the next message stays: no burst, no gap.
	 * Everything due before `at` must have been taken.
	 */
	follow(shape: LoadShape, at: number): void;
};

/** `ageMs`: the shape began so long before `startAt`; what was due until then is not. */
type ScheduleSettings = {
	shape: LoadShape;
	arrivals: OpenArrivals;
	random: Random;
	startAt: number;
	ageMs?: number;
};

/**
 * Lays arrivals on a load: message k is due when the load reaches the sum of k gaps, drawn for one message per unit of
 * load. With gaps drawn from the unit exponential that is a Poisson process of the shape's rate, also of a rate that
 * changes (time rescaling: Brown et al. 2002).
 */
export function createSchedule({shape: first, arrivals, random, startAt, ageMs = 0}: ScheduleSettings): Schedule {
	const {firstLoad, nextLoad} = arrivalRows[arrivals];
	let shape = first;
	let anchorAt = startAt - ageMs;
	let anchorLoad = -shape.messagesBy(ageMs);
	let load = firstLoad(random);
	// Rounding must not plan the past.
	const timeOf = () => Math.max(startAt, anchorAt + shape.msUntil(load - anchorLoad));
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

/** Times as they were recorded, in ascending order, counted from `startAt` less `ageMs`; earlier ones are left out. */
export function recordedTimes(
	timesMs: readonly number[],
	{startAt, ageMs}: {startAt: number; ageMs: number},
): PlannedTimes {
	const first = timesMs.findIndex(ms => ms >= ageMs);
	let next = first < 0 ? timesMs.length : first;
	const timeOf = () => startAt - ageMs + (timesMs[next] ?? Number.POSITIVE_INFINITY);
	return {
		get nextAt() {
			return timeOf();
		},
		take: () => {
			const due = timeOf();
			next++;
			return due;
		},
	};
}
