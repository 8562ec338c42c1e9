import {afterEach, describe, expect, test} from 'vitest';
import type {ProcessStatus} from '../../src/domain/status.ts';
import type {ServerState, State} from '../../src/state/state.ts';
import {nextSort, type ServerSort, sortedServers} from '../../src/ui/servers/server-order.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => screen?.close());

/** Servers that are all well, each with what a test gives it. */
function stateOf(...given: Partial<ServerState>[]): State {
	const state = busyState(given.map(({name}, index) => name ?? `Server ${index + 1}`));
	const well = state.servers[0]!;
	const servers = state.servers.map(({id, name}, index) => ({...well, id, name, ...given[index]}));
	return {...state, servers};
}

const rows = () => screen!.text();
const rowOf = (what: string) => rows().find(row => row.includes(what)) ?? '';
/** The servers' names from above. */
const order = () =>
	rows()
		.flatMap(row => /^│[▶ ] [●✗‖] (\S+)/.exec(row)?.[1] ?? [])
		.filter(name => !/^(Load|Client|Balancer)/.test(name));

describe('the order of the servers', () => {
	const names = ({column, isDown}: ServerSort, ...given: Partial<ServerState>[]) =>
		sortedServers(stateOf(...given), {column, isDown}).map(({name}) => name);
	test('by name as one counts', () => {
		const given = [{name: 'S10'}, {name: 'S9'}, {name: 's1'}];
		expect(names({column: 'NAME', isDown: false}, ...given)).toEqual(['s1', 'S9', 'S10']);
	});
	test('what is unknown stands last either way, what is equal as planned', () => {
		const given = [
			{name: 'a', p99: null},
			{name: 'b', p99: 5},
			{name: 'c', p99: 9},
			{name: 'd', p99: 5},
		];
		expect(names({column: 'P99ms', isDown: true}, ...given)).toEqual(['c', 'b', 'd', 'a']);
		expect(names({column: 'P99ms', isDown: false}, ...given)).toEqual(['b', 'd', 'c', 'a']);
	});
	test('goes through all columns and comes back to the plan', () => {
		let sort = nextSort(undefined);
		const seen = [];
		for (; sort !== undefined; sort = nextSort(sort)) seen.push(sort.column);
		expect(seen).toHaveLength(new Set(seen).size);
		expect(seen).toEqual(expect.arrayContaining(['NAME', 'MSG/S', 'ACKED', 'ERR', 'P99ms']));
		const state = stateOf({name: 'z'}, {name: 'a'});
		expect(sortedServers(state, undefined)).toBe(state.servers);
	});
});

describe.each([
	[60, 28],
	[80, 24],
	[120, 40],
])('sorting at %i×%i', (columns, height) => {
	const given = [
		{name: 'Ada', perSecond: 10, p99: 7},
		{name: 'Bob', perSecond: 30, p99: 8},
		{name: 'Cyd', perSecond: 20, p99: 9},
	];
	test('o goes on to the next column, O turns it round; the head says so, and who is selected stays so', async () => {
		screen = await openTestScreen(stateOf(...given), {columns, rows: height});
		await screen.press('j');
		expect(order()).toEqual(['Ada', 'Bob', 'Cyd']);
		await screen.press('O');
		expect(rows().at(-2)).toContain('o sorts them');
		await screen.press('o');
		expect(rows()[3]).toContain('NAME▲');
		await screen.press('o');
		expect(rows()[3]).toContain('MSG/S▼');
		expect(order()).toEqual(['Bob', 'Cyd', 'Ada']);
		expect(rowOf('▶')).toContain('Bob');
		await screen.press('O');
		expect(rows()[3]).toContain('MSG/S▲');
		expect(order()).toEqual(['Ada', 'Cyd', 'Bob']);
		expect(rowOf('▶')).toContain('Bob');
		const [ada, bob, cyd] = given;
		await screen.show(stateOf({...ada, perSecond: 99}, {...bob, perSecond: 1}, cyd!));
		expect(order()).toEqual(['Bob', 'Cyd', 'Ada']);
		expect(rowOf('▶')).toContain('Bob');
		await screen.press('j', 'X');
		expect(rowOf('▶')).toContain('Cyd');
		expect(screen.sent).toEqual([{type: 'send', command: {type: 'kill', part: 'server-3'}}]);
	});
	test('more servers than rows scroll, sorted as well', async () => {
		const many = Array.from({length: 30}, (_, n) => ({name: `S${n + 1}`, perSecond: n}));
		screen = await openTestScreen(stateOf(...many), {columns, rows: height});
		await screen.press('o', 'o', 'g');
		expect(order()[0]).toBe('S30');
		expect(rows().join('\n')).toMatch(/\d+ more ▼/);
		await screen.press('G', 'k', 'k');
		expect(rowOf('▶')).toContain('S1 ');
		expect(rows().join('\n')).toMatch(/\d+ more ▲/);
	});
});

describe('figures that are no news are marked', () => {
	const paused: Partial<ServerState> = {
		process: 'PAUSED',
		cpuPercent: 3,
		rssBytes: 60_000_000,
		inFlight: 3,
		connections: 2,
	};
	const show = async (state: State) => {
		screen = await openTestScreen(state, {columns: 200, rows: 40, color: false});
	};
	const withPart = (part: 'balancer' | 'clients', process: ProcessStatus) => {
		const state = stateOf({name: 'Ada', connections: 18, inFlight: 6}, {name: 'Bob'});
		return {...state, [part]: {...state[part], process}};
	};
	test('of a paused server what it said and what was ACKed, not what the balancer knows', async () => {
		await show(stateOf({name: 'Ada', ...paused}, {name: 'Bob'}));
		const row = rowOf('‖ Ada');
		expect(row).toMatch(/~66% +~262 +2 +3 +~47,013 +0 +0 +~1\.7 +~9\.1 +~3% +~60M +~3:12/);
		expect(rows().join('\n')).toContain('~ stale');
	});
	test('of a running one nothing', async () => {
		await show(stateOf({name: 'Ada'}, {name: 'Bob'}));
		expect(rowOf('● Ada')).not.toContain('~');
		expect(rows().join('\n')).not.toContain('stale');
	});
	test('with the balancer paused, what it knows of the servers', async () => {
		await show(withPart('balancer', 'PAUSED'));
		expect(rowOf('● Ada')).toMatch(/66% +262 +~18 +~6 +47,013 +~0 +0/);
		expect(rowOf('Load balancer')).toMatch(/PAUSED 4119 +stale +cpu 11%/);
	});
	test.each(['PAUSED', 'CRASHED'] as const)(
		'with the client manager %s, all that it counted, everywhere',
		async process => {
			await show(withPart('clients', process));
			expect(rowOf('● Ada')).toMatch(/~66% +~262 +18 +6 +~47,013/);
			expect(rows()[1]).toMatch(/^ STALE +SENT 71,240/);
			expect(rowOf('Clients & delivery')).toContain(`stale: Client manager is ${process}`);
			expect(rowOf('2 Traffic')).toContain(`stale: Client manager is ${process}`);
		},
	);
});
