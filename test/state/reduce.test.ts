import {describe, expect, test} from 'vitest';
import type {Event, PartEvent} from '../../src/domain/event.ts';
import {binsOf} from '../../src/domain/latency-bins.ts';
import type {Route} from '../../src/domain/status.ts';
import {
	type BackendTick,
	type BalancerTick,
	type ClientsTick,
	noStrikes,
	type ServerTick,
} from '../../src/domain/tick.ts';
import {summarize} from '../../src/report/summary.ts';
import {initialState} from '../../src/state/initial.ts';
import {keptErrorLines, keptExits} from '../../src/state/part-state.ts';
import {reduce} from '../../src/state/reduce.ts';
import {keptEvents, keptLogLines, keptSeconds, type State} from '../../src/state/state.ts';
import {testPlan} from '../support/plan.ts';

const start = () => initialState(testPlan(), {at: 1000, wallMs: 0, pid: 1});
const after = (state: State, ...events: Event[]) => events.reduce(reduce, state);

const clientsTick = (counts: Partial<ClientsTick>): ClientsTick => ({
	type: 'clients-tick',
	sent: 0,
	attempts: 0,
	acked: 0,
	failed: 0,
	inFlight: 0,
	retried: 0,
	nak: 0,
	connectionsMade: 0,
	connectedNow: 0,
	backingOff: 0,
	retriesByCause: {timeout: 0, refused: 0, reset: 0, nak: 0, closed: 0},
	ackedBy: {},
	backlog: 0,
	...{late: 0, dropped: 0, loopLagMs: 0},
	cpuMs: 0,
	rssBytes: 0,
	...counts,
});
const serverTick = (executed: number): ServerTick => ({
	type: 'server-tick',
	received: executed,
	acked: executed,
	nak: 0,
	executed,
	repeated: 0,
	connections: 0,
	accepted: 0,
	inFlight: 0,
	maxInFlight: 1,
	cpuMs: 0,
	rssBytes: 0,
});
const balancerTick = (backend: Partial<BackendTick>): BalancerTick => ({
	type: 'balancer-tick',
	algorithm: 'round-robin',
	backends: [
		{
			...{name: 'Server 1', forwarded: 0, answered: 0, inFlight: 0, connections: 0, errors: 0, redelivered: 0},
			...{unanswered: 0, userWeight: 1, weight: 1, check: null, checkFailures: 0, downs: 0, ejections: 0, downMs: 0},
			...{changedAt: 0, ...backend},
		},
	],
	...{clientConnections: 0, accepted: 0, nak: 0, messages: 0, attempts: 0, hedged: 0, waiting: 0},
	...{struck: noStrikes(), cpuMs: 0, rssBytes: 0},
});
const said = (part: string, event: PartEvent, at = 1000): Event => ({at, type: 'part-said', part, event});
const exit = {code: null, signal: 'SIGKILL', lastError: 'oops'};

describe('the algorithm', () => {
	test('is the planned one until the balancer says another, and its change is told', () => {
		expect(start().balancer.algorithm).toBe('round-robin');
		const state = after(start(), said('balancer', {type: 'algorithm-changed', algorithm: 'p2c'}));
		expect(state.balancer.algorithm).toBe('p2c');
		expect(state.events.at(-1)).toMatchObject({actor: 'balancer', text: 'algorithm is now p2c'});
		expect(state.marks.at(-1)?.text).toBe('p2c');
	});
	test('is known from a tick too, so that a balancer that started anew is not misread', () => {
		const tick: BalancerTick = {...balancerTick({}), algorithm: 'maglev'};
		expect(after(start(), said('balancer', tick)).balancer.algorithm).toBe('maglev');
	});
});

