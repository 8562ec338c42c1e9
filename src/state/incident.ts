/** One incident: what broke, and the stopwatch that runs until everything is as it was. */

import {quantileOfAll} from '../domain/latency.ts';
import {balancerId, type PartId} from '../domain/plan.ts';
import {totalOf} from './counting.ts';
import {ledgerOf} from './ledger.ts';
import type {State} from './state.ts';

/**
 * Times are ms from T0 (`at`, monotonic ms); null: it has not happened. Counts are of messages, from T0 to the end; null:
 * unknown. Of the server alone are `routedAwayMs`, `backUpMs` and its parts of `hit` and `retried`. What clients meet cannot be
 * told apart by server: while incidents overlap, each counts all of it, and `overlaps` says that they must not be added up.
 */
export type Incident = {
	id: number;
	/** `kill`, `stop`, `pause`, `restart`, `exit` (an unplanned one), or a fault's kind. */
	kind: string;
	part: PartId;
	/** The part's name. */
	server: string;
	at: number;
	/** The first attempt of a client that came to nothing. */
	firstErrorMs: number | null;
	/** The first answer to a message that was sent again, by its client or by the balancer. */
	firstRetryAckedMs: number | null;
	/** When the balancer took the server out, and by when its checks should have; 0: at once, null: they do not look for it. */
	routedAwayMs: number | null;
	boundMs: number | null;
	/** When the last second ended whose p99 was over {@link p99Tolerance} × that of the minute before; 0: there was none. */
	p99BackMs: number | null;
	/** The end of the last such second. */
	lastBadMs?: number;
	/** That of the minute before, ms; null: nothing was ACKed in it. */
	p99BeforeMs: number | null;
	/** `p99BeforeMs` has been looked for. That takes a moment, which must not come between T0 and what breaks. */
	hasBaseline: boolean;
	backUpMs: number | null;
	/** The server did not answer them, or their clients asked again or gave up: the greatest of these, for many are all. */
	hit: number;
	/** Sent again, by clients or by the balancer. */
	retried: number;
	failed: number;
	lost: number | null;
	duplicates: number | null;
	/** `failed` × the mean time between two messages: how long the service as a whole was away. */
	lostTimeMs: number;
	overlaps: boolean;
	/** Absent while it lasts. `run`: the run ended first; `next`: another incident of this server began. */
	endedAt?: number;
	endedBy?: 'recovery' | 'run' | 'next';
	/** The fault in force that it is about. */
	faultId?: number;
	/** The part's process has been something else than running since T0. */
	wasDown: boolean;
	/** The cause is over since then. */
	causeOverAt?: number;
	before: Totals;
};

/** p99 is back when it is within this factor of the minute before. */
export const p99Tolerance = 1.2;

/** What is counted over the whole run, as it stood at T0. */
type Totals = {
	sent: number;
	retried: number;
	redelivered: number;
	unanswered: number;
	failed: number;
	lost: number | null;
	duplicates: number | null;
};

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
