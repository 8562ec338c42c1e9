import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Delivery} from '../../src/client/delivery.ts';
import {createUnderWay} from '../../src/client/under-way.ts';

test('finds what is under way by its sequence, however far behind the youngest, and nothing else', () => {
	fc.assert(
		fc.property(fc.integer({min: 1, max: 9}), fc.array(fc.nat(100)), (depth, steps) => {
			const underWay = createUnderWay(depth);
			const expected = new Map<number, Delivery>();
			const idle = Array.from({length: depth}, () => ({sequence: 0, place: -1}) as Delivery);
			let sequence = 0;
			for (const step of steps) {
				const delivery = step % 3 > 0 ? idle.pop() : undefined;
				if (delivery) {
					delivery.sequence = ++sequence;
					underWay.add(delivery);
					expected.set(sequence, delivery);
				} else if (expected.size > 0) {
					const done = [...expected.values()][step % expected.size]!;
					underWay.delete(done);
					expected.delete(done.sequence);
					idle.push(done);
				}
				for (let asked = 0; asked <= sequence + 1; asked++) expect(underWay.find(asked)).toBe(expected.get(asked));
				expect(underWay.size).toBe(expected.size);
				expect(new Set(underWay)).toEqual(new Set(expected.values()));
			}
		}),
	);
});