describe('counts over the lives of a part', () => {
	test('a server that starts again counts on from where it was', () => {
		let state = after(start(), said('server-1', serverTick(10)));
		state = after(
			state,
			{at: 1, type: 'exited', part: 'server-1', exit, planned: false, by: 'lbtop'},
			said('server-1', serverTick(3)),
		);
		expect(state.servers[0]!.executed).toBe(13);
		expect(state.servers[1]!.executed).toBe(0);
	});
	test('what the balancer knows of a server goes on when the balancer starts again', () => {
		expect(start().servers[0]!.health).toBeNull();
		const check = {status: 'L7TOUT', ms: 500, text: 'no answer to its check'} as const;
		const state = after(
			start(),
			said('balancer', balancerTick({check, checkFailures: 3, downs: 1, downMs: 2000, ejections: 1})),
			{at: 1, type: 'exited', part: 'balancer', exit, planned: false, by: 'lbtop'},
			said('balancer', balancerTick({userWeight: 4, weight: 0.25, downs: 1, downMs: 500})),
		);
		expect(state.servers[0]).toMatchObject({
			weight: 4,
			health: {check: null, weight: 0.25, checkFailures: 3, downs: 2, downMs: 2500, ejections: 1},
		});
		expect(state.servers[1]!.health).toBeNull();
	});
	test('a server whose ACKs bear another name has what the balancer got back, and no ACK that another has', () => {
		const answered = said('balancer', balancerTick({name: 'Server 2', answered: 27}));
		const garbage = after(
			start(),
			answered,
			said('clients', clientsTick({sent: 55, acked: 28, ackedBy: {'Server 1': 28}})),
		);
		expect(garbage.servers.map(({acked, share}) => [acked, share])).toEqual([
			[28, 1],
			[0, 0],
		]);
		const renamed = after(
			start(),
			answered,
			said('clients', clientsTick({sent: 55, acked: 55, ackedBy: {'Server 1': 28, Other: 27}})),
		);
		expect(renamed.servers.map(({acked}) => acked)).toEqual([28, 27]);
	});
	test('what the balancer told after the clients had their last word is counted as well', () => {
		const state = after(
			start(),
			said('clients', clientsTick({sent: 55, acked: 55, ackedBy: {'Server 1': 28, Other: 27}})),
			said('balancer', balancerTick({name: 'Server 2', answered: 27})),
		);
		expect(state.servers.map(({acked, share}) => [acked, share])).toEqual([
			[28, 28 / 55],
			[27, 27 / 55],
		]);
	});
	test("of whole connections, whose ACKs bear no server's name is known only where it can be but one", () => {
		const byConnection = (ackedBy: Record<string, number>, given: string[]) => {
			const state = start();
			const balancer = {...state.plan.balancer, mode: 'connection' as const};
			const first = balancerTick({name: given[0]!, forwarded: 9});
			const backends = given.map(name => ({...first.backends[0]!, name}));
			return after(
				{...state, plan: {...state.plan, balancer}},
				said('balancer', {...first, backends}),
				said('clients', clientsTick({sent: 50, acked: 50, ackedBy})),
				{at: 2000, type: 'second-passed'},
			).servers.map(({acked, share, perSecond}) => [acked, share, perSecond !== null]);
		};
		const both = ['Server 1', 'Server 2'];
		expect(byConnection({'Server 1': 30, Other: 20}, both)).toEqual([
			[30, 0.6, true],
			[20, 0.4, true],
		]);
		expect(byConnection({Other: 50}, both)).toEqual([
			[null, null, false],
			[null, null, false],
		]);
		expect(byConnection({Other: 50}, ['Server 1'])).toEqual([
			[50, 1, true],
			[0, 0, true],
		]);
	});
	test('what a dead client manager had in flight has failed, and the law holds on', () => {
		let state = after(
			start(),
			said('clients', clientsTick({sent: 10, attempts: 11, acked: 7, inFlight: 3, ackedBy: {'Server 1': 7}})),
		);
		state = after(state, {at: 1, type: 'exited', part: 'clients', exit, planned: false, by: 'lbtop'});
		expect(state.clients).toMatchObject({sent: 10, acked: 7, failed: 3, inFlight: 0});
		state = after(
			state,
			said('clients', clientsTick({sent: 5, attempts: 5, acked: 4, inFlight: 1, ackedBy: {'Server 2': 4}})),
		);
		expect(state.clients).toMatchObject({sent: 15, acked: 11, failed: 3, inFlight: 1, attempts: 16});
		expect(state.servers.map(({acked}) => acked)).toEqual([7, 4]);
		expect(state.servers[0]!.share).toBeCloseTo(7 / 11);
	});
});

