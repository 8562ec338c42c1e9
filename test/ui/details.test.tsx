import {afterEach, describe, expect, test} from 'vitest';
import {createLatency} from '../../src/domain/latency.ts';
import {binsOf} from '../../src/domain/latency-bins.ts';
import type {State} from '../../src/state/state.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => screen?.close());

/** The fixture with all there can be to tell of its second server, which has crashed. */
function troubledState(): State {
	const state = busyState();
	const latency = createLatency();
	const counted: [number, number][] = [
		[1500, 900],
		[40_000, 90],
		[900_000, 10],
	];
	latency.merge(counted);
	const exit = {code: 1, signal: null, planned: false, by: 'lbtop' as const};
	const exits = [
		{...exit, at: state.now - 40_100, lastError: 'EADDRINUSE', errors: ['listening on 9002', 'Error: EADDRINUSE 9002']},
		{...exit, at: state.now - 90_000, code: null, signal: 'SIGKILL', planned: true, by: 'you' as const, lastError: ''},
	];
	const health = {
		check: {status: 'L4CON' as const, ms: 0.4, text: 'refused'},
		...{checkFailures: 3, downs: 2, downMs: 65_000, ejections: 1, weight: 0.5},
	};
	const servers = state.servers.map((server, index) =>
		index === 1
			? {
					...server,
					...{
						commandLine: 'node server.js --port 9002',
						exits,
						health,
						latency: latency.summary(),
						bins: binsOf(counted),
					},
					...{routeChangedAt: state.now - 39_000, maxconn: 50, redelivered: 14, weight: 2},
					stderr: {lines: Array.from({length: 40}, (_, n) => `stderr line ${n}`), total: 1234},
				}
			: index === 0
				? {...server, openFiles: 23, commandLine: 'node server.js'}
				: server,
	);
	const fault = {
		id: 1,
		part: 'server-2',
		fault: {kind: 'refuse' as const, parameters: {}},
		by: 'you' as const,
		at: state.now - 5000,
	};
	return {...state, servers, balancer: {...state.balancer, waiting: 7}, faults: [{...fault, forMs: 8000}]};
}

const open = async (columns: number, rows: number, ...keys: string[]) => {
	screen = await openTestScreen(troubledState(), {columns, rows});
	await screen.press(...keys);
	return screen.text();
};
const rowOf = (text: string[], what: RegExp) => text.find(row => what.test(row)) ?? '';

