/** How quick a server without the trunk is, as its answers show. */

export type Pace = {
	/** Milliseconds from one answer on a connection to the next, while it has something to do; 0: nothing is known. */
	readonly gapMs: number;
	/** False for a while after runs of lines took long: the last of a run waits for all the others. */
	isQuick(time: number): boolean;
	/** So many answers came on one connection within so many ms; `isLast`: nothing is under way on it now. */
	note(answers: number, elapsedMs: number, isLast: boolean): void;
	/** A run was answered by now, `time`. */
	noteRun(run: AnsweredRun, time: number): void;
};

/** A run of so many lines was answered after so many ms, in so many pieces. */
type AnsweredRun = {lines: number; elapsedMs: number; pieces: number};

/** How much the last answers count. */
const newestPart = 0.25;

/** So many runs one after another that took so long a line: the server is slow, and not asked so again for a while. */
const slowMs = 1;
/** What a run may take in any case: under load that much is our own turns', and says nothing of the server. */
const usualMs = 100;
/** One whose answers do not trickle, but come in no more pieces than this, has kept none waiting for the others. */
const usualPieces = 4;
const mostSlow = 4;
const slowForMs = 30_000;

export function createPace(): Pace {
	let gapMs = 0;
	let slowUntil = Number.NEGATIVE_INFINITY;
	let slowRuns = 0;
	return {
		get gapMs() {
			return gapMs;
		},
		isQuick: time => time >= slowUntil,
		note: (answers, elapsedMs, isLast) => {
			const gap = elapsedMs / answers;
			// When all is answered, the way there and back and our own turn are in the time: it was no longer than that.
			if (gap < gapMs || !isLast) gapMs += (gap - gapMs) * newestPart;
		},
		noteRun: ({lines, elapsedMs, pieces}, time) => {
			const isSlow = pieces > usualPieces && elapsedMs > Math.max(usualMs, lines * slowMs);
			slowRuns = isSlow ? slowRuns + 1 : 0;
			if (slowRuns < mostSlow) return;
			slowRuns = 0;
			slowUntil = time + slowForMs;
		},
	};
}
