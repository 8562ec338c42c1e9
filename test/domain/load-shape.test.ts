import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	constantLoad,
	createSchedule,
	type OpenArrivals,
	type PlannedTimes,
	recordedTimes,
	shapeOf,
} from '../../src/domain/load-shape.ts';
import {seededRandom} from '../../src/domain/random.ts';
import {perSecondAt, type VaryingRate} from '../../src/domain/rate.ts';

const scheduleOf = (perSecond: number, arrivals: OpenArrivals = 'constant', seed = 1) =>
	createSchedule({shape: constantLoad(perSecond), arrivals, random: seededRandom(seed), startAt: 1000});

/** Takes everything due before `at`. */
function takeUntil(schedule: PlannedTimes, at: number): number[] {
	const times: number[] = [];
	while (schedule.nextAt < at) times.push(schedule.take());
	return times;
}

describe('constant arrivals', () => {
	test.each([
		[20, [1000, 1050, 1100, 1150]],
		[1, [1000, 2000, 3000, 4000]],
		[0.5, [1000, 3000, 5000, 7000]],
	])('%d/s is due at equal distances, the first at once', (rate, times) => {
		const schedule = scheduleOf(rate);
		expect([1, 2, 3, 4].map(() => schedule.take())).toEqual(times);
	});

	test('a million messages later it is still exact', () => {
		const schedule = scheduleOf(3000);
		for (let taken = 0; taken < 1_000_000; taken++) schedule.take();
		expect(schedule.nextAt).toBeCloseTo(1000 + 1e9 / 3000, 6);
	});
});

describe('a change of the rate', () => {
	test('keeps what has grown towards the next message', () => {
		const schedule = scheduleOf(10);
		takeUntil(schedule, 1050);
		// Half a message has grown by 1050: the other half takes 500 ms at 1/s, 5 ms at 100/s.
		schedule.follow(constantLoad(1), 1050);
		expect(schedule.nextAt).toBeCloseTo(1550, 9);
		schedule.follow(constantLoad(100), 1050);
		expect(schedule.nextAt).toBeCloseTo(1055, 9);
	});

	test('makes neither burst nor gap: due is what the rates have asked for, whatever they were', () => {
		const change = fc.record({rate: fc.integer({min: 1, max: 5000}), forMs: fc.integer({min: 1, max: 400})});
		fc.assert(
			fc.property(fc.array(change, {minLength: 1, maxLength: 12}), changes => {
				const schedule = scheduleOf(changes[0]!.rate);
				let at = 1000;
				let load = 0;
				let taken = 0;
				for (const {rate, forMs} of changes) {
					schedule.follow(constantLoad(rate), at);
					const end = at + forMs;
					const times = takeUntil(schedule, end);
					expect(
						times.every((time, index) => time >= at - 1e-6 && time - (times[index - 1] ?? at) <= 1000 / rate + 1e-6),
					).toBe(true);
					at = end;
					load += (rate * forMs) / 1000;
					taken += times.length;
					expect(Math.abs(taken - load)).toBeLessThanOrEqual(1 + 1e-6);
				}
			}),
		);
	});
});

describe('poisson arrivals', () => {
	test('come at the rate, with gaps spread as an exponential', () => {
		const schedule = scheduleOf(1000, 'poisson');
		const times = takeUntil(schedule, 101_000);
		expect(times.length).toBeGreaterThan(98_500);
		expect(times.length).toBeLessThan(101_500);
		const gaps = times.map((time, index) => time - (times[index - 1] ?? 1000));
		const variance = gaps.reduce((sum, gap) => sum + (gap - 1) ** 2, 0) / gaps.length;
		expect(variance).toBeGreaterThan(0.95);
		expect(variance).toBeLessThan(1.05);
		const overTwice = gaps.filter(gap => gap > 2).length / gaps.length;
		expect(overTwice).toBeCloseTo(Math.exp(-2), 2);
	});

	test('follow a change of the rate, and the seed', () => {
		const run = (seed: number) => {
			const schedule = scheduleOf(100, 'poisson', seed);
			const before = takeUntil(schedule, 11_000);
			schedule.follow(constantLoad(10_000), 11_000);
			return [before, takeUntil(schedule, 12_000)];
		};
		const [slow, fast] = run(7);
		expect(slow!.length / 1000).toBeCloseTo(1, 0);
		expect(fast!.length / 10_000).toBeCloseTo(1, 1);
		expect(run(7)).toEqual([slow, fast]);
		expect(run(8)).not.toEqual([slow, fast]);
	});
});