describe('the details of a server', () => {
	test('tell its process, route, exits, latency, faults and stderr', async () => {
		const text = await open(120, 44, 'j', 'enter');
		expect(text[2]).toContain('╭─ Server 2 ─');
		expect(rowOf(text, /state .*BACKOFF/)).toContain('✗ BACKOFF 2.1 s');
		expect(rowOf(text, /command/)).toContain('node server.js --port 9002');
		for (const name of ['up', 'CPU', 'memory', 'open files'])
			expect(rowOf(text, new RegExp(`│  ${name} `))).toMatch(new RegExp(`${name} +- `));
		expect(rowOf(text, /restarts/)).toMatch(/restarts +3 /);
		expect(rowOf(text, /state .*DOWN/)).toMatch(/DOWN 1\/2 +for 0:39, refused/);
		expect(rowOf(text, /check /)).toMatch(/L4CON 0\.40 ms: refused/);
		expect(rowOf(text, /checks failed/)).toMatch(/ 3 /);
		expect(rowOf(text, /went down/)).toMatch(/2, for 1:05 in all/);
		expect(rowOf(text, /ejected/)).toMatch(/ejected +1 /);
		expect(rowOf(text, /weight/)).toMatch(/0\.50 of 2/);
		expect(rowOf(text, /connections /)).toMatch(/3 \/ 50/);
		expect(rowOf(text, /queue/)).toMatch(/7 wait in the balancer/);
		expect(rowOf(text, /redelivered/)).toMatch(/14 taken from it/);
		expect(rowOf(text, /errors/)).toMatch(/298 refused, reset/);
		expect(rowOf(text, /14:01:51/)).toContain('code 1');
		expect(rowOf(text, /Error: EADDRINUSE/)).toContain('Error: EADDRINUSE 9002');
		expect(rowOf(text, /14:01:01/)).toContain('signal SIGKILL, asked by you');
		expect(rowOf(text, /p90/)).toMatch(/p50 1\.5 +p90 1\.5 +p95 40 +p99 40 +p99\.9 900 +max 900/);
		expect(text.join('\n')).toMatch(/100 % ┤/);
		expect(rowOf(text, /refuse /)).toMatch(/refuse +for 0:05, 3\.0 s left, asked by you/);
		expect(text.join('\n')).toMatch(/stderr, the last 40 of 1,234 lines/);
		expect(rowOf(text, /stderr line 0 /)).not.toBe('');
	});
	test('of one that works show its figures with their units', async () => {
		const text = await open(80, 40, 'enter');
		expect(rowOf(text, /│ {2}CPU/)).toContain('12 % of one core');
		expect(rowOf(text, /memory/)).toContain('61 MB');
		expect(rowOf(text, /open files/)).toMatch(/open files +23/);
		expect(rowOf(text, /│ {2}up /)).toMatch(/up +3:12/);
	});
	test('of one whose ACKs bear another name say why its latency is unknown, and count what it is given', async () => {
		const state = troubledState();
		const {balancer} = state.plan;
		const opened = async (acked: number | null, mode: typeof balancer.mode) => {
			const servers = state.servers.map((server, index) => (index === 0 ? {...server, acked, forwarded: 7} : server));
			const plan = {...state.plan, balancer: {...balancer, mode}};
			screen?.close();
			screen = await openTestScreen({...state, servers, plan}, {columns: 80, rows: 60});
			await screen.press('enter');
			return screen.text().join('\n');
		};
		expect(await opened(12, 'message')).toMatch(/given +7 messages[\s\S]*unknown: no ACK bears its name/);
		expect(await opened(null, 'connection')).toMatch(/given +7 connections[\s\S]*unknown: no ACK bears its name/);
		expect(await opened(0, 'message')).toContain('no ACK yet');
	});
	test('of a paused one mark as stale what it said itself, not what others know', async () => {
		const text = await open(80, 40, 'j', 'j', 'enter');
		expect(rowOf(text, /│ {2}CPU/)).toContain('~0 % of one core');
		expect(rowOf(text, /memory/)).toContain('~60 MB');
		expect(rowOf(text, /open files/)).toMatch(/open files +- /);
		expect(rowOf(text, /in flight/)).toMatch(/in flight +3,/);
	});
	test.each([
		[60, 16],
		[80, 24],
		[120, 20],
	])('scroll where they do not fit at %i×%i, to the last line and not beyond', async (columns, rows) => {
		const text = await open(columns, rows, 'j', 'enter');
		expect(text.join('\n')).toMatch(/Process[\s\S]*\d+ more ▼ +Esc closes/);
		await screen!.press('j', 'page-down');
		expect(screen!.text().join('\n')).not.toMatch(/│ Process/);
		await screen!.press('G');
		expect(screen!.text()[rows - 4]).toContain('stderr line 39');
		expect(screen!.text().join('\n')).not.toContain('more ▼');
		await screen!.press('j', 'j', 'k');
		expect(screen!.text()[rows - 4]).toContain('stderr line 38');
		await screen!.press('g');
		expect(screen!.text()).toEqual(text);
	});
	test('are closed by Esc and Enter, and by going to another pane', async () => {
		for (const key of ['escape', 'enter', 'tab', '6']) {
			await open(80, 24, 'enter');
			expect(screen!.view().details).toBe(0);
			await screen!.press(key);
			expect(screen!.view().details).toBeUndefined();
			expect(screen!.text()[2]).toContain('1 Servers');
			screen!.close();
		}
	});
	test('leave the keys of the servers pane at work, on that server', async () => {
		await open(80, 24, 'enter', 'j', 'j', 'X', '?');
		expect(screen!.sent).toEqual([{type: 'send', command: {type: 'kill', part: 'server-1'}}]);
		expect(screen!.text().join('\n')).toContain('Keys');
		await screen!.press('?', 'w');
		expect(screen!.text().at(-2)).toContain('weight of Server 1');
	});
	test('show what happens meanwhile', async () => {
		await open(80, 24, 'enter');
		const state = troubledState();
		const servers = state.servers.map(server => ({...server, openFiles: 99}));
		await screen!.show({...state, servers});
		expect(rowOf(screen!.text(), /open files/)).toMatch(/open files +99/);
	});
	test('stand in ASCII too', async () => {
		screen = await openTestScreen(troubledState(), {columns: 120, rows: 50, ascii: true});
		await screen.press('j', 'enter');
		expect(screen.text().join('\n')).toMatch(/^[ -~\n]*$/);
	});
	test('are there for the balancer and the client manager', async () => {
		const balancer = await open(120, 40, 'G', 'k', 'enter');
		expect(balancer[2]).toContain('Load balancer');
		expect(rowOf(balancer, /accepted/)).toContain('71,540');
		await screen!.press('escape', 'G', 'enter');
		expect(screen!.text()[2]).toContain('Client manager');
		expect(rowOf(screen!.text(), /p90/)).toMatch(/p50 1\.9 +p90 3\.9/);
	});
});
