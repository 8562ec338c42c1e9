/** From HAProxy's own answers to one look at one of its backends. Pure. */

import type {Administration} from '../domain/status.ts';
import type {CountedUnit, WatchedCounter, WatchedFigures, WatchedServer, WatchedTick} from '../domain/watched.ts';
import type {StatRow} from './read-answers.ts';
import {numberOf, routeOf} from './stat-values.ts';

/** The fields that are counted from the start of the process. */
export const counterFields: Record<WatchedCounter, string> = {
	total: 'stot',
	bytesIn: 'bin',
	bytesOut: 'bout',
	connectErrors: 'econ',
	responseErrors: 'eresp',
	retries: 'wretr',
	redispatches: 'wredis',
	clientErrors: 'hrsp_4xx',
	serverErrors: 'hrsp_5xx',
	clientAborts: 'cli_abrt',
	serverAborts: 'srv_abrt',
	checkFailures: 'chkfail',
	downs: 'chkdown',
	downSeconds: 'downtime',
};

const fields: Record<keyof WatchedFigures, string> = {
	...counterFields,
	current: 'scur',
	most: 'smax',
	limit: 'slim',
	queue: 'qcur',
	mostQueued: 'qmax',
	weight: 'weight',
	userWeight: 'uweight',
	changedSeconds: 'lastchg',
	queueMs: 'qtime',
	connectMs: 'ctime',
	responseMs: 'rtime',
	totalMs: 'ttime',
};

/** The backends that have servers, in their order. */
export function backendsOf(rows: StatRow[]): string[] {
	return [...new Set(rows.filter(isServer).map(({pxname}) => pxname!))];
}

/** What is looked at: one of the backends of `rows`. */
type Looked = {rows: StatRow[]; info: StatRow; backend: string; socket: string; everySeconds: number};

/** One look at it. */
export function lookAt({rows, info, backend, socket, everySeconds}: Looked): WatchedTick {
	const own = rows.filter(({pxname}) => pxname === backend);
	const whole = own.find(({svname}) => svname === 'BACKEND') ?? {};
	const {mode = 'tcp'} = whole;
	const unit = unitOf(whole, mode);
	const doors = rows.filter(({svname}) => svname === 'FRONTEND');
	return {
		type: 'watched-tick',
		program: info.Name!,
		version: info.Version!,
		pid: numberOf(info.Pid),
		uptimeSeconds: numberOf(info.Uptime_sec),
		idlePercent: numberOf(info.Idle_pct),
		connections: doors.length === 0 ? null : doors.reduce((sum, {scur}) => sum + (numberOf(scur) ?? 0), 0),
		maxConnections: numberOf(info.Maxconn),
		socket,
		everySeconds,
		backend,
		others: backendsOf(rows).filter(name => name !== backend),
		mode,
		algorithm: whole.algo ?? null,
		unit,
		figures: figuresOf(whole, {unit, mode}),
		servers: own.filter(isServer).map(row => serverOf(row, {unit, mode})),
	};
}

/** lbtop's own balancer says what it balances; HAProxy counts requests where it reads them. */
function unitOf({lbtop_mode: ours, req_tot: requests}: StatRow, mode: string): CountedUnit {
	if (ours === 'message') return 'messages';
	return mode === 'http' && requests !== undefined ? 'requests' : 'sessions';
}

type Kind = {unit: CountedUnit; mode: string};

function figuresOf(row: StatRow, {unit, mode}: Kind): WatchedFigures {
	const known = Object.entries(fields).map(([name, field]) => [name, numberOf(row[field])]);
	const figures = Object.fromEntries(known) as WatchedFigures;
	const total = unit === 'requests' ? (numberOf(row.req_tot) ?? figures.total) : figures.total;
	// Nobody has waited for a response where none was read: that 0 is no time.
	return {...figures, total, responseMs: mode === 'http' ? figures.responseMs : null};
}

function serverOf(row: StatRow, kind: Kind): WatchedServer {
	const {pxname, svname, status = '', addr, check_status: check, last_chk: text, bck} = row;
	return {
		...figuresOf(row, kind),
		id: `${pxname}/${svname}`,
		name: row.lbtop_name ?? svname!,
		address: addr ?? null,
		status,
		route: routeOf(row),
		administration: administrationOf(status),
		check: check ?? null,
		checkText: text ?? null,
		isBackup: bck === '1',
	};
}

function administrationOf(status: string): Administration {
	if (status.startsWith('MAINT')) return 'maint';
	return status.startsWith('DRAIN') ? 'drain' : 'ready';
}

/** A row of a server: HAProxy's own names for the sums, and listeners, are none. */
function isServer({type, svname, pxname}: StatRow): boolean {
	return pxname !== undefined && svname !== undefined && type === '2';
}
