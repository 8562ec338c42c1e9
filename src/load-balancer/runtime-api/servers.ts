/** `show servers state` and `show servers conn`: one line per server, columns as in HAProxy 2.6 (management.txt, 9.3). */

import {type Figures, proxy, type ServerFigures} from './figures.ts';
import {checkHealth} from './stat-fields.ts';

type Column = [title: string, of: (server: ServerFigures, figures: Figures) => string | number];

const isRunning = ({listed: {route}}: ServerFigures) => route.state !== 'DOWN' && route.state !== 'MAINT';

/** FMAINT and FDRAIN: someone asked for it. */
const adminBits = {ready: 0, maint: 1, drain: 8} as const;

const none = (title: string, value: string | number): Column => [title, () => value];

const stateColumns: Column[] = [
	none('be_id', proxy.backendId),
	none('be_name', proxy.name),
	['srv_id', ({listed}) => listed.id],
	['srv_name', ({name}) => name],
	['srv_addr', ({listed}) => listed.host],
	['srv_op_state', server => (isRunning(server) ? 2 : 0)],
	['srv_admin_state', ({listed}) => adminBits[listed.administration]],
	['srv_uweight', ({listed}) => listed.weight],
	['srv_iweight', ({listed}) => listed.initialWeight],
	['srv_time_since_last_change', ({changedAgoMs}) => Math.floor(changedAgoMs / 1000)],
	// How the last check went in HAProxy's numbers is not kept: 0 is its "unknown".
	none('srv_check_status', 0),
	none('srv_check_result', 0),
	['srv_check_health', checkHealth],
	['srv_check_state', ({listed}) => (listed.administration === 'maint' ? 14 : 6)],
	none('srv_agent_state', 0),
	none('bk_f_forced_id', 0),
	none('srv_f_forced_id', 0),
	none('srv_fqdn', '-'),
	['srv_port', ({listed}) => listed.port],
	none('srvrecord', '-'),
	none('srv_use_ssl', 0),
	none('srv_check_port', 0),
	none('srv_check_addr', '-'),
	none('srv_agent_addr', '-'),
	none('srv_agent_port', 0),
];

const connColumns: Column[] = [
	['bkname/svname', ({name}) => `${proxy.name}/${name}`],
	['bkid/svid', ({listed}) => `${proxy.backendId}/${listed.id}`],
	['addr', ({listed}) => listed.host],
	['port', ({listed}) => listed.port],
	none('-', '-'),
	none('purge_delay', 0),
	['used_cur', ({counts}) => counts.connections],
	['used_max', ({mostConnections}) => mostConnections],
	none('need_est', 0),
	none('unsafe_nb', 0),
	none('safe_nb', 0),
	none('idle_lim', -1),
	none('idle_cur', 0),
	none('idle_per_thr[1]', 0),
];

/** The format's number, the columns' names, a line per server. */
export function serversState(figures: Figures): string {
	return `1\n${table(stateColumns, figures)}`;
}

export function serversConn(figures: Figures): string {
	return table(connColumns, figures);
}

function table(columns: Column[], figures: Figures): string {
	const lines = figures.servers.map(server => columns.map(([, of]) => of(server, figures)).join(' '));
	return [`# ${columns.map(([title]) => title).join(' ')}`, ...lines, ''].join('\n');
}
