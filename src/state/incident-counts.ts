/** What is counted and timed of an incident, taken from the state of the run. */

import {quantileOfAll} from '../domain/latency.ts';
import {balancerId, type PartId} from '../domain/plan.ts';
import {totalOf} from './counting.ts';
import type {Incident, Totals} from './incident.ts';
import {ledgerOf} from './ledger.ts';
import type {State} from './state.ts';

/** p99 is back when it is within this factor of the minute before. */
export const p99Tolerance = 1.2;

/** The totals as they stand, those of the balancer for this part alone. */
export function totalsOf(state: State, part: PartId): Totals {
	const {clients, lives, plan} = state;
	const ledger = ledgerOf(state);
	const server = state.servers.find(({id}) => id === part);
	// In connection mode nobody knows messages: there it is connections that break.
	const key = `${server?.name}/${plan.balancer.mode === 'message' ? 'unanswered' : 'errors'}`;
	return {
		sent: clients.sent,
		retried: clients.retried,
		redelivered: server?.redelivered ?? 0,
		unanswered: totalOf(lives, balancerId, key),
		failed: clients.failed,
		lost: ledger.lost,
		duplicates: ledger.duplicates,
	};
}

/** An exit is noticed after the fact; others may have met it before. More than so long before, it is another matter. */
export const longestNoticeMs = 1000;

/** T0 of a crash that was waited for is its first sign, at most `signAt`; what was counted until then stays counted. */
export function crashed(incident: Incident, signAt: number): Incident {
	const {at: askedAt, routedAwayMs, firstErrorMs, firstRetryAckedMs, lastBadMs: _, ...rest} = incident;
	const errorAt = firstErrorMs === null ? signAt : askedAt + firstErrorMs;
	const isOfCrash = firstErrorMs !== null && signAt - errorAt < longestNoticeMs;
	const at = isOfCrash ? Math.min(signAt, errorAt) : signAt;
	const since = (ms: number | null) => (ms === null ? null : askedAt + ms - at);
	const isBefore = (ms: number | null) => ms !== null && askedAt + ms < at;
	return {
		...rest,
		...{at, boundMs: 0, p99BackMs: null},
		firstErrorMs: isOfCrash ? since(firstErrorMs) : null,
		firstRetryAckedMs: isBefore(firstRetryAckedMs) ? null : since(firstRetryAckedMs),
		routedAwayMs: isBefore(routedAwayMs) ? 0 : since(routedAwayMs),
	};
}

/** The incident with the p99 of the minute before it; for the second after it, and not for T0 itself. */
export function measured(incident: Incident, {recentCounts}: State): Incident {
	if (incident.hasBaseline) return incident;
	const before = recentCounts.filter(({at}) => at <= incident.at).map(({counts}) => counts);
	return {...incident, hasBaseline: true, p99BeforeMs: quantileOfAll(before, 0.99)};
}

/** The counts of an incident as they stand at `at`. */
export function recounted(incident: Incident, state: State, at: number): Incident {
	const {before, part} = incident;
	const now = totalsOf(state, part);
	const failed = now.failed - before.failed;
	const sent = now.sent - before.sent;
	return {
		...incident,
		hit: Math.max(now.unanswered - before.unanswered, now.retried - before.retried, failed),
		retried: now.retried - before.retried + now.redelivered - before.redelivered,
		failed,
		...ledgerCounts(incident, now),
		lostTimeMs: failed === 0 ? 0 : (failed * (at - incident.at)) / Math.max(1, sent),
	};
}

/** Lost and double since T0, where the ledger knew both moments. */
export function ledgerCounts({before}: Incident, now: Totals): Pick<Incident, 'lost' | 'duplicates'> {
	const since = (count: number | null, then: number | null) => (count === null || then === null ? null : count - then);
	return {lost: since(now.lost, before.lost), duplicates: since(now.duplicates, before.duplicates)};
}
