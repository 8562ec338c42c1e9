/**
 * Fuzzing without a framework: inputs are grown from a grammar and then damaged, a million of them in some seconds. A
 * failure names the input's number and seed, so that it comes again with `LBTOP_FUZZ_SEED`; what once failed is kept as
 * a row of the parser's own tests.
 */

import {seededRandom} from '../../src/domain/random.ts';

export type Chance = {
	/** A whole number from 0 to below `end`. */
	below(end: number): number;
	pick<T>(from: readonly T[]): T;
	/** True once in so many times. */
	oneIn(times: number): boolean;
};

function createChance(seed: number): Chance {
	const random = seededRandom(seed);
	const below = (end: number) => Math.floor(random() * end);
	return {below, pick: from => from[below(from.length)]!, oneIn: times => below(times) === 0};
}

/** Inputs of one kind, how many of them a run tries, and the check that throws what is wrong with one. */
export type Fuzz = {count: number; grow(chance: Chance): Buffer; check(bytes: Buffer, chance: Chance): void};

const times = Number(process.env.LBTOP_FUZZ_TIMES ?? 1);

/** The seed of a run: 1, so that every checkout tries the same ones, or what `LBTOP_FUZZ_SEED` says. */
export const seed = Number(process.env.LBTOP_FUZZ_SEED ?? 1);

/** For a busy machine; together they take some ten seconds of a processor. */
export const fuzzTimeoutMs = 180_000;

/** Tries them all; gives how many there were. */
export function run({count, grow, check}: Fuzz): number {
	const chance = createChance(seed);
	const total = Math.round(count * times);
	for (let number = 0; number < total; number++) {
		const bytes = grow(chance);
		try {
			check(bytes, chance);
		} catch (error) {
			const {message} = error as Error;
			throw new Error(
				`input ${number} of LBTOP_FUZZ_SEED=${seed}, ${JSON.stringify(bytes.toString('latin1'))}: ${message}`,
			);
		}
	}
	return total;
}

/** Changes, drops, doubles or adds a byte here and there, or cuts the end off; often nothing at all. */
export function damage(bytes: Buffer, chance: Chance): Buffer {
	let damaged = bytes;
	while (damaged.length > 0 && chance.oneIn(2)) {
		const at = chance.below(damaged.length);
		const head = damaged.subarray(0, at);
		const byte = chance.oneIn(2) ? chance.below(256) : chance.pick([0, 9, 10, 13, 32, 35, 48, 66, 255]);
		const kind = chance.below(5);
		if (kind === 0) damaged = Buffer.concat([head, Buffer.of(byte), damaged.subarray(at + 1)]);
		else if (kind === 1) damaged = Buffer.concat([head, damaged.subarray(at + 1)]);
		else if (kind === 2) damaged = Buffer.concat([head, Buffer.of(byte), damaged.subarray(at)]);
		else if (kind === 3) damaged = Buffer.concat([head, damaged.subarray(Math.max(0, at - 3))]);
		else damaged = Buffer.from(head);
	}
	return damaged;
}

/** The bytes as a socket may hand them over: in pieces of any length, each in memory of its own. */
export function cut(bytes: Buffer, chance: Chance): Buffer[] {
	const pieces: Buffer[] = [];
	for (let at = 0; at < bytes.length; ) {
		const length = chance.oneIn(3) ? 1 : 1 + chance.below(bytes.length - at);
		pieces.push(Buffer.from(bytes.subarray(at, at + length)));
		at += length;
	}
	return pieces;
}

/** Throws unless both are the same. Much cheaper than an `expect`, of which a million would take minutes. */
export function same(found: unknown, wanted: unknown, what: string) {
	if (found === wanted) return;
	const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
	if (left !== right) throw new Error(`${what} is ${left} and should be ${right}`);
}
