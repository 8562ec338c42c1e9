import {afterEach, describe, expect, test} from 'vitest';
import type {ScenarioEntry} from '../../src/domain/scenario.ts';
import type {State} from '../../src/state/state.ts';
import type {Rect} from '../../src/ui/layout.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState, logLines} from '../support/state-fixture.ts';

let screen: TestScreen;
afterEach(() => screen.close());

const sizes = [
	[60, 16],
	[80, 24],
	[100, 30],
	[120, 40],
	[200, 60],
	[300, 100],
] as const;

const unicodeBorder = {corners: '╭╮╰╯', side: '│', edge: /^[─ ]/};
const asciiBorder = {corners: '++++', side: '|', edge: /^[- ]/};

/** Every border cell of every pane is where it belongs, and of one cell. */
function expectBorders({layout, cells}: TestScreen, {corners, side}: typeof unicodeBorder = unicodeBorder) {
	const rows = cells();
	const at = (x: number, y: number) => rows[y]![x]!.text;
	for (const {x, y, width, height} of Object.values(layout()!.panes) as Rect[]) {
		const right = x + width - 1;
		const bottom = y + height - 1;
		expect([at(x, y), at(right, y), at(x, bottom), at(right, bottom)].join('')).toBe(corners);
		for (let row = y + 1; row < bottom; row++) expect([row, at(x, row), at(right, row)]).toEqual([row, side, side]);
	}
}

const hostileNames = ['Сервер 🙂', '日本語サーバー', 'e\u0301\u0301 \u{1f469}\u{1f3fd}'];

/** A state with everything in it that breaks borders elsewhere. */
function hostileState(): State {
	const state = busyState(hostileNames);
	const texts = [
		'🙂🙂 日本語 한국 ไทย',
		'\x1b[2J\x1b[10;10Hgone',
		'\t\ttab',
		'a\u202eb\u200d',
		'👩🏽‍🚀👨‍👩‍👧'.repeat(20),
		'│'.repeat(300),
		// Flags, variation selectors, keycaps, right-to-left letters, a ligature that is drawn very wide.
		'🇮🇩🇯🇵 ⚠️ ☠️ ❤︎ 1️⃣ #️⃣ '.repeat(12),
		'שלום עולם السلام عليكم ﷺ '.repeat(8),
		'Z̸̡̢̛a̶̧͝l̵̨͘g̷̢̕o̸̡͝ '.repeat(20),
	];
	return {
		...state,
		log: {...state.log, lines: texts.flatMap(text => logLines(4, text))},
		events: texts.map(text => ({at: state.now, actor: text, text, tone: 'bad'})),
		echo: {at: state.now, text: `kill \x1b]0;title\x07 ${texts[0]}`, refused: false},
	};
}

describe.each(sizes)('at %i×%i', (columns, rows) => {
	test('all borders stand, in any focus', async () => {
		screen = await openTestScreen(busyState(), {columns, rows});
		for (const key of ['1', '2', '3', '4', '5', '6', 'z']) {
			await screen.press(key);
			expectBorders(screen);
		}
	});
	test('whatever names, log lines and events are made of', async () => {
		screen = await openTestScreen(hostileState(), {columns, rows});
		for (const key of ['1', '3', '5', '6', 'w', 'z']) {
			await screen.press(key);
			expectBorders(screen);
		}
		for (const bad of ['\x1b]', '\x1b[10;10H', '\u202e', '\u200d']) expect(screen.writes.join('')).not.toContain(bad);
	});
	test('in ASCII alone', async () => {
		screen = await openTestScreen(busyState(), {columns, rows, ascii: true});
		for (const key of ['2', '3', '4', '5', '6', '1', '?', '?', 'z']) {
			await screen.press(key);
			expect(screen.text().join('\n')).toMatch(/^[ -~\n]*$/);
		}
		await screen.press('z');
		expectBorders(screen, asciiBorder);
	});
	test('after any resize it is what it would have been from the start', async () => {
		screen = await openTestScreen(busyState(), {columns: 140, rows: 45});
		await screen.resize({columns: 61, rows: 17});
		await screen.resize({columns: 20, rows: 5});
		await screen.resize({columns, rows});
		const after = screen.text();
		screen.close();
		screen = await openTestScreen(busyState(), {columns, rows});
		expect(after).toEqual(screen.text());
	});
});

