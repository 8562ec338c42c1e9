/** What `lbtop verify` found, in lines for a person. */

import {formatDuration} from '../domain/duration.ts';
import {escapeText} from '../domain/escape.ts';
import type {Judgement} from '../ledger/judge.ts';
import type {Unread} from '../ledger/log-audit.ts';
import type {Story} from '../ledger/stories.ts';
import type {Verification} from '../ledger/verify.ts';
import {figure, t, told} from '../words/words.ts';

/** One string per line, no colours; whatever came from the log is escaped. */
export function verifyWords(found: Verification): string[] {
	const {runs, runsInLog, offending, broken, foreign} = found;
	const left = runsInLog - runs.length;
	return [
		read(found),
		...(left === 1 ? [t('1 earlier run is not judged (--all-runs)')] : []),
		...(left > 1 ? [t('{number} earlier runs are not judged (--all-runs)', {number: left})] : []),
		...(runs.length === 0 ? [t('there is no run in it: nothing to judge')] : []),
		...runs.flatMap(runLines),
		...offending.flatMap(storyLines),
		...unread(broken, number =>
			number === 1 ? t('1 broken line') : t('{number} broken lines', {number: count(number)}),
		),
		...unread(foreign, number =>
			number === 1 ? t('1 foreign line') : t('{number} foreign lines', {number: count(number)}),
		),
		`${t('verdict')} ${found.verdict}`,
	];
}

function read({files, lines, bytes, durationMs}: Verification): string {
	const perSecond = (lines * 1000) / Math.max(1, durationMs);
	return t('{files}: {lines} lines, {bytes} bytes in {time} ({perSecond} lines/s)', {
		files: files.map(escapeText).join(' '),
		...{
			lines: count(lines),
			bytes: count(bytes),
			time: figure(formatDuration(durationMs)),
			perSecond: count(perSecond),
		},
	});
}

function runLines(run: Judgement): string[] {
	const {start, sent, acked, gaveUp, gaveUpExecuted, open, executed, lost, doubles, unknown} = run;
	const what =
		start.kind === 'lab'
			? t('run of {time} (pid {pid})', {
					time: new Date(start.startedAt).toLocaleString('sv-SE'),
					pid: escapeText(start.pid),
				})
			: t('run of programs started by hand');
	const lines = count(run.unaudited);
	const unaudited =
		run.unaudited > 0 ? [`  ${t('{lines} lines of messages without an ID of ours: not audited', {lines})}`] : [];
	return [
		`${what}: ${run.verdict}`,
		`  ${t('sent {sent}, ACKed {acked} ({by}), open {open}', {
			...{sent: count(sent), acked: count(acked), by: byServer(run.ackedBy), open: count(open)},
		})}`,
		`  ${t('executed {executed} ({by})', {executed: count(executed), by: byServer(run.executedBy)})}`,
		`  LOST ${count(lost)}  DOUBLE ${count(doubles)}  GAVE UP ${count(gaveUp)} (${t(
			'executed {yes}, not executed {no}',
			{
				...{yes: count(gaveUpExecuted), no: count(gaveUp - gaveUpExecuted)},
			},
		)})  UNKNOWN ${count(unknown)}`,
		...unaudited,
		...run.reasons.map(reason => `  UNKNOWN: ${escapeText(told(reason))}`),
	];
}

function byServer(counts: Record<string, number>): string {
	const words = Object.entries(counts).map(([name, messages]) => `${escapeText(name)} ${count(messages)}`);
	return words.length > 0 ? words.join(', ') : t('nobody');
}

function storyLines({id, verdict, executedBy, lines, omitted}: Story): string[] {
	const by =
		executedBy.length > 0
			? t('executed by {servers}', {servers: executedBy.map(escapeText).join(` ${t('and')} `)})
			: t('no record of an execution');
	return [
		`${verdict} ${id}: ${by}`,
		...lines.map(({file, line, text}) => `  ${escapeText(file)}:${line}: ${escapeText(text)}`),
		...(omitted > 0 ? [`  ${t('and {number} lines more', {number: count(omitted)})}`] : []),
	];
}

function unread({count: lines, first}: Unread, words: (lines: number) => string): string[] {
	if (lines === 0) return [];
	const places = first.map(({file, line}) => `${escapeText(file)}:${line}`).join(' ');
	return [`${words(lines)}: ${places}${lines > first.length ? ' …' : ''}`];
}

function count(value: number): string {
	return figure(value.toLocaleString('en-US', {maximumFractionDigits: 0}));
}
