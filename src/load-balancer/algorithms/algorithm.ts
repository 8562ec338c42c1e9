import type {Now} from '../../domain/clock.ts';
import type {Random} from '../../domain/random.ts';

/** What an algorithm may know of a server that could be next. Health and retries are not its business. */
export type Candidate = {
	/** Its place among all servers, which never changes. */
	readonly index: number;
	readonly weight: number;
	/** Messages (connections in connection mode) it has been given and not yet answered. */
	readonly inFlight: number;
};

/** What else it may draw on: `key` names who asks (the client's address), chance and time come from outside. */
export type Question = {key: () => string; random: Random; now: Now};

/** Answers "who is next?". `candidates` is never empty; it changes when a server comes or goes. */
export type Algorithm = {
	next<C extends Candidate>(candidates: readonly C[], question: Question): C;
	/** The same for `count` messages at once: how many of them go to each candidate, in their order. */
	share(candidates: readonly Candidate[], count: number, question: Question): number[];
};

/** A {@link Algorithm.share} for any algorithm: asks `next` once per message. */
export function shareOneByOne(next: Algorithm['next']): Algorithm['share'] {
	return (candidates, count, question) => {
		const shares = candidates.map(() => 0);
		for (let i = 0; i < count; i++) shares[candidates.indexOf(next(candidates, question))]!++;
		return shares;
	};
}
