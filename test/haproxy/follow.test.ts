/** One look after another: totals over reloads, what changed as events, rates of the state. */

import {readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {WatchedFigures, WatchedTick} from '../../src/domain/watched.ts';
import {emptyState} from '../../src/haproxy/empty-state.ts';
import {eventsOf, type Followed, follow} from '../../src/haproxy/follow.ts';
import {lookAt} from '../../src/haproxy/look.ts';
import {echoOf, orderOf} from '../../src/haproxy/order.ts';
import {readInfo, readStat} from '../../src/haproxy/read-answers.ts';
import {plainLine} from '../../src/report/plain-lines.ts';
import {createStore} from '../../src/state/store.ts';

const recorded = (name: string) => readFileSync(path.join(import.meta.dirname, 'fixtures', name), 'utf8');
const first = lookAt({
	rows: readStat(recorded('haproxy-stat.csv'))!,
	info: readInfo(recorded('haproxy-info.txt'))!,
	...{backend: 'pool', socket: '/s', everySeconds: 1},
});

type Change = Partial<WatchedFigures> & {status?: string; state?: 'UP' | 'DOWN' | 'MAINT'; check?: string | null};

/** The recorded look with other figures: of all, and of servers by their names (null: it is gone). */
function looked(
	all: Partial<WatchedTick> & {total?: number},
	servers: Record<string, Change | null> = {},
): WatchedTick {
	const {total = first.figures.total, ...rest} = all;
	const changed = first.servers
		.filter(({name}) => servers[name] !== null)
		.map(server => {
			const {state, ...change} = servers[server.name] ?? {};
			const administration = state === 'MAINT' ? ('maint' as const) : ('ready' as const);
			return {...server, ...change, ...(state ? {route: {state}, administration, status: change.status ?? state} : {})};
		});
	return {...first, ...rest, figures: {...first.figures, total}, servers: changed};
}

/** Looks a second apart, from 1000 on: the store after all of them. */
function watched(...looks: WatchedTick[]) {
	const store = createStore(emptyState(0));
	let followed: Followed | undefined;
	for (const [index, look] of looks.entries()) {
		const at = 1000 * (index + 1);
		const next = follow(look, followed);
		for (const event of eventsOf(next, followed, at)) store.apply(event);
		if (followed) store.apply({at, type: 'second-passed'});
		followed = next;
	}
	return store;
}

test('rates begin with the second look, and go by the time between', () => {
	const before = watched(looked({total: 1_000_000}, {s1: {total: 600_000}, s2: {total: 400_000}})).get();
	expect([before.samples, before.servers.map(({share}) => share)]).toEqual([[], [0.6, 0.4]]);
	const state = watched(
		looked({total: 1_000_000}, {s1: {total: 600_000}, s2: {total: 400_000}}),
		looked({total: 1_000_030}, {s1: {total: 600_020}, s2: {total: 400_010}}),
	).get();
	expect(state.samples).toMatchObject([{acked: 30, seconds: 1, byServer: {s1: 20, s2: 10}}]);
});

test('another process, or cleared counters, are a new life: totals go on, no rate is below 0, and it is told', () => {
	const state = watched(
		looked({pid: 1, total: 100}, {s1: {total: 60}, s2: {total: 40}}),
		looked({pid: 2, total: 5}, {s1: {total: 3}, s2: {total: 2}}),
		looked({pid: 2, total: 15}, {s1: {total: 9}, s2: {total: 6}}),
		looked({pid: 2, total: 0}, {s1: {total: 0}, s2: {total: 0}}),
		looked({pid: 3, total: 40}, {s1: {total: 25}, s2: {total: 15}}),
		looked({pid: 4, total: 50}, {s1: {total: 30}, s2: {total: 20}}),
	).get();
	expect(state.watched?.figures.total).toBe(205);
	expect(state.samples.map(({acked}) => acked)).toEqual([5, 10, 0, 40, 50]);
	expect(state.servers.map(({acked}) => acked)).toEqual([124, 81]);
	expect(state.events.map(({text}) => text)).toEqual([
		'HAProxy is another process now (pid 2): its counters began again, those here go on',
		'the counters of HAProxy were cleared: those here go on',
		'HAProxy is another process now (pid 3): its counters began again, those here go on',
		'HAProxy is another process now (pid 4): its counters began again, those here go on',
	]);
});

test('whatever the counters do, totals never fall', () => {
	const count = fc.record({pid: fc.integer({min: 1, max: 3}), total: fc.nat(1000), s1: fc.nat(1000)});
	fc.assert(
		fc.property(fc.array(count, {minLength: 2, maxLength: 20}), counts => {
			let followed: Followed | undefined;
			let last = {all: 0, one: 0};
			for (const {pid, total, s1} of counts) {
				followed = follow(looked({pid, total}, {s1: {total: s1}}), followed);
				const now = {all: followed.tick.figures.total!, one: followed.tick.servers[0]!.total!};
				expect(now.all >= last.all && now.one >= last.one).toBe(true);
				last = now;
			}
		}),
	);
});

test('changes of routes are events with their cause; servers that come and go are told', () => {
	const state = watched(
		looked({}, {s2: null}),
		looked({}, {s1: {state: 'DOWN', check: 'L4CON', status: 'DOWN'}}),
		looked({}, {s1: {state: 'MAINT'}}),
		looked({}, {s1: null}),
	).get();
	expect(state.events.map(({text}) => text)).toEqual([
		'the balancer has a server more: s2',
		's1 DOWN (L4CON (tcp-check))',
		's1 MAINT (it was told so)',
		'the balancer has no server s1 any more',
	]);
	expect(state.servers.map(({name}) => name)).toEqual(['s2']);
});

test('a server that comes with a past has no rate of it', () => {
	const state = watched(looked({}, {s2: null}), looked({})).get();
	expect(state.servers.map(({perSecond}) => perSecond)).toEqual([0, 0]);
});

test('a second without a look is no second without work', () => {
	const store = watched(looked({total: 0}), looked({total: 10}));
	store.apply({at: 3000, type: 'second-passed'});
	expect(store.get().samples).toHaveLength(1);
	expect(store.get().now).toBe(3000);
	const event = {at: 4000, type: 'second-passed'} as const;
	expect(plainLine(store.get(), event)).toMatch(/^\S+ 10 sessions\/s {2}now 0 queue 0 /);
	store.apply({at: 4000, type: 'process-changed', part: 'balancer', status: 'NOT-READY', by: 'lbtop'});
	expect(plainLine(store.get(), event)).toBeUndefined();
});

test.each([
	[{type: 'drain', part: 'pool/s1'}, 'set server pool/s1 state drain'],
	[{type: 'maint', part: 'pool/s1'}, 'set server pool/s1 state maint'],
	[{type: 'ready', part: 'pool/s1'}, 'set server pool/s1 state ready'],
	[{type: 'weight', part: 'pool/s1', weight: 7}, 'set server pool/s1 weight 7'],
	[{type: 'drain', part: 'pool/nope'}, "there is no server 'pool/nope'; there are pool/s1, b/a;shutdown"],
	[{type: 'drain', part: 'b/a;shutdown'}, "'b/a;shutdown' is no name that its commands take"],
	[{type: 'kill', part: 'pool/s1'}, expect.stringContaining('the balancer runs elsewhere')],
	[{type: 'rate', rate: 5}, expect.stringContaining('the balancer runs elsewhere')],
] as const)('%j is %s', (command, expected) => {
	const order = orderOf(command, ['pool/s1', 'b/a;shutdown']);
	expect('line' in order ? order.line : order.reason).toEqual(expected);
});

test('what is done is told as one would type it', () => {
	const line = 'set server pool/s1 weight 7';
	expect(echoOf(line, {path: '/run/a b.sock'})).toBe(`echo "${line}" | socat - '/run/a b.sock'`);
	expect(echoOf(line, {host: '::1', port: 9})).toBe(`echo "${line}" | socat - 'TCP:[::1]:9'`);
});
