/**
 * The account of one run: for each message whether it was begun, ACKed and by whom, executed and by whom, given up.
 * Exact and bounded: 5 bits a message with two servers, and 2 more for each further one. The order of what is noted
 * does not matter, but for a client that uses an ID twice.
 */

import {bitOf, highestIn, type Page, pageWords, rareWords, wordOf} from './page.ts';
import {createPages} from './pages.ts';
import {code, standingCode} from './standing.ts';

/** More servers than these share the last number: their executions are still told from none, not from each other's. */
export const mostServers = 64;

/** Messages by standing (see standing.ts), and what is counted beside. */
type Counts = {
	byStanding: readonly number[];
	begun: number;
	/** Messages executed more than once. */
	doubles: number;
	/** First attempts of an ID that was begun already: numbering began anew, or two clients bear one name. */
	reused: number;
	/** Executed more than once under such an ID: one message twice, or two messages. They are not among the doubles. */
	ambiguous: number;
	acked: number;
	executed: number;
	/** By number of the server. */
	ackedBy: readonly number[];
	executedBy: readonly number[];
};

/** Notes what lines say of messages, and counts. */
export type Account = {
	readonly counts: Counts;
	/** A line of the client's own; `isFirst`: its first attempt leaves. */
	begin(client: number, sequence: number, isFirst: boolean): void;
	fail(client: number, sequence: number): void;
	ack(client: number, sequence: number, server: number): void;
	/** A server's own record that it executed the message. */
	execute(client: number, sequence: number, server: number): void;
	/** A server answered it as one it knows already; `isTold`: and named who executed it, as a shared store says. */
	repeat(client: number, sequence: number, isTold: boolean): void;
	/** The standing of a message as a number, see standing.ts. */
	standingOf(client: number, sequence: number): number;
	isDouble(client: number, sequence: number): boolean;
	isAmbiguous(client: number, sequence: number): boolean;
	/** The numbers of the servers with an own record of executing it. */
	executorsOf(client: number, sequence: number): number[];
	/** Numbers between a client's first and last message of which no line of the client tells. */
	gaps(): number;
	bytes(): number;
};

// Sets of a page. Common: begun, then for each server ACKed and executed.
const rareSets = {failed: 0, again: pageWords, repeated: 2 * pageWords, told: 3 * pageWords, reused: 4 * pageWords};
const ackedSet = (server: number) => (1 + 2 * server) * pageWords;
const executedSet = (server: number) => (2 + 2 * server) * pageWords;

