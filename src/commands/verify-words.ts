/** What `lbtop verify` found, in lines for a person. */

import {formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import type {Judgement} from '../ledger/judge.ts';
import type {Unread} from '../ledger/log-audit.ts';
import type {Story} from '../ledger/stories.ts';
import type {Verification} from '../ledger/verify.ts';

/** One string per line, no colours; whatever came from the log is escaped. */
export function verifyWords(found: Verification): string[] {
	const {runs, runsInLog, offending, broken, foreign} = found;
	const left = runsInLog - runs.length;
	return [
		read(found),
		...(left > 0 ? [`${left} earlier run${left === 1 ? ' is' : 's are'} not judged (--all-runs)`] : []),
		...(runs.length === 0 ? ['there is no run in it: nothing to judge'] : []),
		...runs.flatMap(runLines),
		...offending.flatMap(storyLines),
		...unread('broken', broken),
		...unread('foreign', foreign),
		`verdict ${found.verdict}`,
	];
}

function read({files, lines, bytes, durationMs}: Verification): string {
	const perSecond = (lines * 1000) / Math.max(1, durationMs);
	return `${files.map(escapeText).join(' ')}: ${count(lines)} lines, ${count(bytes)} bytes in ${formatDuration(durationMs)} (${count(perSecond)} lines/s)`;
}

function runLines(run: Judgement): string[] {
	const {start, sent, acked, gaveUp, gaveUpExecuted, open, executed, lost, doubles, unknown} = run;
	const what =
		start.kind === 'lab'
			? `run of ${new Date(start.startedAt).toLocaleString('sv-SE')} (pid ${escapeText(start.pid)})`
			: 'run of programs started by hand';
	const unaudited =
		run.unaudited > 0 ? [`  ${count(run.unaudited)} lines of messages without an ID of ours: not audited`] : [];
	return [
		`${what}: ${run.verdict}`,
		`  sent ${count(sent)}, ACKed ${count(acked)} (${byServer(run.ackedBy)}), open ${count(open)}`,
		`  executed ${count(executed)} (${byServer(run.executedBy)})`,
		`  LOST ${count(lost)}  DOUBLE ${count(doubles)}  GAVE UP ${count(gaveUp)} (executed ${count(gaveUpExecuted)}, not executed ${count(gaveUp - gaveUpExecuted)})  UNKNOWN ${count(unknown)}`,
		...unaudited,
		...run.reasons.map(reason => `  UNKNOWN: ${escapeText(reason)}`),
	];
}

function byServer(counts: Record<string, number>): string {
	const words = Object.entries(counts).map(([name, messages]) => `${escapeText(name)} ${count(messages)}`);
	return words.length > 0 ? words.join(', ') : 'nobody';
}

function storyLines({id, verdict, executedBy, lines, omitted}: Story): string[] {
	const by =
		executedBy.length > 0 ? `executed by ${executedBy.map(escapeText).join(' and ')}` : 'no record of an execution';
	return [
		`${verdict} ${id}: ${by}`,
		...lines.map(({file, line, text}) => `  ${escapeText(file)}:${line}: ${escapeText(text)}`),
		...(omitted > 0 ? [`  and ${count(omitted)} lines more`] : []),
	];
}

function unread(what: string, {count: lines, first}: Unread): string[] {
	if (lines === 0) return [];
	const places = first.map(({file, line}) => `${escapeText(file)}:${line}`).join(' ');
	return [`${count(lines)} ${what} line${lines === 1 ? '' : 's'}: ${places}${lines > first.length ? ' …' : ''}`];
}

function count(value: number): string {
	return value.toLocaleString('en-US', {maximumFractionDigits: 0});
}
