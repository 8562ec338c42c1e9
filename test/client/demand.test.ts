import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {backlogBound, createDemand, type Demand, type DemandSettings} from '../../src/client/demand.ts';
import {createRing} from '../../src/client/ring.ts';
import {seededRandom} from '../../src/domain/random.ts';
import type {WrittenRate} from '../../src/domain/rate.ts';

const demandOf = (settings: Partial<DemandSettings> = {}) =>
	createDemand({
		...{rate: 10, arrivals: 'constant', random: seededRandom(1), startAt: 0, limit: Number.POSITIVE_INFINITY},
		...settings,
	});

function takeAll(demand: Demand, at: number): number[] {
	demand.advance(at);
	const times: number[] = [];
	for (let time = demand.take(at); time !== undefined && times.length < 1e5; time = demand.take(at)) times.push(time);
	return times;
}

describe('an open loop', () => {
	test('gives each message with its planned time, however late it is taken', () => {
		const demand = demandOf();
		expect(takeAll(demand, 250)).toEqual([0, 100, 200]);
		expect(demand.nextAt).toBe(300);
		expect(takeAll(demand, 299)).toEqual([]);
		demand.advance(700);
		expect(demand.backlog).toBe(5);
		expect(takeAll(demand, 700)).toEqual([300, 400, 500, 600, 700]);
	});

	test('keeps a bounded backlog, its oldest, and counts what is dropped', () => {
		const demand = demandOf({rate: 1000});
		demand.advance(backlogBound + 4999);
		expect([demand.backlog, demand.dropped]).toEqual([backlogBound, 5000]);
		expect(takeAll(demand, backlogBound + 4999).slice(0, 3)).toEqual([0, 1, 2]);
		demand.advance(backlogBound + 5001);
		expect([demand.backlog, demand.dropped]).toEqual([2, 5000]);
	});

	test('changes its rate without losing what is due', () => {
		const demand = demandOf();
		demand.setRate(100, 250);
		expect(takeAll(demand, 260)).toEqual([0, 100, 200, 255]);
	});

	test('may close, and open again', () => {
		const demand = demandOf();
		demand.setRate('max', 150);
		demand.advance(400);
		expect([1, 2, 3, 4].map(() => demand.take(400))).toEqual([0, 100, 400, 400]);
		expect(demand.nextAt).toBe(Number.POSITIVE_INFINITY);
		demand.setRate(10, 500);
		expect(takeAll(demand, 710)).toEqual([500, 600, 700]);
	});
});

test.each([
	['the rate max', {rate: 'max'}],
	['closed arrivals', {arrivals: 'closed'}],
] as const)('%s gives a message whenever one is asked for', (_, settings) => {
	const demand = demandOf({...settings, limit: 3});
	expect(takeAll(demand, 5)).toEqual([5, 5, 5]);
	expect(demand.isOver).toBe(true);
});

test('a limit is kept, and so is the end', () => {
	const limited = demandOf({limit: 2});
	expect(limited.isOver).toBe(false);
	expect(takeAll(limited, 1000)).toEqual([0, 100]);
	expect([limited.isOver, limited.nextAt]).toEqual([true, Number.POSITIVE_INFINITY]);

	const ended = demandOf();
	ended.advance(500);
	ended.end();
	ended.setRate('max', 600);
	ended.setRate(50, 600);
	expect(takeAll(ended, 1000)).toEqual([]);
	expect([ended.isOver, ended.backlog, ended.dropped]).toEqual([true, 0, 6]);
});

test('what was due is taken, waits, or is dropped, whatever happens', () => {
	const step = fc.oneof(
		fc.record({type: fc.constant('take' as const), most: fc.nat(200)}),
		fc.record({type: fc.constant('wait' as const), ms: fc.nat(9000)}),
		fc.record({type: fc.constant('rate' as const), rate: fc.constantFrom<WrittenRate>(1, 3000, ramp)}),
		fc.record({type: fc.constant('end' as const)}),
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 20}), steps => {
			const demand = demandOf({rate: ramp});
			const asked = demandOf({rate: ramp});
			let at = 0;
			let [taken, askedFor, isOver] = [0, 0, false];
			for (const one of steps) {
				if (one.type === 'wait') at += one.ms;
				demand.advance(at);
				if (!isOver) askedFor += takeAll(asked, at).length;
				if (one.type === 'take') while (taken < one.most && demand.take(at) !== undefined) taken++;
				if (one.type === 'rate' && !isOver) for (const each of [demand, asked]) each.setRate(one.rate, at);
				if (one.type === 'end') {
					demand.end();
					isOver = true;
				}
				expect(taken + demand.backlog + demand.dropped).toBe(askedFor + asked.dropped);
			}
		}),
	);
});

const ramp = {type: 'ramp', from: 0, to: 1000, overMs: 5000} as const;

test('a recorded load is sent as recorded, and is over then; another rate may follow', () => {
	const recorded = {rate: {type: 'recorded', file: 'x'}, recordedMs: [0, 0, 30, 400]} as const;
	const demand = demandOf({...recorded, startAt: 100});
	expect(takeAll(demand, 100)).toEqual([100, 100]);
	expect(demand.nextAt).toBe(130);
	expect(takeAll(demand, 1000)).toEqual([130, 500]);
	expect([demand.nextAt, demand.isOver]).toEqual([Number.POSITIVE_INFINITY, true]);
	demand.setRate(10, 1000);
	expect([demand.isOver, takeAll(demand, 1250)]).toEqual([false, [1000, 1100, 1200]]);
	expect(takeAll(demandOf({...recorded, loadAgeMs: 20}), 1000)).toEqual([10, 380]);
});

test('a load that began in an earlier life goes on where it has got to', () => {
	expect(takeAll(demandOf({rate: ramp, loadAgeMs: 5000}), 9)).toHaveLength(10);
	expect(takeAll(demandOf({rate: ramp}), 9)).toHaveLength(1);
});

test('poisson arrivals are drawn from the seed', () => {
	const run = (seed: number) => takeAll(demandOf({arrivals: 'poisson', rate: 1000, random: seededRandom(seed)}), 1000);
	expect(run(1)).toEqual(run(1));
	expect(run(1)).not.toEqual(run(2));
	expect(run(1).length).toBeGreaterThan(850);
	expect(run(1).length).toBeLessThan(1150);
});

test('a ring is a queue that says when it is full', () => {
	const ring = createRing<number>(3);
	expect([1, 2, 3, 4].map(item => ring.push(item))).toEqual([true, true, true, false]);
	expect([ring.shift(), ring.shift()]).toEqual([1, 2]);
	expect([ring.push(5), ring.push(6), ring.push(7)]).toEqual([true, true, false]);
	expect([ring.shift(), ring.shift(), ring.shift(), ring.shift(), ring.size]).toEqual([3, 5, 6, undefined, 0]);
});