describe('a shape', () => {
	const perSecond = fc.integer({min: 0, max: 3000});
	const ms = fc.integer({min: 20, max: 800});
	const varying: fc.Arbitrary<VaryingRate> = fc
		.oneof(
			fc.record({type: fc.constant('ramp' as const), from: perSecond, to: perSecond, overMs: ms}),
			fc.record({
				type: fc.constant('steps' as const),
				rates: fc.array(perSecond, {minLength: 2, maxLength: 6}),
				stepMs: ms,
			}),
			fc.record({
				type: fc.constant('bursts' as const),
				base: perSecond,
				burst: fc.integer({min: 1, max: 300}),
				everyMs: ms,
			}),
		)
		.filter(
			rate => rate.type === 'bursts' || (rate.type === 'ramp' ? rate.from + rate.to : Math.max(...rate.rates)) > 0,
		);
	const burstsBy = (rate: VaryingRate, at: number) =>
		rate.type === 'bursts' ? rate.burst * Math.floor(at / rate.everyMs) : 0;
	/** The integral of the rate, by the trapezoidal rule on every millisecond, and the bursts. */
	const integral = (rate: VaryingRate, from: number, to: number) => {
		let sum = burstsBy(rate, to) - burstsBy(rate, from);
		for (let at = from; at < to; at++) sum += (perSecondAt(rate, at)! + perSecondAt(rate, at + 1 - 1e-9)!) / 2000;
		return sum;
	};

	test('plans in any interval as many messages as the rate adds up to, give or take one', () => {
		fc.assert(
			fc.property(varying, fc.nat(3000), fc.nat(2000), (rate, from, length) => {
				const schedule = createSchedule({
					...{shape: shapeOf(rate), arrivals: 'constant', random: seededRandom(1), startAt: 0},
				});
				const before = takeUntil(schedule, from + 1e-6).length;
				const within = takeUntil(schedule, from + length + 1e-6);
				expect(Math.abs(within.length - integral(rate, from, from + length))).toBeLessThanOrEqual(1 + 1e-3);
				expect(Math.abs(before - integral(rate, 0, from))).toBeLessThanOrEqual(1 + 1e-3);
				expect(within).toEqual(within.toSorted((a, b) => a - b));
			}),
		);
	});

	test('never goes back in time where rounding leaves less than nothing of a period', () => {
		const {msUntil} = shapeOf({type: 'bursts', base: 1652, burst: 255, everyMs: 20});
		const times = Array.from({length: 20_000}, (_, n) => msUntil(n));
		expect(times).toEqual(times.toSorted((a, b) => a - b));
	});

	test('is its own inverse: after its time a load is reached, and not before', () => {
		fc.assert(
			fc.property(varying, fc.nat(2000), (rate, messages) => {
				const {messagesBy, msUntil} = shapeOf(rate);
				const at = msUntil(messages);
				if (at === Number.POSITIVE_INFINITY) {
					expect(messagesBy(1e9)).toBeLessThanOrEqual(messages + 1e-6);
					return;
				}
				expect(messagesBy(Math.max(0, at - 1e-6))).toBeLessThanOrEqual(messages + 1e-6);
				expect(messagesBy(at + 1e-6)).toBeGreaterThanOrEqual(messages - 1e-6);
			}),
		);
	});

	const timesOf = (rate: VaryingRate, until: number, ageMs = 0) =>
		takeUntil(
			createSchedule({
				...{shape: shapeOf(rate), arrivals: 'constant', random: seededRandom(1), startAt: 0, ageMs},
			}),
			until,
		);

	test('a ramp has its mean rate half way, and stays at its end', () => {
		const ramp = {type: 'ramp', from: 0, to: 1000, overMs: 10_000} as const;
		expect(timesOf(ramp, 5000)).toHaveLength(1250);
		expect(timesOf(ramp, 10_000)).toHaveLength(5000);
		expect(timesOf(ramp, 12_000)).toHaveLength(7000);
	});

	test('a ramp to 0 ends', () => {
		const times = timesOf({type: 'ramp', from: 100, to: 0, overMs: 10_000}, 1e12);
		expect([times.length, times.at(-1)! < 10_000]).toEqual([500, true]);
	});

	test('steps change at their moments', () => {
		const times = timesOf({type: 'steps', rates: [10, 0, 20], stepMs: 1000}, 4000);
		const inSecond = [0, 1, 2, 3].map(second => times.filter(at => Math.floor(at / 1000) === second).length);
		expect(inSecond).toEqual([10, 0, 20, 20]);
		expect(times[10]).toBe(2000);
	});

	test('a burst comes at one moment', () => {
		const times = timesOf({type: 'bursts', base: 2, burst: 50, everyMs: 1000}, 2500);
		expect(times.filter(at => at === 1000)).toHaveLength(51);
		expect(times.filter(at => at === 2000)).toHaveLength(51);
		expect(times.filter(at => at % 1000 !== 0)).toEqual([500, 1500]);
		expect(timesOf({type: 'bursts', base: 0, burst: 3, everyMs: 1000}, 2500)).toEqual([
			1000, 1000, 1000, 2000, 2000, 2000,
		]);
	});

	test('goes on in a later life where it has got to', () => {
		const ramp = {type: 'ramp', from: 0, to: 1000, overMs: 10_000} as const;
		expect(timesOf(ramp, 1000, 9000)).toHaveLength(950);
		expect(timesOf(ramp, 1000, 60_000)).toHaveLength(1000);
		expect(timesOf({type: 'bursts', base: 0, burst: 3, everyMs: 1000}, 500, 1700)).toEqual([300, 300, 300]);
	});

	test('takes poisson arrivals too, and the seed repeats them', () => {
		const run = (seed: number) =>
			takeUntil(
				createSchedule({
					shape: shapeOf({type: 'ramp', from: 0, to: 2000, overMs: 10_000}),
					...{arrivals: 'poisson', random: seededRandom(seed), startAt: 0},
				}),
				10_000,
			);
		expect(run(3)).toEqual(run(3));
		expect(run(3)).not.toEqual(run(4));
		expect(run(3).length / 10_000).toBeCloseTo(1, 1);
		expect(run(3).filter(at => at < 5000).length / 2500).toBeCloseTo(1, 0);
	});
});

describe('recorded times', () => {
	test('are given as they are, from the start', () => {
		const times = recordedTimes([0, 5, 5, 90], {startAt: 1000, ageMs: 0});
		expect(takeUntil(times, 1e9)).toEqual([1000, 1005, 1005, 1090]);
		expect(times.nextAt).toBe(Number.POSITIVE_INFINITY);
	});
	test('in a later life, without those that are past', () => {
		expect(takeUntil(recordedTimes([0, 5, 90], {startAt: 1000, ageMs: 6}), 1e9)).toEqual([1084]);
		expect(takeUntil(recordedTimes([0, 5, 90], {startAt: 1000, ageMs: 100}), 1e9)).toEqual([]);
	});
});
