import {describe, expect, it} from 'vitest';
import {seededRandom} from '../../src/domain/random.ts';
import {type Backend, createBackends} from '../../src/load-balancer/backends.ts';
import {createHealthChecker} from '../../src/load-balancer/health-checker.ts';
import type {HealthSettings} from '../../src/load-balancer/health-settings.ts';
import {defaultHealth} from './support/defaults.ts';
import {type Attempt, silentTransport} from './support/silent-transport.ts';
import {virtualClock} from './support/virtual-clock.ts';

type Answer = 'well' | 'never' | 'refused' | 'EMFILE';

/** Servers that answer checks after 1 ms, as told; in virtual time. `times`: when each was checked, by its number. */
async function checked(
	count: number,
	options: {settings?: Partial<HealthSettings>; answer?: (index: number) => Answer} = {},
) {
	const {settings = {}, answer = () => 'well'} = options;
	const clock = virtualClock();
	const times: number[][] = Array.from({length: count}, () => []);
	const routes: string[] = [];
	let mostOpen = 0;
	const reply = (attempt: Attempt) => {
		if (attempt.isDestroyed) return;
		const code = {well: '', never: '', refused: 'ECONNREFUSED', EMFILE: 'EMFILE'}[answer(attempt.port)];
		if (code !== '') attempt.handlers.failed(Object.assign(new Error(code), {code}));
		else if (answer(attempt.port) === 'well') attempt.handlers.received(Buffer.from('PONG trunk/1\n'));
	};
	let openNow = 0;
	const {transport, attempts} = silentTransport(attempt => {
		times[attempt.port] ??= [];
		times[attempt.port]!.push(clock.now());
		clock.after(1, () => reply(attempt));
	});
	const counting: typeof transport = {
		...transport,
		connect: (address, handlers) => {
			openNow++;
			mostOpen = Math.max(mostOpen, openNow);
			const connection = transport.connect(address, handlers);
			const destroy = connection.destroy;
			return {
				...connection,
				destroy: () => {
					openNow--;
					return destroy();
				},
			};
		},
	};
	const health = {...defaultHealth, ...settings};
	const backends = createBackends({
		servers: Array.from({length: count}, (_, i) => ({name: `S${i}`, host: 'h', port: i, weight: 1})),
		settings: health,
		clock,
		handlers: {
			changed: ({name}, {to}) => void routes.push(`${name} ${to.state}`),
			shifted() {},
			suspected: backend => checker.checkSoon(backend),
			panicked() {},
			watch: backend => checker.watch(backend),
			unwatch: backend => checker.unwatch(backend),
			moved() {},
			removed() {},
		},
	});
	const checker = createHealthChecker({
		backends,
		settings: health,
		transport: counting,
		clock,
		random: seededRandom(1),
	});
	let hasStarted = false;
	const started = checker.start().then(() => {
		hasStarted = true;
	});
	const settle = () => new Promise(resolve => setImmediate(resolve));
	return {
		...{clock, times, routes, backends, checker, attempts, started, settle},
		hasStarted: () => hasStarted,
		mostOpen: () => mostOpen,
		openNow: () => openNow,
		server: (index: number): Backend => backends.all[index]!,
	};
}

