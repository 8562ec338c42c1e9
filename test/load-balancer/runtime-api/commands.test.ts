import {beforeEach, describe, expect, test} from 'vitest';
import type {ListedServer} from '../../../src/load-balancer/administrator.ts';
import {readCommands} from '../../../src/load-balancer/runtime-api/command-line.ts';
import {answerCommand} from '../../../src/load-balancer/runtime-api/commands.ts';
import {haproxyNames} from '../../../src/load-balancer/runtime-api/figures.ts';
import {figuresOf, listedServer} from './support.ts';

let servers: ListedServer[];
let done: string[];
let noted: string[];
beforeEach(() => {
	servers = [
		listedServer(1),
		listedServer(2, {name: 's2', weight: 5, route: {state: 'DOWN', progress: {done: 1, of: 2}}}),
	];
	done = [];
	noted = [];
});

const ask = (command: string) => {
	const did =
		(what: string) =>
		(name: string, ...rest: unknown[]) => {
			done.push([what, name, ...rest.map(each => (typeof each === 'object' ? JSON.stringify(each) : each))].join(' '));
			return true;
		};
	return answerCommand(
		readCommands(command)[0]!,
		{
			figures: figuresOf(servers).now,
			facts: {version: '1.2.3', pid: 77, node: 'here', startedWallMs: 1000, maxFiles: 1024, maxConnections: 950},
			administrator: {
				administer: did('administer'),
				setWeight: did('weight'),
				setMaxconn: did('maxconn'),
				setAddress: did('address'),
			},
			shutdownSessions: did('shutdown'),
		},
		command => void noted.push(command),
	);
};

test.each<[string, string]>([
	['set server lab/Server-1 state drain', 'administer Server 1 drain'],
	['set server lab/Server\\ 1 state maint', 'administer Server 1 maint'],
	['set server lab/#2 state ready', 'administer s2 ready'],
	['set server #3/s2 weight 7', 'weight s2 7'],
	['set server lab/s2 weight 50%', 'weight s2 5'],
	['set weight lab/s2 0', 'weight s2 0'],
	['disable server lab/s2', 'administer s2 maint'],
	['enable server lab/s2', 'administer s2 ready'],
	['set maxconn server lab/s2 20', 'maxconn s2 20'],
	['set maxconn server lab/s2 10000000', 'maxconn s2 10000000'],
	['shutdown sessions server lab/s2', 'shutdown s2'],
])('%s: done, noted, and nothing said', (command, deed) => {
	expect(ask(command)).toBe('');
	expect(done).toEqual([deed]);
	expect(noted).toEqual([readCommands(command)[0]!.join(' ')]);
});

test('an address is changed, and said', () => {
	expect(ask('set server lab/s2 addr 127.0.0.2 port 9100')).toBe(
		"127.0.0.1:9002 changed to 127.0.0.2:9100 by 'stats socket command'\n",
	);
	expect(done).toEqual(['address s2 {"host":"127.0.0.2","port":9100}']);
});

test.each<[string, string]>([
	['set server', "Require 'backend/server'."],
	['set server lab', "Require 'backend/server'."],
	['set server lab/none state ready', 'No such server.'],
	['set server none/s2 state ready', 'No such backend.'],
	['set server lab/s2', 'usage: set server <backend>/<server> addr | state | weight'],
	['set server lab/s2 __proto__', 'usage: set server <backend>/<server> addr | state | weight'],
	['set server lab/s2 state', "'set server <srv> state' expects 'ready', 'drain' and 'maint'."],
	['set server lab/s2 state up', "'set server <srv> state' expects 'ready', 'drain' and 'maint'."],
	['set server lab/s2 weight 300', 'Absolute weight can only be between 0 and 256 inclusive.'],
	['set server lab/s2 addr nowhere', "Invalid addr 'nowhere'"],
	['set weight lab/s2', 'Require <weight> or <weight%>.'],
	['set maxconn server lab/s2 x', 'maxconn string empty or preceded by garbage'],
	['set maxconn server lab/s2 10000001', 'maxconn string empty or preceded by garbage'],
	['get weight lab/none', 'No such server.'],
	['enable server', "Require 'backend/server'."],
	['show servers state none', "Can't find backend."],
	['shutdown sessions server lab/none', 'No such server.'],
])('%s: %s', (command, words) => {
	expect(ask(command)).toBe(`${words}\n`);
	expect(done).toEqual([]);
	expect(noted).toEqual([]);
});

test('a weight is told with the one it was given first', () => {
	expect(ask('get weight lab/s2')).toBe('5 (initial 10)\n');
});

