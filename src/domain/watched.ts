/** A balancer that runs elsewhere and is only looked at, as it tells of itself. null: it does not tell. */

import type {Administration, Route} from './status.ts';

/** What its counts are of. Whoever only sees connections or requests pass knows nothing of ACKs. */
export type CountedUnit = 'sessions' | 'requests' | 'messages';

/** Counters are totals over all of its lives that were seen; the rest is as it stands. Times are means of the last 1024, in ms. */
export type WatchedFigures = Record<WatchedFigure, number | null>;
type WatchedFigure = WatchedCounter | WatchedGauge;
/** `clientErrors`, `serverErrors`: responses of 400 and more, of 500 and more. `downSeconds`: how long it was down in all. */
export type WatchedCounter =
	| ('total' | 'bytesIn' | 'bytesOut' | 'connectErrors' | 'responseErrors' | 'retries' | 'redispatches')
	| ('clientErrors' | 'serverErrors')
	| ('clientAborts' | 'serverAborts' | 'checkFailures' | 'downs' | 'downSeconds');
type WatchedGauge =
	| ('current' | 'most' | 'limit' | 'queue' | 'mostQueued' | 'weight' | 'userWeight' | 'changedSeconds')
	| ('queueMs' | 'connectMs' | 'responseMs' | 'totalMs');

/** `id`: `backend/server`, as its commands take it. `status`: its own word, whole. `check`: the last one's words. */
export type WatchedServer = WatchedFigures & {
	id: string;
	name: string;
	address: string | null;
	status: string;
	route: Route | null;
	administration: Administration;
	check: string | null;
	checkText: string | null;
	isBackup: boolean;
};

/** One look at it. `socket`: where it was asked; `others`: backends that are not looked at. */
export type WatchedTick = {
	type: 'watched-tick';
	program: string;
	version: string;
	pid: number | null;
	uptimeSeconds: number | null;
	idlePercent: number | null;
	/** Clients that are connected now, over all doors, and how many there may be. */
	connections: number | null;
	maxConnections: number | null;
	socket: string;
	/** Seconds between two looks. */
	everySeconds: number;
	backend: string;
	others: string[];
	mode: string;
	algorithm: string | null;
	unit: CountedUnit;
	figures: WatchedFigures;
	servers: WatchedServer[];
};
