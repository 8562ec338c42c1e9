/** A table of slots, each a server's, in which a key's hash finds the slot to begin with: its home. */

import {type Algorithm, type Candidate, isOpen} from './algorithm.ts';
import {perArray} from './memory.ts';
import {algorithmOf, nobody} from './picker.ts';
import {nameOf} from './scores.ts';

/** Slots that belong to servers, and the slot of each key. */
export type HashTable = {
	/** The place of the server of each slot. */
	readonly owners: Uint16Array | Uint32Array;
	/** How many servers they belong to. */
	readonly size: number;
	/** The slot of a key. */
	home(key: string): number;
};

/** Builds the table of these candidates. */
export type BuildTable = (candidates: readonly Candidate[]) => HashTable;

/** After so many slots of servers that may not be chosen, as in nginx, it is no longer the slots that are gone through. */
const slotsTried = 20;

/** The place of the first server that may be chosen from this slot on, or else in the candidates' order; or {@link nobody}. */
export function findFrom(slot: number, {owners, size}: HashTable, mayChoose: (place: number) => boolean): number {
	for (let step = 0; step < slotsTried; step++) {
		const place = owners[(slot + step) % owners.length]!;
		if (mayChoose(place)) return place;
	}
	for (let step = 1; step <= size; step++) {
		const place = (owners[slot]! + step) % size;
		if (mayChoose(place)) return place;
	}
	return nobody;
}

/** The algorithm that sends a key to its home in such a table, or to the next open server from there. */
export function hashAlgorithm(build: BuildTable): Algorithm {
	const tableOf = perArray(build);
	return algorithmOf({
		isByKey: true,
		pick: (candidates, question) => {
			const table = tableOf(candidates);
			const mayChoose = (place: number) => isOpen(candidates[place]!, question);
			return findFrom(table.home(question.key()), table, mayChoose);
		},
		explain: (candidates, {key}) => homeText(tableOf(candidates), candidates, key()),
	});
}

/** Whose key it is, and where it is at home. */
export function homeText({owners, home}: HashTable, candidates: readonly Candidate[], key: string): string {
	return `key=${key} home=${nameOf(candidates[owners[home(key)]!]!)}`;
}
