/** What is known of the run's ledger: what its auditor says, and what speaks against taking that for exact. */

import {auditId, balancerId, type LogDetail, type Plan} from '../domain/plan.ts';
import type {LedgerTick} from '../domain/tick.ts';
import {phrase} from '../words/words.ts';
import {totalOf} from './counting.ts';
import type {State} from './state.ts';

/** `exact` holds for what has been read; `reasons`: why it is not, in sentences. Counts are messages; null: unknown. */
type Ledger = {
	status: 'exact' | 'unknown';
	reasons: string[];
	executed: number | null;
	lost: number | null;
	duplicates: number | null;
	gaveUp: number | null;
	gaveUpExecuted: number | null;
	lagMs: number | null;
};

/** The ledger as it stands. What was found is certain also where not everything is known; that nothing was, is not. */
export function ledgerOf(state: State): Ledger {
	const {tick} = state.ledger;
	const reasons = [...reasonsOf(state)];
	const isExact = tick !== undefined && reasons.length === 0;
	const found = (count: number | undefined) => (isExact || (count ?? 0) > 0 ? count! : null);
	const counted = (count: number | undefined) => (isExact ? count! : null);
	return {
		status: isExact ? 'exact' : 'unknown',
		reasons,
		executed: counted(tick?.executed),
		lost: found(tick?.lost),
		duplicates: found(tick?.doubles),
		gaveUp: counted(tick?.gaveUp),
		gaveUpExecuted: counted(tick?.gaveUpExecuted),
		lagMs: tick ? lagOf(tick, Math.max(0, state.now - (state.ledger.at ?? state.now))) : null,
	};
}

/** An auditor that says nothing reads nothing either, as far as anybody knows. */
function lagOf({lagMs, isWhole}: LedgerTick, silentMs: number): number {
	return isWhole || silentMs < usualSilenceMs ? lagMs : Math.round(lagMs + silentMs);
}

/** Several times the time between two of its words. */
const usualSilenceMs = 500;

/** Whether a run writes down enough for a ledger. */
export function isAudited({log}: Plan): boolean {
	return log.detail === 'all';
}

function* reasonsOf(state: State): Iterable<string> {
	const {plan, ledger, phase} = state;
	if (!isAudited(plan)) return yield noRecord(plan.log.detail);
	for (const part of Object.keys(state.lives)) {
		if (!part.startsWith('log/') || harmless.has(part)) continue;
		const number = totalOf(state.lives, part, 'dropped');
		if (number > 0)
			yield phrase('{number} log lines of {writer} were lost', {number, writer: part.slice('log/'.length)});
	}
	if (!ledger.tick) return yield phrase('the auditor has not said anything yet');
	yield* ledger.tick.unknown;
	if (phase === 'ended' && !ledger.tick.isWhole) yield phrase('the auditor did not come to the end of the log');
}

function noRecord(detail: LogDetail): string {
	return phrase('servers do not write down what they execute (--log-detail {detail})', {detail});
}

/** Writers whose lines say nothing of what was sent, ACKed or executed. */
const harmless = new Set([`log/${balancerId}`, `log/${auditId}`, 'log/lbtop']);
