import type {Candidate} from './algorithm.ts';
import {crc32, mix} from './hash.ts';
import type {HashTable} from './hash-table.ts';

/** Sizes of the table, both prime. The greater one where the usual one would leave a server fewer than 100 slots. */
const usualSlots = 65_537;
const manySlots = 655_373;

/**
 * Maglev hashing (Eisenbud et al., NSDI 2016, section 3.4): every server has its own order of all slots, and in turn each
 * claims the next in its order that is free. A lighter server sits turns out (as in Katran and Envoy): it claims when what
 * it has gathered of its weight reaches the greatest weight. Shares are even to within 1 % or so, and when a server goes
 * few of the others' keys move. A key costs O(1), building the table O(slots · log slots).
 */
export function maglev(candidates: readonly Candidate[]): HashTable {
	const size = candidates.length;
	const slots = size * 100 > usualSlots ? manySlots : usualSlots;
	const names = candidates.map(({host, port}) => `${host}:${port}`);
	const next = Float64Array.from(names, name => mix(crc32(name)) % slots);
	const skips = Float64Array.from(names, name => (mix(crc32(name, 1)) % (slots - 1)) + 1);
	const greatest = candidates.reduce((most, {weight}) => Math.max(most, weight), 0);
	const gathered = new Float64Array(size);
	const owners = new Uint32Array(slots);
	const isTaken = new Uint8Array(slots);

	const claim = (place: number) => {
		let slot = next[place]!;
		while (isTaken[slot]) slot = (slot + skips[place]!) % slots;
		next[place] = (slot + skips[place]!) % slots;
		isTaken[slot] = 1;
		owners[slot] = place;
	};

	for (let claimed = 0; claimed < slots; ) {
		for (let place = 0; place < size && claimed < slots; place++) {
			gathered[place]! += candidates[place]!.weight;
			if (gathered[place]! < greatest) continue;
			gathered[place]! -= greatest;
			claim(place);
			claimed++;
		}
	}
	return {owners, size, home: key => mix(crc32(key)) % slots};
}
