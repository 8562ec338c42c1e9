import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createTimerWheel} from '../../src/client/timer-wheel.ts';

const owners = 8;
const step = fc.oneof(
	fc.record({
		type: fc.constant('set' as const),
		owner: fc.nat(owners - 1),
		inMs: fc.double({min: -5, max: 20_000, noNaN: true}),
	}),
	fc.record({type: fc.constant('clear' as const), owner: fc.nat(owners - 1)}),
	fc.record({
		type: fc.constant('pass' as const),
		ms: fc.oneof(fc.double({min: 0, max: 5, noNaN: true}), fc.nat(10_000)),
	}),
);

test('what is due is called, once, and nothing else: as a plain list would have it', () => {
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60}), fc.nat(5_000_000_000), (steps, startAt) => {
			const wheel = createTimerWheel(owners);
			const model = new Map<number, number>();
			let at = startAt;
			for (const one of steps) {
				if (one.type === 'set') {
					wheel.set(one.owner, at + one.inMs);
					model.set(one.owner, at + one.inMs);
				} else if (one.type === 'clear') {
					wheel.clear(one.owner);
					model.delete(one.owner);
				} else {
					at += one.ms;
					const called: number[] = [];
					wheel.sweep(at, owner => called.push(owner));
					const due = [...model].filter(([, dueAt]) => dueAt <= at).map(([owner]) => owner);
					for (const owner of due) model.delete(owner);
					expect(called.toSorted()).toEqual(due.toSorted());
				}
				expect(wheel.size).toBe(model.size);
			}
		}),
		{numRuns: 500},
	);
});

test('a timer set again while it is called runs again', () => {
	const wheel = createTimerWheel(1);
	wheel.set(0, 10);
	wheel.sweep(10, owner => wheel.set(owner, 10));
	const called: number[] = [];
	wheel.sweep(10.5, owner => called.push(owner));
	expect(called).toEqual([0]);
});

test('a call may clear a timer that is due as well, or put it off', () => {
	const wheel = createTimerWheel(3);
	for (const owner of [0, 1, 2]) wheel.set(owner, 5);
	const due: number[] = [];
	wheel.sweep(10, owner => {
		due.push(owner);
		if (due.length > 1) return;
		const [next, last] = [0, 1, 2].filter(other => other !== owner) as [number, number];
		wheel.clear(next);
		wheel.set(last, 20);
	});
	expect([due.length, wheel.size]).toEqual([1, 1]);
});
