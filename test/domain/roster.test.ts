import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createRoster, type Member} from '../../src/domain/roster.ts';

type Guest = Member & {name: number};
const guest = (name: number): Guest => ({name, place: -1});

test('has who came and has not left, whatever the order', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(20))), steps => {
			const roster = createRoster<Guest>();
			const set = new Set<Guest>();
			const guests = Array.from({length: 21}, (_, name) => guest(name));
			for (const [comes, name] of steps) {
				const one = guests[name]!;
				if (!comes) expect(roster.delete(one)).toBe(set.delete(one));
				else if (!set.has(one)) {
					roster.add(one);
					set.add(one);
				}
				expect(roster.size).toBe(set.size);
				expect(new Set(roster)).toEqual(set);
			}
		}),
	);
});

test('who leaves before its turn is not looked at, and everybody else is, once', () => {
	const roster = createRoster<Guest>();
	const guests = Array.from({length: 10}, (_, name) => guest(name));
	for (const one of guests) roster.add(one);
	const seen: number[] = [];
	for (const one of roster) {
		seen.push(one.name);
		roster.delete(one);
		if (one.name === 2) for (const name of [0, 5, 9]) roster.delete(guests[name]!);
	}
	expect(seen.sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 6, 7, 8]);
	expect(roster.size).toBe(0);
});