describe('servers', () => {
	it('are all checked at once at the start, and then never in step', async () => {
		const {clock, times, hasStarted, settle} = await checked(5);
		expect(times.map(([first]) => first)).toEqual([0, 0, 0, 0, 0]);
		clock.pass(1);
		await settle();
		expect(hasStarted()).toBe(true);
		clock.pass(5000);
		expect(times.map(([, second]) => second)).toEqual([501, 601, 701, 801, 901]);
		const all = times.flatMap(([, ...later]) => later);
		expect(new Set(all).size).toBe(all.length);
	});

	it('are checked at times that vary by chance, within what was allowed', async () => {
		const {clock, times} = await checked(1, {settings: {spreadPercent: 20}});
		clock.pass(100_000);
		const pauses = times[0]!.slice(2).map((at, index) => at - times[0]![index + 1]! - 1);
		expect(Math.min(...pauses)).toBeGreaterThanOrEqual(400);
		expect(Math.min(...pauses)).toBeLessThan(430);
		expect(Math.max(...pauses)).toBeLessThanOrEqual(600);
		expect(Math.max(...pauses)).toBeGreaterThan(570);
	});

	it('that freeze are out within fall × (timeout + fastinter) + inter, whenever they freeze', async () => {
		for (const freezeAt of [1000, 1001.5, 1250, 1499, 1501]) {
			let isFrozen = false;
			const {clock, routes} = await checked(2, {answer: index => (isFrozen && index === 0 ? 'never' : 'well')});
			clock.pass(freezeAt);
			isFrozen = true;
			let took = 0;
			for (; !routes.includes('S0 DOWN'); took += 1) clock.pass(1);
			expect(took).toBeLessThanOrEqual(3 * (500 + 200) + 500);
			expect(took).toBeGreaterThan(3 * 500 + 2 * 200);
		}
	});

	it('that are down are checked ten times at the fast pace, then at their own', async () => {
		const {clock, times} = await checked(1, {settings: {downInterMs: 5000}, answer: () => 'refused'});
		clock.pass(20_000);
		const pauses = times[0]!.slice(1).map((at, index) => at - times[0]![index]! - 1);
		expect(pauses.slice(0, 12)).toEqual([...Array.from({length: 10}, () => 200), 5000, 5000]);
	});

	it('that broke in use are checked at once, and not again and again', async () => {
		const {clock, times, backends, server} = await checked(1, {
			settings: {passive: {observe: 'layer4', errorLimit: 1, onError: 'fastinter'}},
		});
		clock.pass(100);
		for (let i = 0; i < 1000; i++) {
			backends.observe(server(0), 'broken', 'connection reset');
			clock.pass(0.1);
		}
		expect(times[0]!.map(at => Math.round(at))).toEqual([0, 100, 150]);
	});

	it('whose check cannot be made for want of something here stay what they were', async () => {
		let answer: Answer = 'well';
		const {clock, routes, server} = await checked(1, {answer: () => answer});
		clock.pass(1);
		answer = 'EMFILE';
		clock.pass(60_000);
		expect(routes).toEqual(['S0 UP']);
		expect(server(0)).toMatchObject({check: {status: 'SOCKERR'}, checkFailures: 0});
	});

	it('out for maintenance are not checked; in again they are, at once', async () => {
		const {clock, times, backends, routes} = await checked(2);
		clock.pass(1000);
		backends.administer('S0', 'maint');
		const before = times[0]!.length;
		clock.pass(60_000);
		expect(times[0]!.length).toBe(before);
		backends.administer('S0', 'ready');
		expect(times[0]!.at(-1)).toBe(61_000);
		clock.pass(1);
		expect(routes.slice(2)).toEqual(['S0 MAINT', 'S0 DOWN', 'S0 UP']);
	});

	it('that come, go and move are checked from then on, no more, and at the new place', async () => {
		const {clock, times, backends, attempts, openNow} = await checked(1);
		clock.pass(1000);
		backends.add({name: 'B', host: 'h', port: 7, weight: 1});
		clock.pass(1000);
		expect(times[7]!.length).toBeGreaterThan(1);
		backends.setAddress('B', 'elsewhere', 8);
		expect(attempts.at(-1)).toMatchObject({host: 'elsewhere', port: 8});
		const before = times[7]!.length;
		clock.pass(5000);
		expect(times[7]!.length).toBe(before);
		expect(backends.eligible.map(({name}) => name)).toEqual(['S0', 'B']);
		backends.remove('B');
		const last = times[8]!.length;
		clock.pass(5000);
		expect(times[8]!.length).toBe(last);
		expect(openNow()).toBe(0);
	});

	it('cannot hold up the start for ever', async () => {
		const {clock, hasStarted, settle} = await checked(2, {
			settings: {timeoutMs: 60_000},
			answer: index => (index === 0 ? 'well' : 'never'),
		});
		clock.pass(4999);
		await settle();
		expect(hasStarted()).toBe(false);
		clock.pass(1);
		await settle();
		expect(hasStarted()).toBe(true);
	});

	it('are left alone once it is stopped', async () => {
		const {clock, checker, openNow} = await checked(3, {answer: () => 'never'});
		clock.pass(100);
		checker.stop();
		checker.stop();
		expect(openNow()).toBe(0);
		clock.pass(60_000);
		expect(clock.pending).toBe(0);
	});
});

describe('very many servers', () => {
	it('are never checked by more than 256 at once, well or silent', async () => {
		const {clock, times, mostOpen, backends} = await checked(1000, {answer: index => (index % 2 ? 'well' : 'never')});
		clock.pass(20_000);
		expect(mostOpen()).toBe(256);
		expect(backends.eligible).toHaveLength(500);
		expect(Math.min(...times.map(({length}) => length))).toBeGreaterThan(5);
	});
});
