/**
 * The fields of `show stat`, a row each, in HAProxy's order (management.txt, section 9.1; names, order and tags as HAProxy
 * 2.6 prints them). A name alone: HAProxy has it and this balancer does not, its cell is empty. After HAProxy's come our
 * own.
 */

import {formatAddress} from '../../domain/server-spec.ts';
import {formatRoute, type Route} from '../../domain/status.ts';
import type {Field, Value} from './field.ts';
import {type Figures, proxy, type ServerFigures} from './figures.ts';

/** What a field says of the frontend, of the backend as a whole, and of one server; absent: nothing. */
export type StatField = Field & {
	frontend?(figures: Figures): Value;
	backend?(figures: Figures): Value;
	server?(server: ServerFigures, figures: Figures): Value;
};

const sum = ({servers}: Figures, of: (server: ServerFigures) => number) =>
	servers.reduce((total, server) => total + of(server), 0);
const least = (values: number[]) => values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
const seconds = (ms: number) => Math.floor(ms / 1000);
const isUp = ({listed: {route}}: ServerFigures) => route.state === 'UP' || route.state === 'SLOW';
const constant = (value: Value) => ({frontend: () => value, backend: () => value, server: () => value});

/** HAProxy's words for what is only ours: a server that starts slowly is up, one that was ejected gets no load. */
const status = ({listed: {route}}: ServerFigures): string => {
	const words: Partial<Record<Route['state'], Route['state']>> = {SLOW: 'UP', EJECTED: 'NOLB'};
	return formatRoute({...route, state: words[route.state] ?? route.state});
};

/** How many checks it can still fail or has passed, as HAProxy counts: 0 to rise + fall - 1. */
export const checkHealth = ({listed: {route}, health: {rise, fall}}: ServerFigures): number => {
	if (route.state === 'MAINT') return 0;
	if (route.state === 'DOWN') return route.progress?.done ?? 0;
	return rise - 1 + (route.progress?.done ?? fall);
};

/** While it starts slowly: what part of its weight is in force, in percent. */
const throttle = ({counts: {weight, userWeight}, listed: {route}}: ServerFigures): Value =>
	route.state === 'SLOW' && userWeight > 0 ? Math.round((100 * weight) / userWeight) : null;

const row = (
	name: string,
	tags: Field['tags'],
	type: Field['type'],
	of: Pick<StatField, 'frontend' | 'backend' | 'server'>,
): StatField => ({name, tags, type, ...of});

