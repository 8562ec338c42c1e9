/** How quick a server without the trunk is, as its answers show. */

export type Pace = {
	/** Milliseconds from one answer on a connection to the next, while it has something to do; 0: nothing is known. */
	readonly gapMs: number;
	/** False for a while after runs of lines took long: the last of a run waits for all the others. */
	isQuick(time: number): boolean;
	/** So many answers to single messages came on one connection within so many ms. */
	note(answers: number, elapsedMs: number): void;
	/** A run of so many lines was answered by now, `time`, after so many ms. */
	noteRun(lines: number, elapsedMs: number, time: number): void;
};

/** How much the last answers count. */
const newestPart = 0.25;

/** So many runs one after another that took so long a line: the server is slow, and not asked so again for a while. */
const slowMs = 1;
/** What a run may take in any case: under load that much is our own turns', and says nothing of the server. */
const usualMs = 100;
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
		note: (answers, elapsedMs) => {
			gapMs += (elapsedMs / answers - gapMs) * newestPart;
		},
		noteRun: (lines, elapsedMs, time) => {
			slowRuns = elapsedMs > Math.max(usualMs, lines * slowMs) ? slowRuns + 1 : 0;
			if (slowRuns < mostSlow) return;
			slowRuns = 0;
			slowUntil = time + slowForMs;
		},
	};
}
