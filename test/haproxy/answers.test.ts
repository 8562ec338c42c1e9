/** What HAProxy 2.6 and lbtop's own balancer answered, as it was recorded, and what is made of it. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {WatchedTick} from '../../src/domain/watched.ts';
import {backendsOf, lookAt} from '../../src/haproxy/look.ts';
import {readInfo, readStat} from '../../src/haproxy/read-answers.ts';

const recorded = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const theirs = {rows: readStat(recorded('haproxy-stat.csv'))!, info: readInfo(recorded('haproxy-info.txt'))!};
const down = {rows: readStat(recorded('haproxy-down-stat.csv'))!, info: theirs.info};
const ours = {rows: readStat(recorded('lbtop-stat.csv'))!, info: readInfo(recorded('lbtop-info.txt'))!};
const look = (given: typeof theirs, backend: string): WatchedTick =>
	lookAt({...given, backend, socket: '/s', everySeconds: 1});

test('the rows of show stat are known by the names of its first line', () => {
	expect(theirs.rows.map(({pxname, svname}) => `${pxname}/${svname}`)).toEqual([
		...['lab/FRONTEND', 'pool/s1', 'pool/s2', 'pool/BACKEND', 'spare/a', 'spare/BACKEND'],
	]);
	expect(theirs.rows[1]).toMatchObject({check_status: 'L7OK', addr: '127.0.0.1:19601', uweight: '100'});
	expect(theirs.rows[1]).not.toHaveProperty('cookie');
	expect(backendsOf(theirs.rows)).toEqual(['pool', 'spare']);
});

test('HAProxy in TCP mode: sessions, and no time of a response', () => {
	const {program, mode, algorithm, unit, others, servers, figures, connections} = look(theirs, 'pool');
	expect({program, mode, algorithm, unit, others, connections}).toEqual({
		...{program: 'HAProxy', mode: 'tcp', algorithm: 'roundrobin', unit: 'sessions', others: ['spare'], connections: 0},
	});
	expect(figures).toMatchObject({current: 0, queue: 0, responseMs: null, limit: 50});
	expect(figures.total).toBeGreaterThan(300);
	expect(servers.map(({id, route, administration}) => ({id, route, administration}))).toEqual([
		{id: 'pool/s1', route: {state: 'UP'}, administration: 'ready'},
		{id: 'pool/s2', route: {state: 'UP'}, administration: 'ready'},
	]);
});

test('HTTP mode: requests; a server without checks is up, and says so', () => {
	const {unit, mode, servers} = look(theirs, 'spare');
	expect([unit, mode]).toEqual(['requests', 'http']);
	expect([servers[0]!.clientErrors, look(theirs, 'pool').servers[0]!.clientErrors]).toEqual([0, null]);
	expect(servers[0]).toMatchObject({
		status: 'no check',
		route: {state: 'UP'},
		check: null,
		checkFailures: null,
		limit: null,
	});
});

test('down and in maint, with the words of the last check', () => {
	expect(look(down, 'pool').servers).toMatchObject([
		{route: {state: 'MAINT'}, administration: 'maint'},
		{
			...{route: {state: 'DOWN'}, administration: 'ready', check: 'L4CON', downs: 2, downSeconds: 6},
			checkText: 'Connection refused at step 1 of tcp-check (connect)',
		},
	]);
});

test("lbtop's own balancer: messages, names with blanks, unknown where it counts nothing", () => {
	const {program, unit, figures, servers, idlePercent} = look(ours, 'lab');
	expect([program, unit, idlePercent]).toEqual(['lbtop', 'messages', null]);
	expect(figures).toMatchObject({total: 1, queue: 0, bytesIn: null, totalMs: null});
	expect(servers).toMatchObject([
		{id: 'lab/Server-1', name: 'Server 1', total: 1, queue: null},
		{id: 'lab/two', name: 'two', total: 0, userWeight: 5},
	]);
});

const header = '# pxname,svname,status,type,throttle,lbtop_route,last_chk,';
const routeOf = (status: string, throttle = '', own = '') =>
	lookAt({
		rows: readStat(`${header}\nb,s,${status},2,${throttle},${own},,\n`)!,
		...{info: theirs.info, backend: 'b', socket: '', everySeconds: 1},
	}).servers[0]!;

test.each([
	['UP', '', '', {state: 'UP'}, 'ready'],
	['UP 1/3', '', '', {state: 'UP', progress: {done: 1, of: 3}}, 'ready'],
	['DOWN 1/2', '', '', {state: 'DOWN', progress: {done: 1, of: 2}}, 'ready'],
	['DOWN (agent)', '', '', {state: 'DOWN'}, 'ready'],
	['DRAIN', '', '', {state: 'DRAIN'}, 'drain'],
	['DRAIN (agent)', '', '', {state: 'DRAIN'}, 'drain'],
	['MAINT (via b/x)', '', '', {state: 'MAINT'}, 'maint'],
	['NOLB', '', '', {state: 'NOLB'}, 'ready'],
	['NOLB 1/2', '', '', {state: 'NOLB', progress: {done: 1, of: 2}}, 'ready'],
	['UP', '40', '', {state: 'SLOW'}, 'ready'],
	['UP', '100', '', {state: 'UP'}, 'ready'],
	['NOLB', '', 'EJECTED', {state: 'EJECTED'}, 'ready'],
	['no check', '', '', {state: 'UP'}, 'ready'],
	['something new', '', '', null, 'ready'],
	['', '', '', null, 'ready'],
])('%j (throttle %j, ours %j) is %j, wanted %s', (status, throttle, own, route, administration) => {
	expect(routeOf(status, throttle, own)).toMatchObject({route, administration, status});
});

describe('cells', () => {
	test('in quotes may have commas, quotes and ends of lines, and move no terminal', () => {
		const [row] = readStat(`${header}\nb,s,UP,2,,,"said ""no"", twice\nand \u001b[31mred",\n`)!;
		expect(row!.last_chk).toBe('said "no", twice\\x0aand \\x1b[31mred');
	});
	test.each(['', 'Unknown command\n', '# pxname\n', '{"ok":false}\n', 'pxname,svname\nb,s\n'])(
		'%j is no show stat',
		text => expect(readStat(text)).toBeUndefined(),
	);
	test.each(['', 'Name: x\n', 'ACK from Server 1\n'])('%j is no show info', text =>
		expect(readInfo(text)).toBeUndefined(),
	);
	test('a name of the language means nothing as a field', () => {
		const [row] = readStat('# pxname,svname,__proto__,\nb,s,x,\n')!;
		expect([row!.pxname, Object.getPrototypeOf(row)]).toEqual(['b', null]);
	});
	test('whatever comes is read without a fault', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), text => void [readStat(`${header}\n${text}`), readInfo(text)]));
		const cell = fc.constantFrom('"', ',', '\n', '\r\n', 'a', '2', ' ');
		fc.assert(
			fc.property(fc.array(cell), cells => {
				for (const backend of backendsOf(readStat(`${header}\n${cells.join('')}`)!)) expect(backend).not.toBe('');
			}),
		);
	});
});
