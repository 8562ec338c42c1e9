import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {constantLoad, createSchedule, type OpenArrivals, type Schedule} from '../../src/domain/load-shape.ts';
import {seededRandom} from '../../src/domain/random.ts';

const scheduleOf = (perSecond: number, arrivals: OpenArrivals = 'constant', seed = 1) =>
	createSchedule({shape: constantLoad(perSecond), arrivals, random: seededRandom(seed), startAt: 1000});

/** Takes everything due before `at`. */
function takeUntil(schedule: Schedule, at: number): number[] {
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