/** Nothing is noted yet. */
export function createAccount(): Account {
	const pages = createPages();
	const byStanding: number[] = Array.from({length: code.unexecuted + mostServers}, () => 0);
	const ackedBy: number[] = [];
	const executedBy: number[] = [];
	const counts = {
		byStanding,
		begun: 0,
		doubles: 0,
		reused: 0,
		ambiguous: 0,
		acked: 0,
		executed: 0,
		ackedBy,
		executedBy,
	};
	let servers = 0;

	const pageOf = (client: number, sequence: number) => pages.at(client, sequence, 1 + 2 * servers);

	/** Makes room for a server that is new. */
	const meet = (server: number) => {
		while (servers <= server) {
			servers++;
			ackedBy.push(0);
			executedBy.push(0);
		}
	};

	/** Sets a bit of a common set, or of a rare one; false when it was set. Keeps the counts by standing true. */
	const set = (page: Page, sequence: number, from: number, isRare: boolean): boolean => {
		const word = wordOf(sequence);
		const bit = bitOf(sequence);
		if (isRare) page.rare ??= new Uint32Array(rareWords);
		const words = isRare ? page.rare! : page.common;
		if ((words[from + word]! & bit) !== 0) return false;
		const before = standing(page, word, bit);
		words[from + word]! |= bit;
		const after = standing(page, word, bit);
		if (before !== after) {
			byStanding[before]!--;
			byStanding[after]!++;
		}
		return true;
	};

	const reuse = (page: Page, sequence: number) => {
		counts.reused++;
		const isNew = set(page, sequence, rareSets.reused, true);
		if (!isNew || !isIn(page.rare, rareSets.again + wordOf(sequence), bitOf(sequence))) return;
		counts.doubles--;
		counts.ambiguous++;
	};

	const isInRare = (client: number, sequence: number, from: number): boolean => {
		const page = pages.find(client, sequence);
		return page !== undefined && isIn(page.rare, from + wordOf(sequence), bitOf(sequence));
	};

	return {
		counts,
		begin: (client, sequence, isFirst) => {
			const page = pageOf(client, sequence);
			if (set(page, sequence, 0, false)) counts.begun++;
			else if (isFirst) reuse(page, sequence);
		},
		fail: (client, sequence) => {
			const page = pageOf(client, sequence);
			if (set(page, sequence, 0, false)) counts.begun++;
			set(page, sequence, rareSets.failed, true);
		},
		ack: (client, sequence, server) => {
			meet(server);
			const page = pageOf(client, sequence);
			const isFirst = ackerIn(page, wordOf(sequence), bitOf(sequence)) < 0;
			if (!set(page, sequence, ackedSet(server), false)) return;
			ackedBy[server]!++;
			if (isFirst) counts.acked++;
		},
		execute: (client, sequence, server) => {
			meet(server);
			const page = pageOf(client, sequence);
			const isFirst = !isExecutedIn(page, wordOf(sequence), bitOf(sequence));
			set(page, sequence, executedSet(server), false);
			executedBy[server]!++;
			if (isFirst) counts.executed += isIn(page.rare, rareSets.told + wordOf(sequence), bitOf(sequence)) ? 0 : 1;
			else if (set(page, sequence, rareSets.again, true)) {
				if (isIn(page.rare, rareSets.reused + wordOf(sequence), bitOf(sequence))) counts.ambiguous++;
				else counts.doubles++;
			}
		},
		repeat: (client, sequence, isTold) => {
			const page = pageOf(client, sequence);
			const isNew = set(page, sequence, isTold ? rareSets.told : rareSets.repeated, true);
			if (isTold && isNew && !isExecutedIn(page, wordOf(sequence), bitOf(sequence))) counts.executed++;
		},
		standingOf: (client, sequence) => {
			const page = pages.find(client, sequence);
			return page ? standing(page, wordOf(sequence), bitOf(sequence)) : code.unheard;
		},
		isDouble: (client, sequence) =>
			isInRare(client, sequence, rareSets.again) && !isInRare(client, sequence, rareSets.reused),
		isAmbiguous: (client, sequence) =>
			isInRare(client, sequence, rareSets.again) && isInRare(client, sequence, rareSets.reused),
		executorsOf: (client, sequence) => {
			const page = pages.find(client, sequence);
			const numbers = Array.from({length: servers}, (_, server) => server);
			return numbers.filter(
				server => page && isIn(page.common, executedSet(server) + wordOf(sequence), bitOf(sequence)),
			);
		},
		gaps: () => {
			const highest = new Map<number, number>();
			for (const page of pages.all())
				highest.set(page.client, Math.max(highest.get(page.client) ?? 0, highestIn(page, 0)));
			return [...highest.values()].reduce((sum, last) => sum + last, 0) - counts.begun;
		},
		bytes: pages.bytes,
	};
}

function standing(page: Page, word: number, bit: number): number {
	const {rare} = page;
	known.begun = isIn(page.common, word, bit);
	known.failed = isIn(rare, rareSets.failed + word, bit);
	known.ackedBy = ackerIn(page, word, bit);
	const isTold = isIn(rare, rareSets.told + word, bit);
	known.executed = isTold || isExecutedIn(page, word, bit);
	known.repeated = isTold || isIn(rare, rareSets.repeated + word, bit);
	return standingCode(known);
}

/** Filled anew for each message: this is done for every line. */
const known = {begun: false, failed: false, ackedBy: -1, executed: false, repeated: false};

function isIn(words: Uint32Array | undefined, at: number, bit: number): boolean {
	return words !== undefined && (words[at]! & bit) !== 0;
}

function ackerIn({common}: Page, word: number, bit: number): number {
	for (let at = pageWords + word; at < common.length; at += 2 * pageWords)
		if ((common[at]! & bit) !== 0) return (at / pageWords) >> 1;
	return -1;
}

function isExecutedIn({common}: Page, word: number, bit: number): boolean {
	for (let at = 2 * pageWords + word; at < common.length; at += 2 * pageWords)
		if ((common[at]! & bit) !== 0) return true;
	return false;
}