describe('a route', () => {
	test('is told when it changes, and what the first check found; no step of the way', () => {
		const down = {state: 'DOWN'} as const;
		const up = {state: 'UP'} as const;
		const change = (from: Route, to: Route, cause: string) =>
			said('balancer', {type: 'route-changed', server: 'Server 1', from, to, cause});
		const state = after(
			start(),
			change(down, down, 'no answer to its check'),
			change(down, {...down, progress: {done: 1, of: 2}}, 'answered its check'),
			change({...down, progress: {done: 1, of: 2}}, up, 'answered its check'),
		);
		expect(state.events.map(({text}) => text)).toEqual([
			'Server 1 DOWN (no answer to its check)',
			'Server 1 UP (answered its check)',
		]);
	});
});

describe('a process', () => {
	test('that ended well by itself EXITED, as its state says, and did not crash', () => {
		const well = {code: 0, signal: null, lastError: ''};
		const state = after(start(), {at: 7, type: 'exited', part: 'server-1', exit: well, planned: false, by: 'lbtop'});
		expect(state.events.at(-1)).toMatchObject({tone: 'bad', text: 'EXITED with code 0'});
		expect(state.marks.at(-1)!.text).toBe('Server 1 stopped');
	});
	test('its life is told by events only', () => {
		let state = after(start(), {at: 5, type: 'process-changed', part: 'server-1', status: 'STARTING', by: 'lbtop'});
		state = after(state, {at: 6, type: 'spawned', part: 'server-1', pid: 77, commandLine: 'x'});
		expect(state.servers[0]).toMatchObject({process: 'STARTING', pid: 77, restarts: 0});
		state = after(state, {at: 7, type: 'exited', part: 'server-1', exit, planned: false, by: 'lbtop'});
		expect(state.servers[0]).toMatchObject({
			pid: undefined,
			lastExit: {signal: 'SIGKILL', lastError: 'oops', planned: false},
		});
		expect(state.events.at(-1)).toMatchObject({tone: 'bad', text: 'CRASHED with signal SIGKILL: oops'});
		expect(state.marks.at(-1)!.text).toBe('Server 1 crashed');
		state = after(state, {at: 8, type: 'backing-off', part: 'server-1', delayMs: 100, attempt: 1});
		expect(state.servers[0]!.nextStartAt).toBe(108);
		state = after(state, {at: 9, type: 'spawned', part: 'server-1', pid: 78, commandLine: 'x'});
		expect(state.servers[0]).toMatchObject({restarts: 1, nextStartAt: undefined});
	});
	test('its last ends and its last words are kept, so many of them', () => {
		const ended = (n: number): Event => ({
			...{at: n, type: 'exited', part: 'server-1', planned: false, by: 'lbtop'},
			exit: {...exit, code: n, errors: [`words ${n}`]},
		});
		const wrote = (n: number): Event => ({
			...{at: n, type: 'errors-read', part: 'server-1', passedOver: 2},
			lines: Array.from({length: keptErrorLines - 1}, (_, line) => `${n}/${line}`),
		});
		const state = after(start(), ...[1, 2, 3, 4, 5, 6, 7].map(ended), wrote(1), wrote(2));
		const [server] = state.servers;
		expect(server!.exits.map(({code, errors}) => [code, errors])).toEqual(
			[7, 6, 5, 4, 3].map(n => [n, [`words ${n}`]]),
		);
		expect(server!.exits).toHaveLength(keptExits);
		expect(server!.stderr.lines).toHaveLength(keptErrorLines);
		expect([server!.stderr.lines[0], server!.stderr.lines.at(-1)]).toEqual(['1/38', '2/38']);
		expect(server!.stderr.total).toBe(2 * keptErrorLines + 2);
	});
	test('its open files are as counted last, and unknown when nobody counted them', () => {
		let state = after(start(), {at: 5, type: 'files-counted', openFiles: {'server-1': 21, balancer: null}});
		expect([state.servers[0]!.openFiles, state.servers[1]!.openFiles, state.balancer.openFiles]).toEqual([
			...[21, null, null],
		]);
		state = after(state, {at: 7, type: 'exited', part: 'server-1', exit, planned: false, by: 'lbtop'});
		expect(state.servers[0]!.openFiles).toBeNull();
	});
	test('an unknown part changes nothing but the events', () => {
		const state = after(start(), {at: 5, type: 'process-changed', part: 'server-9', status: 'READY', by: 'lbtop'});
		expect(state.servers).toEqual(start().servers);
	});
});

