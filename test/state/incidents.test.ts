import {describe, expect, test} from 'vitest';
import type {Event, PartEvent} from '../../src/domain/event.ts';
import {type Fault, readFault} from '../../src/domain/fault.ts';
import type {Route} from '../../src/domain/status.ts';
import {
	type BackendTick,
	type BalancerTick,
	type ClientsTick,
	type LatencyCounts,
	noStrikes,
} from '../../src/domain/tick.ts';
import {keptIncidents} from '../../src/state/incidents.ts';
import {initialState} from '../../src/state/initial.ts';
import {reduce} from '../../src/state/reduce.ts';
import type {State} from '../../src/state/state.ts';
import {testPlan} from '../support/plan.ts';

const after = (state: State, ...events: Event[]) => events.reduce(reduce, state);
const said = (at: number, part: string, event: PartEvent): Event => ({at, type: 'part-said', part, event});

const process = (
	at: number,
	part: string,
	status: 'READY' | 'PAUSED' | 'STOPPING' | 'CRASHED' | 'STARTING',
): Event => ({
	...{at, type: 'process-changed', part, status, by: 'you'},
});
const asked = (at: number, type: 'kill' | 'pause' | 'stop' | 'start' | 'resume' | 'restart', part: string): Event => ({
	...{at, type: 'commanded', command: {type, part}, by: 'you', echo: ''},
});
const exited = (at: number, part: string, planned: boolean): Event => ({
	...{at, type: 'exited', part, planned, by: 'lbtop', exit: {code: null, signal: 'SIGKILL', lastError: ''}},
});
const route = (at: number, server: string, from: Route['state'], to: Route['state']): Event =>
	said(at, 'balancer', {type: 'route-changed', server, from: {state: from}, to: {state: to}, cause: 'test'});

const clients = (at: number, counts: Partial<ClientsTick>): Event =>
	said(at, 'clients', {
		...{type: 'clients-tick', sent: 0, attempts: 0, acked: 0, failed: 0, inFlight: 0, retried: 0, nak: 0, late: 0},
		...{dropped: 0, connectionsMade: 0, connectedNow: 0, backingOff: 0, backlog: 0, loopLagMs: 0, cpuMs: 0},
		retriesByCause: {timeout: 0, refused: 0, reset: 0, nak: 0, closed: 0},
		...{ackedBy: {}, rssBytes: 0},
		...counts,
	});
/** A whole second in which all were as fast as `p99`. */
const second = (at: number, p99: number, counts: Partial<ClientsTick> = {}): Event[] => {
	const all: LatencyCounts = [[p99 * 1000, 100]];
	return [clients(at, {...counts, latency: {all, uncorrected: all, byServer: {}}}), {at, type: 'second-passed'}];
};
const balancer = (at: number, backend: Partial<BackendTick>, redeliveredAt?: number[]): Event => {
	const tick: BalancerTick = {
		...{type: 'balancer-tick', algorithm: 'round-robin', clientConnections: 0, accepted: 0, nak: 0, messages: 0},
		...{attempts: 0, hedged: 0, waiting: 0, struck: noStrikes(), cpuMs: 0, rssBytes: 0},
		...(redeliveredAt ? {redeliveredAt} : {}),
		backends: [
			{
				...{name: 'Server 1', forwarded: 0, answered: 0, inFlight: 0, connections: 0, errors: 0, redelivered: 0},
				...{unanswered: 0, userWeight: 1, weight: 1, check: null, checkFailures: 0, downs: 0, ejections: 0},
				...{downMs: 0, changedAt: 0, ...backend},
			},
		],
	};
	return said(at, 'balancer', tick);
};
const ledger = (at: number, {lost = 0, doubles = 0}: {lost?: number; doubles?: number}): Event =>
	said(at, 'log-audit', {
		...{type: 'ledger-tick', sent: 0, acked: 0, executed: 0, lost, doubles, gaveUp: 0, gaveUpExecuted: 0},
		...{unknown: [], lagMs: 5, isWhole: false, cpuMs: 0, rssBytes: 0},
	});

