/** One incident, as data: what broke, and the stopwatch that runs until everything is as it was. */

import type {PartId} from '../domain/plan.ts';

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
	/** It was back in after so many ms, and out again at that moment, which may be the first sign of the next incident. */
	wasBackUp?: {ms: number; outAt: number};
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

/** What is counted over the whole run, as it stood at T0. */
export type Totals = {
	sent: number;
	retried: number;
	redelivered: number;
	unanswered: number;
	failed: number;
	lost: number | null;
	duplicates: number | null;
};

/** `changed`: those that the last event opened or ended. */
export type Incidents = {list: Incident[]; changed: Incident[]};
