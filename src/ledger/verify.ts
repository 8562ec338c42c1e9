/** A log that lies still, judged: the audit in one pass, and a second look only where there is something to tell. */

import {type Judgement, judge, type RunVerdict} from './judge.ts';
import {createLogAudit, type Unread} from './log-audit.ts';
import {closeLogs, openLogs, readLogs} from './read-logs.ts';
import {createStoryTeller, type Story} from './stories.ts';

/** `verdict` is the worst of the judged runs'; UNKNOWN when there is none. `auditBytes`: what the bit sets take. */
export type Verification = {
	files: string[];
	verdict: RunVerdict;
	/** The judged runs, oldest first; `runsInLog` counts all. */
	runs: Judgement[];
	runsInLog: number;
	offending: Story[];
	lines: number;
	bytes: number;
	broken: Unread;
	foreign: Unread;
	durationMs: number;
	auditBytes: number;
};

type VerifySettings = {
	files: string[];
	/** Judges every run in the log; else the last one decides. */
	allRuns: boolean;
	now: () => number;
	/** Hears now and then how much of all bytes was read. */
	onProgress(bytes: number, all: number): void;
};

/** Judges the runs in these logs. Throws an Error in one line when a file cannot be read. */
export async function verify({files, allRuns, now, onProgress}: VerifySettings): Promise<Verification> {
	const startedAt = now();
	const logs = openLogs(files);
	const bytes = logs.reduce((sum, log) => sum + log.bytes, 0);
	const audit = createLogAudit({keepsAll: allRuns});
	await readLogs(logs, audit, read => onProgress(read, bytes));
	const durationMs = now() - startedAt;
	const audits = allRuns ? audit.runs() : audit.runs().slice(-1);
	const judged = audits.map(run => ({audit: run, judgement: judge(run, {isWhole: true})}));
	const runs = judged.map(({judgement}) => judgement);
	const teller = createStoryTeller(judged);
	if (runs.some(({lost, doubles, unknown}) => lost + doubles + unknown > 0)) await readLogs(logs, teller);
	closeLogs(logs);
	return {
		files: logs.map(({file}) => file),
		verdict: worst(runs.map(({verdict}) => verdict)),
		runs,
		runsInLog: audit.runsSoFar(),
		offending: teller.stories(),
		lines: audit.lines,
		bytes,
		broken: audit.broken,
		foreign: audit.foreign,
		durationMs,
		auditBytes: audits.reduce((sum, {account}) => sum + account.bytes(), 0),
	};
}

function worst(verdicts: RunVerdict[]): RunVerdict {
	if (verdicts.includes('FAIL')) return 'FAIL';
	return verdicts.length === 0 || verdicts.includes('UNKNOWN') ? 'UNKNOWN' : 'PASS';
}