/** Both servers up, a second of 10 ms behind us, the ledger exact; nothing has happened before 10,000. */
const running = (): State =>
	after(
		initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}),
		said(1, 'balancer', {type: 'listening', host: '', port: 1, transport: 'fast', checkBoundMs: 2600}),
		...['server-1', 'server-2', 'balancer', 'clients'].map(part => process(2, part, 'READY')),
		...['Server 1', 'Server 2'].map(server => route(3, server, 'DOWN', 'UP')),
		{at: 4, type: 'phase-changed', phase: 'running'},
		ledger(5, {}),
		...second(9000, 10),
	);
const last = (state: State) => state.incidents.list.at(-1)!;

describe('the stopwatch', () => {
	const killed = (): State =>
		after(
			running(),
			asked(10_000, 'kill', 'server-1'),
			process(10_001, 'server-1', 'STOPPING'),
			exited(10_003, 'server-1', true),
			route(10_008, 'Server 1', 'UP', 'DOWN'),
			balancer(10_050, {unanswered: 7, redelivered: 6}, [10_012, 10_020]),
			clients(10_060, {sent: 100, failed: 2, retried: 3, errorsAt: [9990, 10_009], retriedAcksAt: [10_031]}),
			ledger(10_070, {lost: 0, doubles: 1}),
			...second(10_500, 13, {sent: 100, failed: 2, retried: 3}),
		);
	test('runs from the command through every moment, each at its own time', () => {
		expect(last(killed())).toMatchObject({
			...{kind: 'kill', server: 'Server 1', at: 10_000, boundMs: 0, p99BeforeMs: expect.closeTo(10, 1)},
			...{firstErrorMs: 9, firstRetryAckedMs: 12, routedAwayMs: 8, backUpMs: null, p99BackMs: null},
			...{hit: 7, retried: 9, failed: 2, lost: 0, duplicates: 1, overlaps: false},
		});
		expect(last(killed()).endedAt).toBeUndefined();
	});
	test('counts a drain as the way out where the server is restarted; otherwise somebody asked for it', () => {
		const drained = (type: 'pause' | 'restart') =>
			last(after(running(), asked(10_000, type, 'server-1'), route(10_200, 'Server 1', 'UP', 'DRAIN')));
		expect(drained('restart')).toMatchObject({routedAwayMs: 200});
		expect(drained('pause')).toMatchObject({routedAwayMs: null});
		const frozen = after(
			running(),
			asked(10_000, 'pause', 'server-1'),
			route(10_200, 'Server 1', 'UP', 'DRAIN'),
			route(10_300, 'Server 1', 'DRAIN', 'UP'),
			route(12_100, 'Server 1', 'UP', 'DOWN'),
		);
		expect(last(frozen)).toMatchObject({routedAwayMs: 2100, backUpMs: null});
	});
	test('keeps that a server was back in when it crashes again, though the balancer meets that before its exit', () => {
		const twice = after(
			running(),
			route(9996, 'Server 1', 'UP', 'DOWN'),
			exited(10_000, 'server-1', false),
			process(10_300, 'server-1', 'READY'),
			route(10_496, 'Server 1', 'DOWN', 'UP'),
			route(10_900, 'Server 1', 'UP', 'DOWN'),
			exited(10_905, 'server-1', false),
		);
		const [first, second] = twice.incidents.list;
		expect(first).toMatchObject({at: 9996, backUpMs: 500, endedBy: 'next'});
		expect(second).toMatchObject({at: 10_900, routedAwayMs: 0, backUpMs: null});
	});
	test('looks for the p99 of the minute before only when what breaks has been broken', () => {
		const begun = after(running(), asked(10_000, 'kill', 'server-1'));
		expect(last(begun)).toMatchObject({p99BeforeMs: null, hasBaseline: false});
		const slow = after(begun, ...second(10_900, 500), ...second(11_900, 500));
		expect(last(slow)).toMatchObject({p99BeforeMs: expect.closeTo(10, 1), p99BackMs: null});
		const unknown = after(
			initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}),
			{at: 4, type: 'phase-changed', phase: 'running'},
			asked(10_000, 'kill', 'server-1'),
			...second(10_900, 500),
		);
		expect(last(unknown)).toMatchObject({p99BeforeMs: null, hasBaseline: true});
	});
	test('stops when the server is used again and p99 is back, with p99 timed from the last bad second', () => {
		const back = after(
			killed(),
			asked(11_000, 'start', 'server-1'),
			process(11_200, 'server-1', 'READY'),
			...second(11_500, 14),
			route(11_900, 'Server 1', 'DOWN', 'UP'),
			...second(12_500, 11.5),
		);
		expect(last(back)).toMatchObject({backUpMs: 1900, p99BackMs: 1500});
		expect(last(back).endedAt).toBeUndefined();
		const over = after(back, ...second(13_500, 10), ...second(14_500, 10));
		expect(last(over)).toMatchObject({endedAt: 14_500, endedBy: 'recovery'});
		expect(over.events.at(-1)!.text).toMatch(/incident over: kill of Server 1: out 8\.0 ms \(at once\)/);
		expect(after(over, clients(15_000, {failed: 9, errorsAt: [14_990]})).incidents.list).toEqual(over.incidents.list);
	});
	test('where p99 was not known before, what waited when the cause was over still counts', () => {
		const which = {share: 1, kind: 'any', nth: 1} as const;
		const fault = {id: 1, part: 'server-1', by: 'you', fault: {kind: 'no-ack', parameters: which}} as const;
		const begun = after(
			initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}),
			process(2, 'server-1', 'READY'),
			{at: 4, type: 'phase-changed', phase: 'running'},
			{at: 100, type: 'fault-began', ...fault},
			{at: 1100, type: 'fault-ended', cause: 'asked', ...fault},
			...second(1200, 10),
			clients(1900, {sent: 50, retried: 3, errorsAt: [1890]}),
			...second(2200, 600, {sent: 50, retried: 3}),
		);
		expect(last(begun)).toMatchObject({p99BeforeMs: null, retried: 3, hit: 3, firstErrorMs: 1790});
		expect(last(begun).endedAt).toBeUndefined();
		expect(last(after(begun, ...second(3700, 10)))).toMatchObject({
			endedAt: 3700,
			endedBy: 'recovery',
			p99BackMs: null,
		});
	});
	test.each<[string, Partial<ClientsTick>, Partial<BackendTick>, number]>([
		['its server did not answer', {}, {unanswered: 7}, 7],
		['clients asked again, though the connection held', {sent: 100, retried: 5}, {unanswered: 2}, 5],
		['clients gave up at once', {sent: 100, failed: 4}, {}, 4],
		['nothing', {sent: 100}, {}, 0],
	])('counts as hit what %s', (_, ofClients, ofServer, hit) => {
		const state = after(
			running(),
			asked(10_000, 'pause', 'server-1'),
			balancer(10_050, ofServer),
			clients(11_000, ofClients),
		);
		expect(last(state).hit).toBe(hit);
		const ofBalancer = after(running(), asked(10_000, 'kill', 'balancer'), clients(11_000, ofClients));
		expect(last(ofBalancer).hit).toBe(Math.max(ofClients.retried ?? 0, ofClients.failed ?? 0));
	});
	test('says lost time as failed messages × the time between two', () => {
		const state = after(running(), asked(10_000, 'kill', 'server-1'), clients(11_000, {sent: 500, failed: 10}));
		expect(last(state).lostTimeMs).toBe(20);
	});
	test('does not stop while the server is out, nor while p99 is not back, but at most for a minute', () => {
		const stillOut = after(
			killed(),
			process(11_200, 'server-1', 'READY'),
			...second(12_000, 10),
			...second(20_000, 10),
		);
		expect(last(stillOut).endedAt).toBeUndefined();
		const slow = after(stillOut, route(20_100, 'Server 1', 'DOWN', 'UP'), ...second(21_000, 50));
		expect(last(slow)).toMatchObject({p99BackMs: null});
		expect(last(slow).endedAt).toBeUndefined();
		expect(last(after(slow, ...second(71_300, 50)))).toMatchObject({p99BackMs: null, endedBy: 'recovery'});
	});
	test('knows nothing of lost and double where the ledger does not', () => {
		const state = after(
			running(),
			exited(9500, 'log-audit', false),
			asked(10_000, 'kill', 'server-1'),
			ledger(10_100, {}),
		);
		expect(last(after(state, clients(10_200, {})))).toMatchObject({lost: null, duplicates: null});
	});
});