describe('a second', () => {
	test('after a suspension the rate is that of the time counted, not of the time since the last look', () => {
		const counted = (acked: number, at: number) => said('clients', clientsTick({sent: acked, acked}), at);
		let state = after(start(), counted(50, 2000), {at: 2000, type: 'second-passed'});
		state = after(state, {at: 12_000, type: 'second-passed'}, counted(600, 13_000), {
			at: 13_000,
			type: 'second-passed',
		});
		expect(state.samples.map(({acked}) => acked)).toEqual([50, 0, 50]);
	});
	test('a steady load has its rate from its first message to its last, however the run began and ended', () => {
		const counted = (acked: number, at: number) => said('clients', clientsTick({sent: acked, acked}), at);
		const passed = (at: number): Event => ({at, type: 'second-passed'});
		let state = after(start(), passed(2000), {at: 2500, type: 'phase-changed', phase: 'running'});
		for (let at = 3000; at <= 8000; at += 1000) state = after(state, counted((at - 2500) / 10, at - 50), passed(at));
		expect(summarize(state).last10s.ackedPerSecond).toBeCloseTo(100, -1);
		const silent = after(state, passed(9000), passed(10_000), passed(11_000), passed(12_000), passed(13_000));
		expect(summarize(silent).last10s.ackedPerSecond).toBeLessThan(60);
		state = after(state, {at: 8500, type: 'phase-changed', phase: 'stopping'}, counted(600, 8500));
		state = after(state, passed(9000), passed(10_000), passed(11_000), {
			at: 11_400,
			type: 'phase-changed',
			phase: 'ended',
		});
		expect(summarize(state)).toMatchObject({ackedPerSecond: 100, last10s: {ackedPerSecond: expect.closeTo(100, -0.5)}});
	});
	test('makes rates of totals, and percentiles of what came in it', () => {
		let state = after(start(), {at: 1000, type: 'second-passed'});
		const latency = {
			all: [
				[1000, 99],
				[5000, 1],
			] as [number, number][],
			uncorrected: [],
			byServer: {'Server 1': [[2000, 1]] as [number, number][]},
		};
		state = after(
			state,
			said(
				'clients',
				clientsTick({sent: 50, attempts: 52, acked: 50, ackedBy: {'Server 1': 30, 'Server 2': 20}, latency}),
				3000,
			),
		);
		state = after(state, {at: 3200, type: 'second-passed'});
		expect(state.samples.at(-1)).toMatchObject({
			acked: 25,
			retries: 2,
			p50: 1,
			p99: 1,
			byServer: {'Server 1': 15, 'Server 2': 10},
		});
		expect(state.servers[0]).toMatchObject({perSecond: 15, p50: 2, p99: 2});
		expect(state.servers[1]).toMatchObject({perSecond: 10, p50: null});
		expect(state.latency).toMatchObject({count: 100, max: 5});
		state = after(state, {at: 4000, type: 'second-passed'});
		expect(state.samples.at(-1)).toMatchObject({acked: 0, p50: null});
	});
});

test('a second keeps the most at once, the causes of what was tried again, and its latencies in bins', () => {
	const heard = balancerTick({});
	const retriesByCause = {timeout: 0, refused: 1, reset: 4, nak: 0, closed: 0};
	const latency = {all: [[1000, 8] as [number, number], [9000, 2] as [number, number]], uncorrected: [], byServer: {}};
	let state = after(
		start(),
		said('clients', clientsTick({inFlight: 9, backlog: 70, latency})),
		said('balancer', {...heard, waiting: 30}),
		said('clients', clientsTick({inFlight: 2, backlog: 0, retriesByCause})),
		said('balancer', {...heard, waiting: 1}),
		{at: 2000, type: 'second-passed'},
	);
	expect(state.samples.at(-1)).toMatchObject({inFlight: 9, backlog: 70, waiting: 30, byCause: retriesByCause});
	expect(state.samples.at(-1)).toMatchObject({p50: 1, p90: 9, p99: 9});
	expect(state.samples.at(-1)!.bins).toEqual(binsOf(latency.all));
	state = after(state, {at: 3000, type: 'second-passed'});
	expect(state.samples.at(-1)).toMatchObject({inFlight: 2, backlog: 0, waiting: 1, byCause: {refused: 0, reset: 0}});
	expect(state.samples.at(-1)!.bins.counts).toEqual([]);
});

