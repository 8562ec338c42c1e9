/** From HAProxy's answers to what a balancer of a lab says of itself: a tick, and events for what has changed. Pure. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {PartEvent} from '../domain/event.ts';
import {type Administration, formatRoute, type Route} from '../domain/status.ts';
import {
	type CheckStatus,
	checkStatuses,
	type ForeignBackendTick,
	type ForeignBalancerTick,
	type LastCheck,
} from '../domain/tick.ts';
import type {StatRow} from '../haproxy/read-answers.ts';
import {numberOf, routeOf} from '../haproxy/stat-values.ts';
import {phrase} from '../words/words.ts';
import {backendName, type NamedServer} from './haproxy-configuration.ts';

/** What was seen of a server: how it stands, and as it was set. */
export type Seen = {route: Route | null; check: LastCheck | null; server: NamedServer};

/** One look: `rows` of `show stat`, what people want of each server, when (monotonic ms), what the process costs. */
type Look = {
	rows: StatRow[];
	administrations: Map<string, Administration>;
	at: number;
	usage: Pick<ForeignBalancerTick, 'cpuMs' | 'rssBytes'>;
};

/** How each server stands in a look; undefined: not all of them are in it. */
export function seenIn({rows, administrations}: Look, servers: NamedServer[]): Seen[] | undefined {
	const seen = servers.flatMap((server): Seen[] => {
		const row = rowOf(rows, server.id);
		if (!row) return [];
		const administration = administrations.get(server.id) ?? server.administration;
		const weight = numberOf(row.uweight) ?? server.weight;
		return [
			{
				route: routeOf(row),
				check: checkOf(row),
				server: {...server, administration, weight},
			},
		];
	});
	return seen.length === servers.length ? seen : undefined;
}

/** True when every server that is checked has been checked once. */
export function isChecked(seen: Seen[]): boolean {
	return seen.every(({check, server}) => check !== null || server.administration === 'maint');
}

/** What has changed between two looks; at first all that is known is news. */
export function changesBetween(before: Seen[], now: Seen[]): PartEvent[] {
	const pairs = now.map(seen => ({seen, was: before.find(({server}) => server.id === seen.server.id)}));
	const routes = pairs.flatMap(({seen, was}): PartEvent[] => {
		const {route: to, check, server} = seen;
		const from = was ? was.route : null;
		if (to === null || (from && formatRoute(from) === formatRoute(to))) return [];
		const cause = was && was.server.administration !== server.administration ? server.administration : check?.text;
		return [
			{
				...{
					type: 'route-changed',
					server: server.name,
					from: from ?? {state: 'DOWN'},
					to,
					cause: cause ?? '',
				},
				...(check ? {check} : {}),
			},
		];
	});
	const set = pairs.filter(({seen, was}) => was && settingsOf(was) !== settingsOf(seen));
	if (set.length === 0) return routes;
	const causes = set.flatMap(({seen: {server}, was}) => [
		...(was!.server.weight === server.weight
			? []
			: [phrase('{name}: weight {weight}', {name: server.name, weight: server.weight})]),
		...(was!.server.administration === server.administration || routes.some(event => isOf(event, server.name))
			? []
			: [`${server.name}: ${server.administration}`]), // as the command has it
	]);
	const servers = now.map(({server: {id: _, ...server}}) => server);
	return [...routes, {type: 'servers-changed', servers, cause: causes.join(', ')}];
}

function settingsOf({server: {weight, administration}}: Seen): string {
	return `${weight} ${administration}`;
}

function isOf(event: PartEvent, server: string): boolean {
	return event.type === 'route-changed' && event.server === server;
}

/** What HAProxy counts. It sees connections: what becomes of messages in them, and which of its limits struck, it does not say. */
export function tickOf({rows, at, usage}: Look, seen: Seen[], algorithm: AlgorithmName): ForeignBalancerTick {
	const whole = rowOf(rows, 'BACKEND') ?? {};
	const door = rows.find(({svname}) => svname === 'FRONTEND') ?? {};
	const backends = seen.map(one => backendOf(rowOf(rows, one.server.id)!, one, at));
	return {
		type: 'balancer-tick',
		algorithm,
		backends,
		clientConnections: count(door.scur),
		accepted: count(door.stot),
		// It says nothing to clients in its own name, and asks nobody a second time while the first may answer.
		...{nak: 0, hedged: 0},
		messages: count(whole.stot),
		attempts: backends.reduce((sum, {forwarded}) => sum + forwarded, 0),
		waiting: count(whole.qcur) + seen.reduce((sum, {server}) => sum + count(rowOf(rows, server.id)?.qcur), 0),
		struck: null,
		...usage,
	};
}

function backendOf(row: StatRow, {server, check}: Seen, at: number): ForeignBackendTick {
	return {
		name: server.name,
		forwarded: count(row.stot),
		answered: null,
		inFlight: count(row.scur),
		connections: count(row.scur),
		errors: count(row.econ) + count(row.eresp),
		redelivered: count(row.wredis),
		unanswered: null,
		userWeight: server.weight,
		weight: numberOf(row.weight) ?? server.weight,
		check,
		checkFailures: count(row.chkfail),
		downs: count(row.chkdown),
		ejections: 0,
		downMs: count(row.downtime) * 1000,
		changedAt: at - count(row.lastchg) * 1000,
	};
}

/** `* L7OK`: the next check is under way. */
function checkOf({check_status: status = '', check_duration: ms, last_chk: said, check_desc: what}: StatRow) {
	const word = status.replace(/^\* /, '') as CheckStatus;
	if (!checkStatuses.includes(word)) return null;
	// Of a check that went well it says only what it was: `(tcp-check)`.
	const hasSaid = said !== undefined && !said.startsWith('(');
	return {status: word, ms: numberOf(ms) ?? 0, text: hasSaid ? said : (what ?? word)};
}

/** A counter HAProxy always has; an empty cell of these is one that has not begun. */
function count(text: string | undefined): number {
	return numberOf(text) ?? 0;
}

function rowOf(rows: StatRow[], name: string): StatRow | undefined {
	return rows.find(({pxname, svname}) => pxname === backendName && svname === name);
}
