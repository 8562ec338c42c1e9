/** From the account of a run to its verdicts. */

import {codeWords} from '../domain/system-error.ts';
import {phrase} from '../words/words.ts';
import type {RunAudit, RunStart} from './run-audit.ts';
import {code} from './standing.ts';

/**
 * LOST: ACKed to a client, executed by no server. DOUBLE: executed more than once. GAVE UP: its client stopped trying.
 * UNKNOWN: the log cannot tell.
 */
export type MessageVerdict = 'LOST' | 'DOUBLE' | 'GAVE UP' | 'UNKNOWN';

/** PASS: exact, nothing lost and nothing double. FAIL: something is, for certain. UNKNOWN: neither can be said. */
export type RunVerdict = 'PASS' | 'FAIL' | 'UNKNOWN';

/** The judgement of a run: counts of messages. `reasons` says in sentences what the log cannot tell; empty: it is exact. */
export type Judgement = {
	start: RunStart;
	verdict: RunVerdict;
	sent: number;
	acked: number;
	executed: number;
	lost: number;
	doubles: number;
	gaveUp: number;
	/** Of those given up, how many were executed nevertheless. */
	gaveUpExecuted: number;
	unknown: number;
	/** Begun, and neither ACKed nor given up. */
	open: number;
	/** Lines about messages that bear no ID of our clients; they are not audited. */
	unaudited: number;
	ackedBy: Record<string, number>;
	executedBy: Record<string, number>;
	reasons: string[];
};

/**
 * Judges what is known now. `isWhole`: the log was read to its end, so what is open stays open. `isEnding`: its own lab
 * asks, whose last line cannot be there yet.
 */
export function judge(audit: RunAudit, {isWhole, isEnding = false}: {isWhole: boolean; isEnding?: boolean}): Judgement {
	const {account, servers, start, heard} = audit;
	const {byStanding, begun, acked, executed, doubles, ackedBy, executedBy} = account.counts;
	const of = (standing: number) => byStanding[standing]!;
	const unbegun = isWhole ? of(code.unbegun) : 0;
	const gaps = isWhole ? account.gaps() : 0;
	const unheard = isWhole ? Math.max(0, (heard.sent ?? 0) - begun) : 0;
	// Then a missing execution may have been in a line that is missing.
	const hasAllRecords = !hasLostRecords(audit) && unbegun + gaps + unheard === 0;
	let lost = 0;
	const unrecorded: string[] = [];
	let unrecordedAcks = 0;
	for (const [server, name] of servers.entries()) {
		const unexecuted = of(code.unexecuted + server);
		if (unexecuted === 0) continue;
		if (keepsRecord(audit, server) && hasAllRecords) lost += unexecuted;
		else {
			unrecordedAcks += unexecuted;
			if (!keepsRecord(audit, server)) unrecorded.push(name);
		}
	}
	const open = of(code.open) + of(code.openExecuted);
	const vouched = of(code.vouched);
	const reasons = [
		...heard.doubts,
		...[...heard.dropped].map(([by, {lines, cause}]) =>
			lines === 1
				? phrase('1 log line of {writer} was lost: {cause}', {writer: by, cause: codeWords(cause)})
				: phrase('{number} log lines of {writer} were lost: {cause}', {
						...{number: lines, writer: by, cause: codeWords(cause)},
					}),
		),
		...(unrecorded.length > 0 ? unrecorded : silentServers(audit)).map(name =>
			phrase('{name} keeps no record of what it executes in this log', {name}),
		),
		...said(vouched, messages =>
			phrase('{messages} answered as known already, and no line of this run tells of the execution', {messages}),
		),
		...said(account.counts.reused, messages =>
			phrase(
				'{messages} sent for the first time twice: another lab or client in this log uses their IDs; --log gives each its own',
				{messages},
			),
		),
		...(heard.broken === 1 ? [phrase('1 line of this run could not be read')] : []),
		...(heard.broken > 1 ? [phrase('{number} lines of this run could not be read', {number: heard.broken})] : []),
	];
	if (isWhole)
		reasons.push(
			...said(unbegun, messages =>
				phrase('{messages} executed or ACKed, and no line of a client tells of the sending', {messages}),
			),
			...said(gaps, messages => phrase("{messages} missing in the clients' numbering: lines are not here", {messages})),
			...(unheard > 0
				? [phrase('the run sent {sent} messages, and lines of {number} are here', {sent: heard.sent!, number: begun})]
				: []),
			...said(open, messages =>
				phrase('{messages} without an end: the run still goes on, or its clients were killed', {messages}),
			),
			...(start.kind === 'lab' && !heard.hasStopped && !isEnding
				? [phrase('the run has no end in this log: it goes on, or was killed')]
				: []),
		);
	const isFailed = lost > 0 || doubles > 0;
	return {
		start,
		verdict: isFailed ? 'FAIL' : reasons.length > 0 ? 'UNKNOWN' : 'PASS',
		sent: begun,
		acked,
		executed,
		lost,
		doubles,
		gaveUp: of(code.givenUp) + of(code.givenUpExecuted),
		gaveUpExecuted: of(code.givenUpExecuted),
		unknown: vouched + unrecordedAcks + unbegun + account.counts.ambiguous + (isWhole ? open : 0),
		open,
		unaudited: heard.unaudited,
		ackedBy: named(servers, ackedBy),
		executedBy: named(servers, executedBy),
		reasons,
	};
}