test('a server with an IPv6 address is told with brackets, as one would write it', () => {
	const server = {...testPlan().servers[0]!, name: 'Server 3', kind: 'external' as const, host: '::1', port: 9003};
	const state = after(start(), {at: 1, type: 'server-added', part: 'server-3', server});
	expect(state.events.at(-1)?.text).toBe('Server 3 is added at [::1]:9003');
	expect(summarize(state).servers.at(-1)?.address).toBe('[::1]:9003');
});

test('every list has its bound', () => {
	let state = start();
	for (let n = 0; n < keptSeconds + 5; n++) state = after(state, {at: 1000 * n, type: 'second-passed'});
	for (let n = 0; n < keptEvents + 5; n++) state = after(state, {at: n, type: 'noted', text: String(n)});
	state = after(state, {
		at: 1,
		type: 'log-read',
		lines: Array.from({length: keptLogLines + 5}, (_, n) => `${n}`),
		bytes: 1,
		skippedBytes: 2,
	});
	expect(state.samples).toHaveLength(keptSeconds);
	expect(state.servers[0]!.history).toHaveLength(keptSeconds);
	expect(state.events).toHaveLength(keptEvents);
	expect(state.events.at(-1)!.text).toBe(String(keptEvents + 4));
	expect(state.log).toMatchObject({total: keptLogLines + 5, bytes: 1, skippedBytes: 2});
	expect(state.log.lines).toHaveLength(keptLogLines);
	expect(state.log.lines[0]).toBe('5');
});

test('log losses of all writers add up, over their lives', () => {
	const tick = (dropped: number): PartEvent => ({type: 'log-tick', lines: 10, bytes: 100, dropped});
	let state = after(start(), said('server-1', tick(1)), said('clients', tick(2)));
	state = after(
		state,
		{at: 1, type: 'exited', part: 'server-1', exit, planned: true, by: 'you'},
		said('server-1', tick(0)),
	);
	expect(state.log.written).toMatchObject({lines: 30, bytes: 300, dropped: 3});
});

describe('what is counted of the log is not all', () => {
	const ended = (part: string, code: number | null): Event => ({
		...{at: 1, type: 'exited', part, planned: true, by: 'you'},
		exit: {code, signal: code === null ? 'SIGKILL' : null, lastError: ''},
	});
	const isWhole = (state: State, ...events: Event[]) => after(state, ...events).log.written.isWhole;
	test.each(['server-1', 'balancer', 'clients', 'log-audit'])('once %s was killed, whatever comes later', part => {
		expect(isWhole(start(), ended(part, null))).toBe(false);
		expect(isWhole(start(), ended(part, 1))).toBe(false);
		const tick: PartEvent = {type: 'log-tick', lines: 1, bytes: 1, dropped: 0};
		expect(isWhole(start(), ended(part, null), said(part, tick), ended(part, 0))).toBe(false);
	});
	test('but when all have ended by themselves, or who was killed writes none', () => {
		expect(isWhole(start(), ended('server-1', 0), ended('clients', 0))).toBe(true);
		const plan = testPlan();
		const others = initialState(
			{
				...plan,
				servers: plan.servers.map(server => ({...server, kind: 'command'})),
				balancer: {...plan.balancer, engine: 'haproxy'},
			},
			{at: 1000, wallMs: 0, pid: 1},
		);
		expect(isWhole(others, ended('server-1', null), ended('balancer', null))).toBe(true);
	});
});

