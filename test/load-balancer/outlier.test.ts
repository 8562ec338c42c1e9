import {describe, expect, it} from 'vitest';
import {
	countEjection,
	ejectionMs,
	failureOutliers,
	mayEject,
	successRateOutliers,
} from '../../src/load-balancer/outlier.ts';
import {defaultHealth} from './support/defaults.ts';
import {wellServers} from './support/standing.ts';

const on = {...defaultHealth.outlier, isOn: true};
const outcomes = (...percents: number[]) =>
	percents.map((percent, index) => ({server: index, successes: percent, failures: 100 - percent}));
const names = (outliers: {server: number}[]) => outliers.map(({server}) => server);

describe('by success rate', () => {
	it.each([
		// σ = 26.97, mean 86.8: the bar is 35.6
		[[99, 100, 98, 99, 100, 25], [5]],
		// four servers are too few, and five that fail alike do not stand out
		[[100, 100, 100, 0], []],
		[[20, 20, 20, 20, 20], []],
		// with five servers one alone lies 2 σ off, whatever it does; two never reach 1.9
		[[100, 100, 100, 100, 90], [4]],
		[[100, 100, 100, 0, 0], []],
	])('%j ejects %j', (percents, ejected) => {
		expect(names(successRateOutliers(outcomes(...percents), on))).toEqual(ejected);
	});
	it('leaves out servers with fewer than 100 requests', () => {
		const few = {server: 9, successes: 0, failures: 99};
		expect(names(successRateOutliers([...outcomes(100, 100, 100, 100, 90), few], on))).toEqual([4]);
		expect(names(successRateOutliers([...outcomes(100, 100, 100, 100), few], on))).toEqual([]);
	});
	it('tells by what', () => {
		expect(successRateOutliers(outcomes(100, 100, 100, 100, 90), on)[0]!.cause).toBe('90 % answered, 98 % by all');
	});
});

describe('by failures', () => {
	it.each([
		[
			[15, 15, 15, 15, 15],
			[0, 1, 2, 3, 4],
		],
		[[16, 100, 100, 100, 15], [4]],
		[[0, 0, 0, 0], []],
	])('%j ejects %j', (percents, ejected) => {
		expect(names(failureOutliers(outcomes(...percents), on))).toEqual(ejected);
	});
	it('leaves out servers with fewer than 50 requests', () => {
		const most = outcomes(100, 100, 100, 100, 100);
		expect(failureOutliers([...most, {server: 9, successes: 0, failures: 49}], on)).toEqual([]);
		expect(names(failureOutliers([...most, {server: 9, successes: 0, failures: 50}], on))).toEqual([9]);
	});
});

it.each([
	[0, 1, true],
	[0, 2, true],
	[1, 2, false],
	[1, 19, false],
	[1, 20, true],
	[2, 20, false],
	[9, 100, true],
	[10, 100, false],
])('with %i out of %i ejected already, one more: %j', (ejected, servers, may) => {
	expect(mayEject(ejected, servers, on)).toBe(may);
});

it('is out for 30 s × the times it was ejected, at most 300 s, and the count ends there', () => {
	const times: number[] = [];
	for (let i = 0; i < 13; i++) times.push(countEjection(times.at(-1) ?? 0, on));
	expect(times).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 11, 11]);
	expect(times.map(count => ejectionMs(count, on) / 1000)).toEqual([
		...[30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300, 300],
	]);
});

describe('a server', () => {
	const loose = {passive: {observe: 'none', errorLimit: 1, onError: 'mark-down'}} as const;
	const breakTimes = (bed: ReturnType<typeof wellServers>, number: number, times: number) => {
		for (let i = 0; i < times; i++) bed.backends.observe(bed.server(number), 'broken', 'connection reset');
	};

	it('is ejected after 5 errors in a row, and let in by its next good check', () => {
		const bed = wellServers(3, {...loose, outlier: on});
		breakTimes(bed, 1, 4);
		bed.server(1).answered++;
		breakTimes(bed, 1, 4);
		expect(bed.used()).toBe('S1 S2 S3');
		breakTimes(bed, 1, 1);
		expect(bed.used()).toBe('S2 S3');
		expect(bed.server(1).ejections).toBe(1);
		bed.checkWell(bed.server(1));
		expect(bed.used()).toBe('S1 S2 S3');
		expect(bed.told).toEqual(['S1 EJECTED (5 errors in a row; out for 30.0 s)', 'S1 UP (answered its check)']);
	});

	it('is out for its time where a check does not help, longer each time, and is forgiven in good times', () => {
		const bed = wellServers(2, {...loose, outlier: {...on, uneject: 'time'}});
		const outFor = () => {
			breakTimes(bed, 1, 5);
			let seconds = 0;
			for (; bed.server(1).route.state === 'EJECTED'; seconds += 10) {
				bed.checkWell(bed.server(1));
				bed.clock.pass(10_000);
			}
			return seconds;
		};
		expect([outFor(), outFor(), outFor()]).toEqual([30, 60, 90]);
		bed.clock.pass(20_000);
		expect(outFor()).toBe(60);
		bed.backends.stop();
		expect(bed.clock.pending).toBe(0);
	});

	it('that is down when it is judged is ejected when it comes back', () => {
		const bed = wellServers(2, {outlier: {...on, uneject: 'time', consecutive: 2}});
		breakTimes(bed, 1, 2);
		expect(bed.server(1).route.state).toBe('DOWN');
		bed.clock.pass(5000);
		bed.checkWell(bed.server(1));
		bed.checkWell(bed.server(1));
		expect(bed.told.at(-1)).toBe('S1 EJECTED (it is out for 25.0 s more)');
		bed.clock.pass(30_000);
		expect(bed.server(1).route.state).toBe('UP');
	});

	it('is ejected for messages it never answers', () => {
		const bed = wellServers(2, {outlier: on});
		for (let i = 0; i < 5; i++) bed.backends.observe(bed.server(1), 'unanswered', 'no answer in 60 s');
		expect(bed.server(1).route.state).toBe('EJECTED');
	});

	it('is one of at most 10 %, yet one may always be', () => {
		const bed = wellServers(2, {...loose, outlier: on});
		breakTimes(bed, 1, 5);
		breakTimes(bed, 2, 5);
		expect(bed.used()).toBe('S2');
	});

	it('that stands out in an interval of 10 s is ejected at its end', () => {
		const bed = wellServers(20, {...loose, outlier: on});
		for (const backend of bed.backends.all) backend.answered += 100;
		bed.clock.pass(10_000);
		for (const backend of bed.backends.all) backend.answered += 100;
		bed.server(7).unanswered += 10;
		bed.clock.pass(9999);
		expect(bed.told).toEqual([]);
		bed.clock.pass(1);
		expect(bed.told).toEqual(['S7 EJECTED (90.9 % answered, 99.5 % by all; out for 30.0 s)']);
	});

	it('is never ejected unless that is wanted', () => {
		const bed = wellServers(3, loose);
		breakTimes(bed, 1, 100);
		expect(bed.told).toEqual([]);
		expect(bed.clock.pending).toBe(0);
	});
});