describe('what opens an incident', () => {
	test.each<[string, Event[], string | undefined, number | null]>([
		['a kill', [asked(10_000, 'kill', 'server-1')], 'kill', 0],
		['a stop', [asked(10_000, 'stop', 'server-1')], 'stop', 0],
		['a pause, bounded by the checks', [asked(10_000, 'pause', 'server-1')], 'pause', 2600],
		['an unplanned exit', [exited(10_000, 'server-1', false)], 'exit', 0],
		["the balancer's crash", [exited(10_000, 'balancer', false)], 'exit', null],
		['no planned exit', [exited(10_000, 'server-1', true)], undefined, null],
		['no start', [asked(10_000, 'start', 'server-1')], undefined, null],
		['no exit of the auditor', [exited(10_000, 'log-audit', false)], undefined, null],
		[
			'nothing once the run ends',
			[{at: 9900, type: 'phase-changed', phase: 'stopping'}, exited(10_000, 'server-1', false)],
			undefined,
			null,
		],
	])('%s', (_, events, kind, boundMs) => {
		const {list} = after(running(), ...events).incidents;
		expect(list.map(each => each.kind)).toEqual(kind === undefined ? [] : [kind]);
		if (kind !== undefined) expect(list[0]!.boundMs).toBe(boundMs);
	});
	test('a fault, which lasts until it has ended', () => {
		const fault = {
			...{id: 3, part: 'server-1', by: 'you' as const},
			fault: readFault('slow 200ms') as Fault,
		};
		const began = after(
			running(),
			{at: 10_000, type: 'fault-began', ...fault},
			...second(11_000, 10),
			...second(20_000, 10),
		);
		expect(last(began)).toMatchObject({kind: 'slow', p99BackMs: 0, routedAwayMs: null});
		expect(last(began).endedAt).toBeUndefined();
		const over = after(
			began,
			{at: 20_500, type: 'fault-ended', cause: 'asked', ...fault},
			...second(21_000, 10),
			...second(24_000, 10),
		);
		expect(last(over)).toMatchObject({endedAt: 24_000, endedBy: 'recovery'});
	});
	test('a crash that the balancer met first counts from then', () => {
		const state = after(running(), route(9996, 'Server 1', 'UP', 'DOWN'), exited(10_000, 'server-1', false));
		expect(last(state)).toMatchObject({at: 9996, routedAwayMs: 0});
	});
	test('a crash that was asked for is one incident, timed from the crash when it comes', () => {
		const fault = {id: 5, part: 'server-1', by: 'you', fault: {kind: 'crash', parameters: {nth: 50}}} as const;
		const crashing = after(
			running(),
			{at: 10_000, type: 'fault-began', ...fault},
			...second(11_000, 30),
			clients(14_000, {sent: 900, errorsAt: [10_500]}),
			route(15_003, 'Server 1', 'UP', 'DOWN'),
			balancer(15_004, {unanswered: 7, redelivered: 7}, [15_009]),
			exited(15_010, 'server-1', false),
			{at: 15_011, type: 'fault-ended', cause: 'part-ended', ...fault},
			clients(15_100, {sent: 1000, retried: 3, retriedAcksAt: [15_020]}),
		);
		expect(crashing.incidents.list).toHaveLength(1);
		expect(last(crashing)).toMatchObject({
			...{kind: 'crash', at: 15_003, boundMs: 0, routedAwayMs: 0, firstErrorMs: null, firstRetryAckedMs: 6},
			...{hit: 7, p99BackMs: null, p99BeforeMs: expect.closeTo(10, 1)},
		});
		expect(last(crashing).endedAt).toBeUndefined();
		const again = after(
			crashing,
			process(15_500, 'server-1', 'READY'),
			route(16_003, 'Server 1', 'DOWN', 'UP'),
			...second(17_000, 10),
			...second(19_000, 10),
		);
		expect(last(again)).toMatchObject({endedBy: 'recovery', backUpMs: 1000});
	});
	test('T0 of a crash is the first error where clients met it before', () => {
		const fault = {id: 5, part: 'server-1', by: 'you', fault: {kind: 'crash', parameters: {nth: 50}}} as const;
		const state = after(
			running(),
			{at: 10_000, type: 'fault-began', ...fault},
			clients(10_950, {errorsAt: [10_940]}),
			route(10_945, 'Server 1', 'UP', 'DOWN'),
			exited(10_960, 'server-1', false),
		);
		expect(last(state)).toMatchObject({at: 10_940, firstErrorMs: 0, routedAwayMs: 5});
	});
	test('a server that is out already was out at once', () => {
		const state = after(running(), route(9000, 'Server 1', 'UP', 'DOWN'), asked(10_000, 'kill', 'server-1'));
		expect(last(state).routedAwayMs).toBe(0);
	});
	test('a crash in a row of crashes is the same one; one after recovery is the next', () => {
		const twice = after(running(), exited(10_000, 'server-1', false), exited(10_500, 'server-1', false));
		expect(twice.incidents.list).toHaveLength(1);
		const again = after(twice, process(11_000, 'server-1', 'READY'), exited(11_500, 'server-1', false));
		expect(again.incidents.list.map(({endedBy}) => endedBy)).toEqual(['next', undefined]);
	});
});