describe('latencies', () => {
	const second = (at: number, us: number, server = 'Server 1') =>
		said(
			'clients',
			clientsTick({latency: {all: [[us, 10]], uncorrected: [[1000, 10]], byServer: {[server]: [[us, 10]]}}}),
			at,
		);
	const passed = (at: number): Event => ({at, type: 'second-passed'});

	test('of the whole run, of each server, and of the last 10 s', () => {
		let state = after(start(), second(1000, 80_000), passed(1001), second(8000, 4000, 'Server 2'), passed(8001));
		expect(state.latency).toMatchObject({count: 20, max: 80});
		expect(state.uncorrectedLatency).toMatchObject({count: 20, max: 1});
		expect(state.servers.map(({latency}) => [latency.count, latency.max])).toEqual([
			[10, 80],
			[10, 4],
		]);
		expect(state.recentLatency).toMatchObject({count: 20, max: 80});
		state = after(state, passed(11_000));
		expect(state.recentLatency).toMatchObject({count: 10, max: 4});
		expect(state.latency.count).toBe(20);
		state = after(state, passed(18_000));
		expect(state.recentLatency).toMatchObject({count: 0, p50: null});
	});
	test.each([
		[0.9, 10],
		[0.2, 11],
	])('the last 10 s of a run whose last counts are of %d s are of %d counts', (seconds, counted) => {
		const whole = Array.from({length: 15}, (_, index) => [
			second((index + 1) * 1000, 4000),
			passed((index + 1) * 1000),
		]);
		const running = after(start(), ...whole.flat());
		expect(running.recentLatency.count).toBe(100);
		const end = 15_000 + seconds * 1000;
		expect(after(running, second(end, 4000), passed(end)).recentLatency.count).toBe(counted * 10);
	});
});

test('a second in which the generator lagged is a saturated one, once', () => {
	const lag = (at: number, loopLagMs: number) => said('clients', clientsTick({loopLagMs}), at);
	const passed = (at: number): Event => ({at, type: 'second-passed'});
	const events = [lag(100, 10), passed(1000), lag(1100, 12), lag(1200, 30), passed(2000), lag(2100, 4), passed(3000)];
	const state = after(start(), ...events);
	expect(state.clients.generator).toEqual({worstLagMs: 30, saturatedSeconds: 1, lagMs: 0, saturatedAt: 2000});
});

test('what was due when the client manager died is dropped', () => {
	const state = after(
		start(),
		said('clients', clientsTick({sent: 5, acked: 3, inFlight: 2, backlog: 7, dropped: 1, late: 2})),
		{at: 1, type: 'exited', part: 'clients', exit, planned: false, by: 'lbtop'},
		said('clients', clientsTick({sent: 1, inFlight: 1, dropped: 2, late: 1})),
	);
	expect(state.clients).toMatchObject({sent: 6, acked: 3, failed: 2, inFlight: 1, dropped: 10, late: 3, backlog: 0});
});

test('how checks stand is kept, and what has changed is told', () => {
	const broken = {expr: 'failed==0', ok: false, value: 3};
	const judged = (changed: (typeof broken)[]): Event => ({at: 1, type: 'checks-judged', results: [broken], changed});
	const state = after(start(), judged([]), judged([broken]));
	expect(state.checks).toEqual([broken]);
	expect(state.events.map(({text, tone}) => [text, tone])).toEqual([['check broken: failed==0 (is 3)', 'bad']]);
});

test('a part that says something is called in its line as log.txt calls it, a server by its name', () => {
	const said = (part: string) =>
		after(initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}), {
			...{at: 1, type: 'part-said', part},
			event: {type: 'noted', text: 'its loop came late'},
		}).events.at(-1);
	expect(['clients', 'balancer', 'server-1'].map(part => said(part)?.actor)).toEqual([
		'clients',
		'balancer',
		'Server 1',
	]);
});

test('a part that was asked to end and failed is told with its last words', () => {
	const stopped = (code: number | null) =>
		after(initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}), {
			...{at: 1, type: 'exited', part: 'server-1', planned: true, by: 'you'},
			exit: {code, signal: null, lastError: 'Error: cannot close', errors: []},
		}).events.at(-1);
	expect(stopped(1)).toMatchObject({text: 'Server 1 stopped (code 1): Error: cannot close', tone: 'warn'});
	expect(stopped(0)).toMatchObject({text: 'Server 1 stopped (code 0)', tone: 'plain'});
});