describe('without colour', () => {
	test('nothing but text is written, and focus and selection are still told', async () => {
		screen = await openTestScreen(busyState(), {columns: 120, rows: 40, color: false});
		const sequences = screen.writes.join('').split('\x1b').slice(1);
		expect(sequences.filter(text => /^\[[0-9;]*m/.test(text) && !text.startsWith('[0m'))).toEqual([]);
		expect(screen.text()[2]).toMatch(/^┏━ 1 Servers/);
		expect(screen.text()[4]).toContain('▶ ● Server 1');
		await screen.press('6');
		expect(screen.text()[2]).toMatch(/^╭─ 1 Servers/);
	});
});

describe('the panes', () => {
	const show = async (state: State = busyState(), columns = 120, rows = 40) => {
		screen = await openTestScreen(state, {columns, rows});
		return screen.text();
	};
	const rowOf = (text: string[], what: string) => text.find(row => row.includes(what))!;

	test('say how each server stands, on both axes', async () => {
		const text = await show();
		expect(rowOf(text, '● Server 1')).toMatch(/READY 4121 +UP +■+·* +66% +262 +18 +6 +47,013 +0 +0 +1\.7 +9\.1/);
		expect(rowOf(text, '✗ Server 2')).toMatch(/BACKOFF 2\.1 s +DOWN 1\/2/);
		expect(rowOf(text, '‖ Server 3')).toMatch(/PAUSED 4123 +UP 2\/3/);
		expect(rowOf(text, '● Load balancer')).toMatch(/READY 4119 +cpu 11% +mem 61 MB/);
		expect(rowOf(text, '● Client manager')).toMatch(/READY 4122/);
		expect(text[2]).toContain('2 up · 1 down');
	});
	test('leave no figure of a dead server standing as if it were news, and tell its last exit', async () => {
		const text = await show();
		expect(rowOf(text, '✗ Server 2')).toMatch(/~32% +- +- +- +~22,905 +298 +3 +- +-/);
		expect(rowOf(text, 'last exit')).toContain('last exit: code 1, 0:40 ago: EADDRINUSE 127.0.0.1:9002');
	});
	test('say why a server failed, or is not ready', async () => {
		const with1 = (change: object) => {
			const state = busyState();
			return {...state, servers: state.servers.map((server, index) => (index === 0 ? {...server, ...change} : server))};
		};
		const text = await show(with1({process: 'FAILED', detail: 'port 9001 is taken', lastExit: undefined}));
		expect(text.join('\n')).toMatch(/Server 1 +FAILED[^\n]*\n│ +port 9001 is taken/);
		await screen.show(with1({process: 'NOT-READY', detail: 'not ready after 10 s'}));
		expect(screen.text().join('\n')).toMatch(/Server 1 +NOT-READY[^\n]*\n│ +not ready after 10 s/);
	});
	test('say when the balancer still sends to a dead process, and when nobody knows', async () => {
		const state = busyState();
		const servers = state.servers.map(server => ({...server, route: {state: 'UP' as const}}));
		expect(rowOf(await show({...state, servers}), '✗ Server 2')).toMatch(/UP !/);
		expect(screen.text()[2]).toContain('1 dead but still routed');
		await screen.show({...state, servers, balancer: {...state.balancer, process: 'CRASHED'}});
		expect(rowOf(screen.text(), '● Server 1')).toMatch(/UP \?/);
		expect(screen.text()[2]).not.toContain('dead');
	});
	test('of a run that is over say so, and not that its dead are routed', async () => {
		const state = busyState();
		const over = <P extends State['balancer'] | State['servers'][number]>(part: P) => ({
			...part,
			process: 'STOPPED' as const,
		});
		const text = await show({
			...state,
			phase: 'ended',
			balancer: over(state.balancer),
			servers: state.servers.map(server => ({...over(server), route: {state: 'UP' as const}})),
		});
		expect(text[2]).toContain('Servers  the run is over');
		expect(text.join('\n')).not.toContain('dead');
		for (const key of ['X', '+', 'i', 'D']) {
			await screen.press(key);
			expect([key, screen.text().at(-2)!.trim()]).toEqual([key, '! the run is over']);
		}
		await screen.press('q');
		expect(screen.sent).toEqual([{type: 'quit', now: false}]);
	});
	test('keep what has no column in a second line where rows allow', async () => {
		const state = busyState(['Server 1', 'Server 2']);
		const text = await show({...state, servers: state.servers.slice(0, 2)}, 80, 24);
		const detail = text[text.indexOf(rowOf(text, '● Server 1')) + 1]!;
		expect(detail).toMatch(/connections 18 +ACKed 47,013/);
	});
	test('show the law, and say when it does not hold', async () => {
		const text = await show(busyState(), 80, 24);
		expect(rowOf(text, 'sent 71,240')).toContain('sent 71,240 = acked 71,231 + failed 0 + in flight 9  ✓');
		await screen.show({...busyState(), clients: {...busyState().clients, acked: 71_230}});
		expect(rowOf(screen.text(), 'sent 71,240')).toContain(
			'sent 71,240 ≠ acked 71,230 + failed 0 + in flight 9  ✗ does not add up',
		);
	});
	test('name the causes of retries', async () => {
		const text = await show(busyState(), 200, 60);
		expect(rowOf(text, 'retries:')).toMatch(/timeout 0 +refused 14 +reset 298 +nak 0 +closed 0/);
	});
	test('mark on the chart what happened, in its second', async () => {
		const axis = rowOf(await show(busyState(), 200, 60), '▲');
		expect(axis).toContain('▲ Server 2 crashed');
		expect(axis).toContain('▲ Server 3 p');
		expect(axis.indexOf('▲ Server 3') - axis.indexOf('▲ Server 2')).toBe(27);
	});
	test('colour the events of trouble, with a sign', async () => {
		const text = await show();
		expect(rowOf(text, 'DOWN (refused)')).toMatch(/balancer +✗ Server 2 DOWN \(refused\)/);
	});
	test('say in their titles what is followed and what is missing', async () => {
		const state = busyState();
		const log = {
			...state.log,
			skippedBytes: 5_000_000,
			written: {...state.log.written, dropped: 1200, error: 'ENOSPC'},
		};
		expect(rowOf(await show({...state, log}), '6 log.txt')).toMatch(
			/FOLLOW {3}cannot write: the disk is full {3}1,200 lines lost {3}12 MB read /,
		);
		const troubled = async (error: string) =>
			rowOf(await show({...state, log: {...log, written: {...log.written, error}}}), '6 log');
		expect(await troubled('EISDIR in rotation')).toContain('cannot rotate: it is a folder   1,200');
		expect(await troubled('EOTHER')).toContain('cannot write: EOTHER   1,200');
		const {skippedBytes} = log;
		expect(rowOf(await show({...state, log: {...state.log, skippedBytes}}), '6 log')).toContain('5.0 MB not shown');
	});
	test('begin with what is known, before anything runs', async () => {
		const {initialState} = await import('../../src/state/initial.ts');
		const {testPlan} = await import('../support/plan.ts');
		const text = await show(initialState(testPlan(), {at: 0, wallMs: 0, pid: 1}), 80, 24);
		expect(text[0]).toContain('STARTING');
		expect(rowOf(text, 'Server 1')).toContain('○ Server 1 NEW');
		expectBorders(screen);
	});
});

describe('many servers', () => {
	test('scroll with the selection, and say how many more there are', async () => {
		screen = await openTestScreen(busyState(Array.from({length: 40}, (_, index) => `Server ${index + 1}`)), {
			columns: 80,
			rows: 24,
		});
		expect(screen.text().join('\n')).toMatch(/\d+ more ▼/);
		for (let press = 0; press < 30; press++) await screen.press('j');
		expect(screen.text().find(row => row.includes('▶'))).toContain('Server 31');
		expect(screen.text().join('\n')).toMatch(/\d+ more ▲ +\d+ more ▼/);
		await screen.press('G');
		expect(screen.text().find(row => row.includes('▶'))).toContain('Clients');
		expectBorders(screen);
	});
});

describe('the log', () => {
	const numbered = (from: number, count: number) => Array.from({length: count}, (_, index) => `line ${from + index}`);
	const withLog = (lines: string[], total: number) => ({...busyState(), log: {...busyState().log, lines, total}});

	test('stands still while held, and says how many lines came', async () => {
		screen = await openTestScreen(withLog(numbered(0, 100), 100), {columns: 80, rows: 24});
		await screen.press('6', 'k', 'k');
		const held = () => screen.text().filter(row => row.includes('line '));
		const before = held();
		expect(before.at(-1)).toContain('line 97');
		await screen.show(withLog(numbered(5000, 100), 5100));
		expect(held()).toEqual(before);
		expect(screen.text().join('\n')).toContain('5,002 more ▼');
		await screen.press('f');
		expect(held().at(-1)).toContain('line 5099');
	});
	test('scrolls sideways and wraps', async () => {
		screen = await openTestScreen(withLog([`begin ${'x'.repeat(100)} end`], 1), {columns: 80, rows: 24});
		expect(screen.text().join('\n')).not.toContain('x end');
		await screen.press('6', 'l', 'l', 'l', 'l', 'l');
		expect(screen.text().join('\n')).toContain('x end');
		await screen.press('w');
		expect(screen.text().join('\n')).toMatch(/begin x+│\n│ {2}x+ end/);
	});
});

describe('over the panes', () => {
	test('frozen, the display shows what was and the bottom what is', async () => {
		const state = busyState();
		screen = await openTestScreen(state, {columns: 120, rows: 40});
		await screen.press('space');
		await screen.show({
			...state,
			clients: {...state.clients, sent: 99_999},
			echo: {at: 1, text: 'kill -KILL 1', refused: false},
		});
		expect(screen.text()[0]).toContain('FROZEN');
		expect(screen.text()[1]).toContain('SENT 71,240');
		expect(screen.text()[38]).toContain('$ kill -KILL 1');
		await screen.press('space');
		expect(screen.text()[1]).toContain('SENT 99,999');
	});
	test.each([
		[60, 16],
		[80, 24],
		[120, 40],
	])(
		'frozen at %i×%i, the arrows go back in time in every pane, and the header says the moment',
		async (columns, rows) => {
			const before = busyState();
			const at = (seconds: number, change: Partial<State>): State => ({
				...{...before, ...change, now: before.now + seconds * 1000},
				samples: [...before.samples, {...before.samples.at(-1)!, at: before.now + seconds * 1000}],
			});
			screen = await openTestScreen(before, {columns, rows});
			const well = before.servers.map(server => ({
				...server,
				process: 'READY' as const,
				route: {state: 'UP' as const},
			}));
			await screen.show(at(1, {servers: well}));
			await screen.show(at(2, {servers: well}));
			await screen.show(at(3, {}));
			const shown = () => screen.text().find(row => row.includes('Server 2'));
			expect(shown()).toContain('BACKOFF');
			for (const pane of ['1', '2', '6']) {
				await screen.press('space', pane, 'left');
				expect(shown()).toMatch(/READY +UP/);
				expect(screen.text()[0]).toMatch(/FROZEN 14:02:33 +-00:01/);
				await screen.press('right');
				expect(shown()).toContain('BACKOFF');
				expect(screen.text()[0]).toMatch(/FROZEN 14:02:34 +/);
				expect(screen.text()[0]).not.toContain('-00:');
				await screen.press('right');
				expect(screen.text().at(-2)).toContain('this is the moment of the freeze');
				await screen.press('<');
				expect(screen.text()[0]).toMatch(/FROZEN 14:02:32 +-00:02/);
				await screen.press('left');
				expect(screen.text().at(-2)).toContain('this is the first moment that is kept');
				await screen.press('space');
				expect(screen.text()[0]).not.toContain('FROZEN');
			}
			await screen.press('1', 'left');
			expect(screen.text().at(-2)).toContain('Space freezes the display');
		},
	);
	test('frozen in the log pane h and l still scroll sideways', async () => {
		const state = busyState();
		screen = await openTestScreen({...state, log: {...state.log, lines: ['0123456789']}}, {columns: 80, rows: 24});
		await screen.press('6', 'space', 'l');
		expect(screen.text().join('\n')).toMatch(/6 log\.txt +FROZEN/);
		expect(screen.text().join()).not.toContain('01234567');
		expect(screen.text().join()).toContain('89');
	});
	test('the help covers them, scrolls where it must, and Esc closes it', async () => {
		screen = await openTestScreen(busyState(), {columns: 60, rows: 16});
		await screen.press('?');
		expect(screen.text().join('\n')).toMatch(/Keys.*Here: 1 servers.*more ▼/s);
		await screen.press('G');
		expect(screen.text().join('\n')).toMatch(/n Esc +leave all as it is/);
		await screen.press('k', 'escape');
		expect(screen.text()[2]).toContain('1 Servers');
	});
	test('a key that cannot act says why, until something newer happens', async () => {
		const state = busyState();
		screen = await openTestScreen(state, {columns: 80, rows: 24});
		await screen.press('s');
		expect(screen.text()[22]).toContain('! Server 1 already runs (READY)');
		await screen.show({...state, echo: {at: state.now + 1, text: 'no such part', refused: true}});
		expect(screen.text()[22]).toContain('! refused: no such part');
	});
	test('while stopping it says what is waited for', async () => {
		screen = await openTestScreen({...busyState(), phase: 'stopping'}, {columns: 120, rows: 40});
		expect(screen.text()[0]).toContain('STOPPING');
		expect(screen.text()[38]).toContain(
			'waiting for 9 in flight · Server 1 READY · Server 3 PAUSED · Load balancer READY',
		);
	});
	test.each([
		[59, 20],
		[80, 15],
		[10, 3],
		[1, 1],
	])('at %i×%i one sentence says that it is too small', async (columns, rows) => {
		screen = await openTestScreen(busyState(), {columns, rows});
		if (columns > 20)
			expect(screen.text().join(' ').replace(/ +/g, ' ')).toContain('lbtop needs 60 columns and 16 rows');
		expect(screen.text()).toHaveLength(rows);
	});
});

test('after the first frame nothing is ever cleared, and only changed rows are written', async () => {
	const state = busyState();
	screen = await openTestScreen(state, {columns: 120, rows: 40});
	expect(screen.writes.splice(0).join('')).toContain('\x1b[2J');
	await screen.press('j', '6', 'k', 'k', 'z', 'z', '?', '?', 'space', 'space');
	await screen.show({...state, clients: {...state.clients, nak: 7}});
	expect(screen.writes.at(-1)!.match(/\[\d+;1H/g)).toHaveLength(1);
	expect(screen.writes.join('')).not.toMatch(/\[[23]J/);
});

test('the header names the scenario that is played, how far it is, and whether it has failed', async () => {
	const entry = {kind: 'step' as const, text: 'kill server-1', line: 3, times: 1};
	const scenario = {name: 'kill-one', file: 'kill-one.yaml', stage: 'steps' as const};
	const entries: ScenarioEntry[] = [
		{...entry, ok: true},
		{...entry, ok: null},
	];
	screen = await openTestScreen({...busyState(), scenario: {...scenario, entries}}, {columns: 160, rows: 40});
	expect(screen.text().join()).toContain('kill-one step 1/2');
	expect(screen.text().join()).not.toContain('step 1/2 FAILED');
	screen.close();
	entries[1]!.ok = false;
	screen = await openTestScreen({...busyState(), scenario: {...scenario, entries}}, {columns: 160, rows: 40});
	expect(screen.text().join()).toContain('kill-one step 2/2 FAILED');
});