describe('show stat', () => {
	const table = (command: string) => {
		const [head = '', ...lines] = ask(command).trimEnd().split('\n');
		const names = head.replace('# ', '').split(',');
		return lines.map(line => Object.fromEntries(line.split(',').map((cell, place) => [names[place], cell])));
	};
	test('has a row for the frontend, each server, the backend, and figures by name', () => {
		const rows = table('show stat');
		expect(rows.map(({pxname, svname}) => `${pxname}/${svname}`)).toEqual([
			...['lab/FRONTEND', 'lab/Server-1', 'lab/s2', 'lab/BACKEND'],
		]);
		const [frontend, first, second, backend] = rows;
		expect(frontend).toMatchObject({scur: '5', stot: '50', status: 'OPEN', type: '0', mode: 'tcp', lbtop_nak: '6'});
		expect(first).toMatchObject({
			scur: '1',
			stot: '100',
			econ: '3',
			wredis: '4',
			status: 'UP',
			weight: '10',
			addr: '127.0.0.1:9001',
		});
		expect(first).toMatchObject({
			check_rise: '2',
			check_fall: '3',
			check_health: '4',
			lbtop_answered: '99',
			lbtop_name: 'Server 1',
		});
		expect(first).toMatchObject({
			check_status: 'L7OK',
			check_duration: '1',
			last_chk: 'answered its check',
			throttle: '',
		});
		expect(first).toMatchObject({chkfail: '9', chkdown: '2', downtime: '3', lastchg: '8'});
		expect(second).toMatchObject({status: 'DOWN 1/2', check_health: '1', weight: '5', type: '2', sid: '2', iid: '3'});
		expect(backend).toMatchObject({
			scur: '3',
			stot: '300',
			qcur: '7',
			wretr: '9',
			act: '1',
			weight: '10',
			algo: 'round-robin',
		});
		for (const row of rows) expect(row).toMatchObject({bin: '', hrsp_2xx: '', qtime: ''});
	});
	test.each([
		['show stat 3 4 2', ['s2']],
		['show stat lab 4 -1', ['Server-1', 's2']],
		['show stat -1 3 -1', ['FRONTEND', 'BACKEND']],
		['show stat 9 -1 -1', []],
		['show stat up', ['FRONTEND', 'Server-1', 'BACKEND']],
	])('%s', (command, names) => expect(table(command).map(({svname}) => svname)).toEqual(names));
	test('typed and JSON say the same as the table', () => {
		const typed = ask('show stat typed').trimEnd().split('\n');
		expect(typed).toContain('S.3.1.7.stot.1:MCP:u64:100');
		expect(typed).toContain('B.3.0.17.status.1:SGP:str:UP');
		const json = JSON.parse(ask('show stat json')) as {field: {name: string}; value: {value: unknown}}[][];
		expect(json.flat()).toHaveLength(typed.length);
		expect(json[1]!.find(({field}) => field.name === 'stot')).toEqual({
			...{objType: 'Server', proxyId: 3, id: 1, field: {pos: 7, name: 'stot'}, processNum: 1},
			...{tags: {origin: 'Metric', nature: 'Counter', scope: 'Process'}, value: {type: 'u64', value: 100}},
		});
	});
	test('what only we know of a route is told in a word of HAProxy’s, and in ours', () => {
		servers = [listedServer(1, {route: {state: 'EJECTED'}}), listedServer(2, {route: {state: 'SLOW'}})];
		expect(table('show stat')[2]).toMatchObject({throttle: '50'});
		expect(table('show stat').map(({status, lbtop_route}) => [status, lbtop_route])).toEqual([
			...[
				['OPEN', ''],
				['NOLB', 'EJECTED'],
				['UP', 'SLOW'],
				['UP', ''],
			],
		]);
	});
});

test('show info has what hatop will not do without', () => {
	const info = ask('show info');
	for (const line of [
		'Name: lbtop',
		'Version: 1.2.3',
		'Pid: 77',
		'Maxconn: 950',
		'CurrConns: 5',
		'Uptime: 0d 0h00m12s',
		'node: here',
	])
		expect(info.split('\n')).toContain(line);
	for (const name of ['Release_date', 'Nbproc', 'Process_num', 'Maxpipes', 'PipesUsed', 'Tasks', 'Run_queue'])
		expect(info).toMatch(new RegExp(`^${name}: `, 'm'));
	expect(ask('show info typed')).toContain('6.Pid.1:SGP:u32:77\n');
	expect(JSON.parse(ask('show info json'))).toContainEqual(expect.objectContaining({value: {type: 'u32', value: 77}}));
});

test('show servers state tells what was asked of a server', () => {
	servers = [
		listedServer(1, {administration: 'drain', route: {state: 'DRAIN'}}),
		listedServer(2, {administration: 'maint', route: {state: 'MAINT'}}),
	];
	const [version, head, first, second] = ask('show servers state').split('\n');
	expect(version).toBe('1');
	expect(head!.split(' ')).toHaveLength(first!.split(' ').length + 1);
	expect(first).toMatch(/^3 lab 1 Server-1 127\.0\.0\.1 2 8 10 10 8 /);
	expect(second).toMatch(/^3 lab 2 Server-2 127\.0\.0\.1 0 1 10 10 8 /);
});

test.each([
	['', 'Unknown command. Please enter one of the following commands only:', 'show stat'],
	['nonsense', 'Unknown command. Please enter one of the following commands only:', 'show stat'],
	['show nothing', 'Unknown command, but maybe one of the following ones is a better match:', 'show info'],
	['help', 'The following commands are valid at this level:', 'set server'],
	['help get', 'The following commands are valid at this level:', 'get weight'],
])('%j: %s', (command, words, one) => {
	const lines = ask(command).split('\n');
	expect(lines[0]).toBe(words);
	expect(lines.some(line => line.startsWith(`  ${one} `))).toBe(true);
	expect(lines.at(-2)).toMatch(/^ {2}quit +: disconnect$/);
});

test('names become HAProxy’s, and no two the same', () => {
	const names = ['Server 1', 'Server-1', 'café ☕', 'a,b'].map((name, index) => ({id: index + 1, name}));
	expect(haproxyNames(names)).toEqual(['Server-1', 'Server-1.2', 'caf---', 'a-b']);
});