/**
 * What is to be said of one message of a run that was judged, worst first; undefined: ACKed and executed once. Only for a
 * log read to its end.
 */
export function verdictOf(
	audit: RunAudit,
	{lost}: Judgement,
	client: number,
	sequence: number,
): MessageVerdict | undefined {
	const {account} = audit;
	const standing = account.standingOf(client, sequence);
	// Where one is lost for certain the log has all records, and so they all are.
	if (standing >= code.unexecuted)
		return keepsRecord(audit, standing - code.unexecuted) && lost > 0 ? 'LOST' : 'UNKNOWN';
	if (account.isDouble(client, sequence)) return 'DOUBLE';
	if (account.isAmbiguous(client, sequence)) return 'UNKNOWN';
	return verdicts.get(standing);
}

const verdicts = new Map<number, MessageVerdict>([
	[code.givenUp, 'GAVE UP'],
	[code.givenUpExecuted, 'GAVE UP'],
	[code.open, 'UNKNOWN'],
	[code.openExecuted, 'UNKNOWN'],
	[code.unbegun, 'UNKNOWN'],
	[code.vouched, 'UNKNOWN'],
]);

/** Whether a server writes down in this log what it executes: it did so, or said at its start that it would. */
function keepsRecord({account, servers, heard}: RunAudit, server: number): boolean {
	return (account.counts.executedBy[server] ?? 0) > 0 || heard.recorders.has(servers[server] ?? '');
}

/**
 * Servers that got messages, or could, and of which nothing is heard here: what they executed without an ACK, nobody knows.
 * None where one writes here that the balancer does not know: it may be one of them under another name.
 */
function silentServers({account, servers, heard}: RunAudit): string[] {
	if (account.counts.begun === 0) return [];
	const writers = new Set([
		...heard.recorders,
		...servers.filter((_, server) => (account.counts.executedBy[server] ?? 0) > 0),
	]);
	const isKnown = [...writers].every(name => heard.balanced.has(name));
	return isKnown ? [...heard.balanced].filter(name => !writers.has(name)) : [];
}

/** Whether a server's line may be missing, by what the log itself says of it. */
function hasLostRecords({heard}: RunAudit): boolean {
	const droppers = [...heard.dropped.keys()].filter(by => !by.startsWith('client'));
	return heard.doubts.size > 0 || heard.broken > 0 || droppers.length > 0;
}

function said(count: number, sentence: (messages: string) => string): string[] {
	if (count === 0) return [];
	return [sentence(count === 1 ? phrase('1 message was') : phrase('{number} messages were', {number: count}))];
}

function named(names: readonly string[], counts: readonly number[]): Record<string, number> {
	return Object.fromEntries(names.map((name, server) => [name, counts[server] ?? 0]));
}
