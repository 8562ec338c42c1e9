/** How quick a server without the trunk is, as its answers show. */

export type Pace = {
	/** Milliseconds from one answer on a connection to the next, while it has something to do; 0: nothing is known. */
	readonly gapMs: number;
	/** So quick has it been that runs of lines are given to it: the last of a run does not wait long for the others. */
	readonly isQuick: boolean;
	/** So many answers to single messages came on one connection within so many ms. */
	note(answers: number, elapsedMs: number): void;
	/** A run of so many lines was answered in so many ms. */
	noteRun(lines: number, elapsedMs: number): void;
};

/** How much the last answers count. */
const newestPart = 0.25;

/** A shorter gap was seen: with us busy, gaps look longer than they are, so the shortest says most of the server. */
const quickMs = 0.2;

/** So many runs one after another that took so long a line: the server has become slow. */
const slowMs = 1;
const mostSlow = 3;

export function createPace(): Pace {
	let gapMs = 0;
	let isQuick = false;
	let slowRuns = 0;
	return {
		get gapMs() {
			return gapMs;
		},
		get isQuick() {
			return isQuick;
		},
		note: (answers, elapsedMs) => {
			gapMs += (elapsedMs / answers - gapMs) * newestPart;
			if (elapsedMs < answers * quickMs) isQuick = true;
		},
		noteRun: (lines, elapsedMs) => {
			slowRuns = elapsedMs > lines * slowMs ? slowRuns + 1 : 0;
			if (slowRuns >= mostSlow) isQuick = false;
		},
	};
}