describe('several incidents', () => {
	test("each has its own server's times; both say that they overlap", () => {
		const state = after(
			running(),
			asked(10_000, 'kill', 'server-1'),
			asked(10_100, 'pause', 'server-2'),
			route(10_200, 'Server 1', 'UP', 'DOWN'),
			route(10_900, 'Server 2', 'UP', 'DOWN'),
		);
		expect(state.incidents.list).toMatchObject([
			{server: 'Server 1', routedAwayMs: 200, overlaps: true},
			{server: 'Server 2', routedAwayMs: 800, overlaps: true},
		]);
	});
	test("the run's end ends what is open; what the ledger learns later still counts", () => {
		const state = after(
			running(),
			asked(10_000, 'pause', 'server-1'),
			{at: 11_000, type: 'phase-changed', phase: 'stopping'},
			route(11_100, 'Server 1', 'UP', 'DOWN'),
			ledger(11_200, {lost: 2}),
		);
		expect(last(state)).toMatchObject({endedAt: 11_000, endedBy: 'run', routedAwayMs: null, lost: 2});
	});
	test(`the last ${keptIncidents} are kept`, () => {
		const kills = Array.from({length: keptIncidents + 5}, (_, index) => asked(10_000 + index, 'kill', 'server-1'));
		const {list} = after(running(), ...kills).incidents;
		expect(list).toHaveLength(keptIncidents);
		expect(list.at(-1)!.id).toBe(keptIncidents + 5);
	});
	test('what the last event opened or ended is told once', () => {
		const opened = after(running(), asked(10_000, 'kill', 'server-1'));
		expect(opened.incidents.changed).toHaveLength(1);
		expect(after(opened, clients(10_100, {})).incidents.changed).toEqual([]);
	});
});
