import {expect, test} from 'vitest';
import type {Administration} from '../../src/domain/status.ts';
import type {NamedServer} from '../../src/engines/haproxy-configuration.ts';
import {changesBetween, isChecked, seenIn, tickOf} from '../../src/engines/haproxy-figures.ts';
import {refusalIn} from '../../src/engines/haproxy-words.ts';
import type {StatRow} from '../../src/haproxy/read-answers.ts';
import {readServerStates} from '../../src/haproxy/read-server-states.ts';

const servers = [1, 2].map(
	(n): NamedServer => ({
		...{id: `server-${n}`, name: `Server ${n}`, host: '127.0.0.1', port: 9000 + n, weight: 1, administration: 'ready'},
	}),
);

const well = {
	status: 'UP',
	weight: '1',
	uweight: '1',
	check_status: 'L7OK',
	check_duration: '3',
	last_chk: '(tcp-check)',
};
const row = (n: number, over: StatRow = {}): StatRow => ({
	...{pxname: 'pool', svname: `server-${n}`, check_desc: 'Layer7 check passed', ...well},
	...over,
});

const lookAt = (rows: StatRow[], wanted: Record<string, Administration> = {}) => ({
	...{rows, administrations: new Map(Object.entries(wanted)), at: 60_000, usage: {cpuMs: null, rssBytes: null}},
});

const before = seenIn(lookAt([row(1), row(2)]), servers)!;
const changes = (over: StatRow, wanted: Record<string, Administration> = {}) =>
	changesBetween(before, seenIn(lookAt([row(1, over), row(2)], wanted), servers)!);

test('at first all is news, with what the check said', () => {
	expect(changesBetween([], before)).toMatchObject([
		{
			type: 'route-changed',
			server: 'Server 1',
			to: {state: 'UP'},
			cause: 'Layer7 check passed',
			check: {status: 'L7OK', ms: 3},
		},
		{type: 'route-changed', server: 'Server 2'},
	]);
	expect(changes({})).toEqual([]);
});

test.each<[status: string, over: StatRow, to: object, cause: string]>([
	['UP 1/3', {check_status: 'L7TOUT', last_chk: 'no answer'}, {state: 'UP', progress: {done: 1, of: 3}}, 'no answer'],
	['DOWN 1/2', {}, {state: 'DOWN', progress: {done: 1, of: 2}}, 'Layer7 check passed'],
	['DOWN', {check_status: '* L4CON', last_chk: 'Connection refused'}, {state: 'DOWN'}, 'Connection refused'],
	['NOLB', {}, {state: 'NOLB'}, 'Layer7 check passed'],
	['UP', {throttle: '40'}, {state: 'SLOW'}, 'Layer7 check passed'],
])('%s', (status, over, to, cause) => {
	expect(changes({status, ...over})).toEqual([
		expect.objectContaining({type: 'route-changed', server: 'Server 1', from: {state: 'UP'}, to, cause}),
	]);
});

test('a drain and a weight, whoever set them, also where the route does not tell', () => {
	expect(changes({status: 'DRAIN'}, {'server-1': 'drain'})).toMatchObject([
		{type: 'route-changed', to: {state: 'DRAIN'}, cause: 'drain'},
		{
			type: 'servers-changed',
			servers: [{name: 'Server 1', administration: 'drain'}, {administration: 'ready'}],
			cause: '',
		},
	]);
	expect(changes({uweight: '5', weight: '5'})).toMatchObject([
		{type: 'servers-changed', servers: [{weight: 5}, {weight: 1}], cause: 'Server 1: weight 5'},
	]);
	expect(changes({}, {'server-1': 'maint'})).toMatchObject([{type: 'servers-changed', cause: 'Server 1: maint'}]);
});

test('a tick has what HAProxy knows, and null for the rest', () => {
	const counts = {stot: '12', scur: '3', econ: '2', eresp: '1', wredis: '4', chkfail: '6', chkdown: '1', downtime: '7'};
	const rows = [
		{pxname: 'lab', svname: 'FRONTEND', scur: '5', stot: '20'},
		...[row(1, {...counts, lastchg: '9', qcur: '1'}), row(2, {stot: '9'})],
		{pxname: 'pool', svname: 'BACKEND', stot: '20', qcur: '2'},
	];
	const look = lookAt(rows);
	const tick = tickOf(look, seenIn(look, servers)!, 'first');
	expect(tick).toMatchObject({
		...{algorithm: 'first', clientConnections: 5, accepted: 20, messages: 20, attempts: 21, waiting: 3},
		...{struck: null, cpuMs: null, rssBytes: null},
	});
	expect(tick.backends[0]).toMatchObject({
		...{name: 'Server 1', forwarded: 12, answered: null, unanswered: null, inFlight: 3, errors: 3, redelivered: 4},
		...{checkFailures: 6, downs: 1, downMs: 7000, changedAt: 51_000, check: {status: 'L7OK'}},
	});
});

test('before its first check a server is not known, and a look without all servers is none', () => {
	const unchecked = row(2, {check_status: 'INI'});
	expect(isChecked(seenIn(lookAt([row(1), unchecked]), servers)!)).toBe(false);
	expect(isChecked(seenIn(lookAt([row(1), unchecked], {'server-2': 'maint'}), servers)!)).toBe(true);
	expect(seenIn(lookAt([row(1)]), servers)).toBeUndefined();
});

test('what people want of servers stands in flags, also of one that is down', () => {
	const states = [
		...['1', '# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight'],
		...['3 pool 1 server-1 127.0.0.1 0 8 1', '3 pool 2 server-2 127.0.0.1 2 1 1', '3 pool 3 server-3 127.0.0.1 2 0 1'],
	].join('\n');
	expect([...readServerStates(states)]).toEqual([
		...[
			['server-1', 'drain'],
			['server-2', 'maint'],
			['server-3', 'ready'],
		],
	]);
	expect(readServerStates('Unknown command')).toEqual(new Map());
});

test.each<[errors: string[], refusal: object | undefined]>([
	[
		[
			'[NOTICE]   (1) : haproxy version is 2.6.12',
			"[ALERT]    (1) : config : parsing [a.cfg:23] : unknown keyword 'srver' in 'backend' section",
			'[ALERT]    (1) : config : Error(s) found in configuration file : a.cfg',
			'[ALERT]    (1) : config : Fatal errors found in configuration.',
		],
		{code: 'REFUSED', message: "config : parsing [a.cfg:23] : unknown keyword 'srver' in 'backend' section"},
	],
	[
		[
			'[ALERT]    (1) : Binding [t.cfg:15] for frontend lab: cannot bind socket (Address already in use) for [127.0.0.1:1]',
			'[ALERT]    (1) : [haproxy.main()] Some protocols failed to start their listeners! Exiting.',
		],
		{code: 'EADDRINUSE', message: expect.stringContaining('cannot bind socket')},
	],
	[['[NOTICE]   (1) : haproxy version is 2.6.12'], undefined],
])('why it did not start: %j', (errors, refusal) => {
	const [first] = refusalIn({code: 1, signal: null, lastError: '', errors});
	if (refusal) expect(first).toMatchObject({type: 'could-not-start', ...refusal});
	else expect(first).toBeUndefined();
});
