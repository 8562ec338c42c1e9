import type {AlgorithmName} from '../../domain/algorithm.ts';
import type {Now} from '../../domain/clock.ts';
import type {Random} from '../../domain/random.ts';

/**
 * What an algorithm may know of a server that could be next. Health, retries and queues are not its business. A server
 * is the same object for as long as it stays.
 */
export type Candidate = {
	/** Its place among all servers, which never changes. */
	readonly index: number;
	readonly name: string;
	readonly host: string;
	readonly port: number;
	/** In force now: a slow start may scale it, so it need not be whole. 0: nothing new unless there is nobody else. */
	readonly weight: number;
	/** Its load: messages (connections in connection mode) it has been given and not yet answered. */
	readonly inFlight: number;
	/** A server with so many in flight is full and is not chosen; 0: no limit. */
	readonly maxInFlight: number;
};

/** What a choice may draw on beside the candidates: who asks, chance and time come from outside. */
export type Question = {
	/** What hashing goes by: see `hash-key.ts`. */
	key: () => string;
	/** The client's IP address. */
	address: () => string;
	random: Random;
	now: Now;
	/** Is not chosen: a retry or a hedge goes to another server. Who would rather have this one than none asks again. */
	avoid?: Candidate | undefined;
};

/**
 * Answers "who is next?". `candidates` is never empty, and is another array whenever who is in it, a weight or a limit
 * changes: what an algorithm has built for an array stays right while it is handed the same one. What it has learned of
 * a server outlives the array.
 */
export type Algorithm = {
	/** It asks for the message's own key, so that many messages can be shared out at once only when all have the same. */
	readonly isByKey: boolean;
	/** Undefined: every candidate is full or to be avoided. */
	next<C extends Candidate>(candidates: readonly C[], question: Question): C | undefined;
	/** The same for `count` messages at once: how many go to each candidate, in their order; fewer in all when they fill up. */
	share(candidates: readonly Candidate[], count: number, question: Question): number[];
	/** Some of what the server had in flight has ended, however it did. Its `inFlight` is the lower one already. */
	freed?(candidate: Candidate): void;
	/** It answered after `ms`, at the moment `at`. Present where the algorithm wants the time taken. */
	answered?(candidate: Candidate, ms: number, at: number): void;
	/** A connection to it was refused, reset or timed out. */
	failed?(candidate: Candidate): void;
	/** What decided the choice that `next` has just made, in a few words, asked before anything is sent. */
	explain(candidates: readonly Candidate[], question: Question, chosen: Candidate): string;
};

/** The algorithm in use and its name, a row of `index.ts`. Read it afresh each time: it can be replaced at any moment. */
export type Choice = {name: AlgorithmName; algorithm: Algorithm};

/** True when a candidate may be chosen: it has room, and is not the one to avoid. */
export function isOpen(candidate: Candidate, {avoid}: Question): boolean {
	return candidate !== avoid && !isFull(candidate);
}

/** Whether it has as much as it may; 0 is no limit. */
export function isFull({maxInFlight, inFlight}: Candidate): boolean {
	return maxInFlight > 0 && inFlight >= maxInFlight;
}
