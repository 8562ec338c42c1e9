import {afterEach, describe, expect, test} from 'vitest';
import type {Incident} from '../../src/state/incident.ts';
import {reduce} from '../../src/state/reduce.ts';
import type {State} from '../../src/state/state.ts';
import {incidentRows, selectedIncident, verdictOf} from '../../src/ui/incidents/incident-lines.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => {
	screen?.close();
	screen = undefined;
});

/** A state with so many kills of Server 1, a second apart, the last one still open. */
function withKills(count: number, change: (incident: Incident) => Incident = incident => incident): State {
	let state = busyState();
	for (let place = 0; place < count; place++) {
		const at = state.now - (count - place) * 1000;
		const command = {type: 'kill', part: 'server-1'} as const;
		state = {...reduce(state, {at, type: 'commanded', command, by: 'you', echo: ''}), now: state.now};
	}
	return {...state, incidents: {...state.incidents, list: state.incidents.list.map(change)}};
}
const textOf = (state: State, {id, width = 60, height = 20}: {id?: number; width?: number; height?: number} = {}) =>
	incidentRows({
		...{state, selected: selectedIncident(state, id), width, height},
		theme: createTheme({ascii: false, color: false}),
	}).map(({line}) => line.map(({text}) => text).join(''));
const times = {
	firstErrorMs: 1,
	firstRetryAckedMs: 18,
	routedAwayMs: 212,
	boundMs: 600,
	p99BackMs: 1840,
	backUpMs: 2100,
};
const over = {...times, endedAt: 5, lost: 0, failed: 0, duplicates: 0, hit: 22, retried: 22};

describe('the stopwatch', () => {
	test('has a row for each moment, beside the bound it should have kept', () => {
		const text = textOf(withKills(1, incident => ({...incident, ...over}))).join('\n');
		expect(text).toMatch(/^ kill Server 1 {2}\d\d:\d\d:\d\d\.\d{3} .*PASS\n/);
		expect(text).toMatch(/T1 first error +1\.0 ms\n.*T2 retried ACK +18 ms\n.*T3 out +212 ms {2}bound 600 ms/);
		expect(text).toMatch(/T4 p99 back +1\.8 s\n.*T5 back in +2\.1 s/);
		expect(text).toMatch(/failed 0 +lost 0 +double 0 +hit 22 +retried 22/);
	});
	test('is two rows of words where it is low, and shows what has not happened as -', () => {
		const [head, first, second, counts] = textOf(withKills(1), {height: 5, width: 48});
		expect(head).toContain('OPEN');
		expect(first).toMatch(/first error - +retried ACK - +out - \(at once\)/);
		expect(second).toMatch(/p99 back - +back in -/);
		expect(counts).toMatch(/lost unknown +double unknown/);
	});
	test('leaves no moment out where it is narrow: it takes more rows', () => {
		const [, ...rows] = textOf(
			withKills(1, incident => ({...incident, ...times, boundMs: 2600})),
			{height: 7, width: 46},
		);
		expect(rows.join('\n')).toMatch(/first error.*\n.*out 212 ms \(bound 2\.6 s\)\n.*p99 back 1\.8 s.*back in 2\.1 s/);
	});
	test.each([
		[{...over}, 'PASS'],
		[{...over, lost: null}, 'UNKNOWN'],
		[{...over, lost: 1}, 'FAIL'],
		[{...over, failed: 2, lost: null}, 'FAIL'],
	])('%j is %s', (change, word) => {
		const [incident] = withKills(1).incidents.list;
		expect(verdictOf({...incident!, ...change}).word).toBe(word);
	});
	test('without an incident it says what begins one', () => {
		expect(textOf(busyState())[0]).toContain('no incident yet');
	});
});

test('faults in force stand with the part that has them', () => {
	const state = busyState();
	const fault = {kind: 'no-ack', parameters: {share: 1, kind: 'any', nth: 1}} as never;
	const broken = reduce(state, {at: state.now, type: 'fault-began', id: 1, part: 'server-2', by: 'you', fault});
	expect(textOf(broken).join('\n')).toContain('in force on Server 2: no-ack');
});

test('a click selects the incident whose row of the list it is on', async () => {
	screen = await openTestScreen(withKills(4), {columns: 120, rows: 40});
	await screen.press('3', 'z');
	const rows = screen.text();
	const first = rows.findIndex(row => /▶ \d\d:\d\d:\d\d kill Server 1/.test(row));
	await screen.mouse('press', 20, first + 2);
	expect(screen.text().join('\n')).toMatch(/3 Incidents {2}#2[\s\S]*3 of 4/);
	await screen.mouse('press', 20, first - 1);
	expect(screen.text().join('\n')).toContain('#2');
});

test('keys go through the list, by identity: what comes meanwhile moves nothing', async () => {
	screen = await openTestScreen(withKills(8), {columns: 120, rows: 40});
	const shown = () => screen!.text().join('\n');
	await screen.press('3', 'z');
	expect(shown()).toMatch(/3 Incidents {2}#8[\s\S]*1 of 8/);
	await screen.press('j', 'j');
	expect(shown()).toMatch(/3 Incidents {2}#6[\s\S]*3 of 8/);
	await screen.show(withKills(9));
	expect(shown()).toMatch(/3 Incidents {2}#6[\s\S]*4 of 9/);
	await screen.press('G');
	expect(shown()).toMatch(/3 Incidents {2}#1[\s\S]*9 of 9/);
	await screen.press('g');
	await screen.show(withKills(10));
	expect(shown()).toMatch(/3 Incidents {2}#10[\s\S]*1 of 10/);
});