const rows: (StatField | string)[] = [
	row('pxname', 'KNS', 'str', constant(proxy.name)),
	row('svname', 'KNS', 'str', {frontend: () => 'FRONTEND', backend: () => 'BACKEND', server: ({name}) => name}),
	row('qcur', 'MGP', 'u32', {backend: ({balancer}) => balancer.waiting}),
	row('qmax', 'MMP', 'u32', {backend: ({mostWaiting}) => mostWaiting}),
	row('scur', 'MGP', 'u32', {
		frontend: ({balancer}) => balancer.clientConnections,
		backend: figures => sum(figures, ({counts}) => counts.inFlight),
		server: ({counts}) => counts.inFlight,
	}),
	row('smax', 'MMP', 'u32', {
		frontend: ({mostClients}) => mostClients,
		backend: ({mostInFlight}) => mostInFlight,
		server: ({mostInFlight}) => mostInFlight,
	}),
	row('slim', 'CLP', 'u32', {
		frontend: ({settings}) => settings.limits.maxConnections || null,
		server: ({listed}, {settings}) => listed.maxconn ?? (settings.limits.serverMaxconn || null),
	}),
	row('stot', 'MCP', 'u64', {
		frontend: ({balancer}) => balancer.accepted,
		backend: figures => sum(figures, ({counts}) => counts.forwarded),
		server: ({counts}) => counts.forwarded,
	}),
	...['bin', 'bout', 'dreq', 'dresp', 'ereq'],
	row('econ', 'MCP', 'u64', {
		backend: figures => sum(figures, ({counts}) => counts.errors),
		server: ({counts}) => counts.errors,
	}),
	'eresp',
	row('wretr', 'MCP', 'u64', {backend: ({balancer: {attempts, messages, hedged}}) => attempts - messages - hedged}),
	row('wredis', 'MCP', 'u64', {
		backend: figures => sum(figures, ({counts}) => counts.redelivered),
		server: ({counts}) => counts.redelivered,
	}),
	row('status', 'SGP', 'str', {
		frontend: () => 'OPEN',
		backend: ({servers}) => (servers.some(isUp) ? 'UP' : 'DOWN'),
		server: status,
	}),
	row('weight', 'MaP', 'u32', {
		backend: figures => sum({...figures, servers: figures.servers.filter(isUp)}, ({listed}) => listed.weight),
		server: ({listed}) => listed.weight,
	}),
	row('act', 'SGP', 'u32', {backend: ({servers}) => servers.filter(isUp).length, server: () => 1}),
	row('bck', 'SGP', 'u32', {backend: () => 0, server: () => 0}),
	row('chkfail', 'MCP', 'u64', {server: ({counts}) => counts.checkFailures}),
	row('chkdown', 'MCP', 'u64', {server: ({counts}) => counts.downs}),
	row('lastchg', 'MAP', 'u32', {
		backend: ({servers, uptimeMs}) => seconds(least([uptimeMs, ...servers.map(({changedAgoMs}) => changedAgoMs)])),
		server: ({changedAgoMs}) => seconds(changedAgoMs),
	}),
	row('downtime', 'MCP', 'u32', {server: ({counts}) => seconds(counts.downMs)}),
	'qlimit',
	row('pid', 'KGP', 'u32', constant(1)),
	row('iid', 'KGS', 'u32', {
		frontend: () => proxy.frontendId,
		backend: () => proxy.backendId,
		server: () => proxy.backendId,
	}),
	row('sid', 'KGS', 'u32', {frontend: () => 0, backend: () => 0, server: ({listed}) => listed.id}),
	row('throttle', 'MaP', 'u32', {server: throttle}),
	row('lbtot', 'MCP', 'u64', {
		backend: figures => sum(figures, ({counts}) => counts.forwarded),
		server: ({counts}) => counts.forwarded,
	}),
	'tracked',
	row('type', 'CGS', 'u32', {frontend: () => 0, backend: () => 1, server: () => 2}),
	row('rate', 'MRP', 'u32', {
		frontend: ({acceptRate}) => acceptRate.perSecond,
		backend: ({sessionRate}) => sessionRate.perSecond,
		server: ({sessionRate}) => sessionRate.perSecond,
	}),
	'rate_lim',
	row('rate_max', 'MMP', 'u32', {
		frontend: ({acceptRate}) => acceptRate.max,
		backend: ({sessionRate}) => sessionRate.max,
		server: ({sessionRate}) => sessionRate.max,
	}),
	row('check_status', 'MOP', 'str', {server: ({counts}) => counts.check?.status ?? null}),
	'check_code',
	row('check_duration', 'MDP', 'u64', {server: ({counts}) => (counts.check ? Math.round(counts.check.ms) : null)}),
	...['hrsp_1xx', 'hrsp_2xx', 'hrsp_3xx', 'hrsp_4xx', 'hrsp_5xx'],
	...['hrsp_other', 'hanafail', 'req_rate', 'req_rate_max', 'req_tot', 'cli_abrt', 'srv_abrt', 'comp_in', 'comp_out'],
	...['comp_byp', 'comp_rsp', 'lastsess'],
	row('last_chk', 'MOP', 'str', {server: ({counts}) => counts.check?.text ?? null}),
	...['last_agt', 'qtime', 'ctime', 'rtime', 'ttime', 'agent_status'],
	...['agent_code', 'agent_duration', 'check_desc', 'agent_desc'],
	row('check_rise', 'CGS', 'u32', {server: ({health}) => health.rise}),
	row('check_fall', 'CGS', 'u32', {server: ({health}) => health.fall}),
	row('check_health', 'CGS', 'u32', {server: checkHealth}),
	...['agent_rise', 'agent_fall', 'agent_health'],
	row('addr', 'CGS', 'str', {
		server: ({listed}) => formatAddress(listed),
	}),
	'cookie',
	row('mode', 'CGS', 'str', constant('tcp')),
	row('algo', 'CGS', 'str', {backend: ({balancer}) => balancer.algorithm}),
	row('conn_rate', 'MRP', 'u32', {frontend: ({acceptRate}) => acceptRate.perSecond}),
	row('conn_rate_max', 'MMP', 'u32', {frontend: ({acceptRate}) => acceptRate.max}),
	row('conn_tot', 'MCP', 'u64', {frontend: ({balancer}) => balancer.accepted}),
	...['intercepted', 'dcon', 'dses', 'wrew', 'connect', 'reuse', 'cache_lookups', 'cache_hits', 'srv_icur', 'src_ilim'],
	...['qtime_max', 'ctime_max', 'rtime_max', 'ttime_max', 'eint', 'idle_conn_cur', 'safe_conn_cur'],
	row('used_conn_cur', 'MGP', 'u32', {server: ({counts}) => counts.connections}),
	'need_conn_est',
	row('uweight', 'MaP', 'u32', {
		backend: figures => sum(figures, ({listed}) => listed.weight),
		server: ({listed}) => listed.weight,
	}),
	...['agg_server_status', 'agg_server_check_status', 'agg_check_status'],
];

/** Our own, after HAProxy's `-`: what is balanced, the messages that were answered and refused, the route in our words. */
const ourRows: StatField[] = [
	row('lbtop_mode', 'CGS', 'str', {backend: ({settings}) => settings.mode}),
	row('lbtop_answered', 'MCP', 'u64', {
		backend: figures => sum(figures, ({counts}) => counts.answered),
		server: ({counts}) => counts.answered,
	}),
	row('lbtop_messages', 'MCP', 'u64', {backend: ({balancer}) => balancer.messages}),
	row('lbtop_attempts', 'MCP', 'u64', {backend: ({balancer}) => balancer.attempts}),
	row('lbtop_hedged', 'MCP', 'u64', {backend: ({balancer}) => balancer.hedged}),
	row('lbtop_nak', 'MCP', 'u64', {frontend: ({balancer}) => balancer.nak}),
	row('lbtop_name', 'KNS', 'str', {server: ({listed}) => listed.name}),
	row('lbtop_route', 'SGP', 'str', {server: ({listed}) => formatRoute(listed.route)}),
	row('lbtop_ejections', 'MCP', 'u64', {server: ({counts}) => counts.ejections}),
	row('lbtop_unanswered', 'MCP', 'u64', {server: ({counts}) => counts.unanswered}),
];

const unknown = (name: string): StatField => ({name, tags: 'MGP', type: 'u32'});

/** HAProxy's fields in its order: its tools find a field by its place. */
export const haproxyFields: StatField[] = rows.map(each => (typeof each === 'string' ? unknown(each) : each));
/** lbtop's own fields, behind HAProxy's. */
export const ownFields = ourRows;
