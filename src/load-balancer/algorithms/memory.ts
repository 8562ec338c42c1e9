/** What an algorithm keeps: of each server as long as there is one, of an array of candidates as long as it is the one. */

import type {Candidate} from './algorithm.ts';

/** Builds something for an array once, and again when it is handed another one. */
export function perArray<Built>(
	build: (candidates: readonly Candidate[]) => Built,
): (candidates: readonly Candidate[]) => Built {
	let last: readonly Candidate[] | undefined;
	let built: Built;
	return candidates => {
		if (candidates !== last) {
			built = build(candidates);
			last = candidates;
		}
		return built;
	};
}

/** What is known of each server. `all` is in the order of the candidates. */
type Memory<Known> = {of(candidate: Candidate): Known; all(candidates: readonly Candidate[]): readonly Known[]};

/** Remembers of each server what `create` begins with, also while it is away; forgets it with the server. */
export function perServer<Known extends object>(create: (candidate: Candidate) => Known): Memory<Known> {
	const known = new WeakMap<Candidate, Known>();
	const of = (candidate: Candidate) => {
		const found = known.get(candidate);
		if (found) return found;
		const created = create(candidate);
		known.set(candidate, created);
		return created;
	};
	return {of, all: perArray(candidates => candidates.map(of))};
}
