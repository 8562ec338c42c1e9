import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {createLatency} from '../../src/domain/latency.ts';
import {reduce} from '../../src/state/reduce.ts';
import type {State} from '../../src/state/state.ts';
import {deliveryLines} from '../../src/ui/panes/delivery-lines.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {busyState} from '../support/state-fixture.ts';

const theme = createTheme({ascii: false, color: false});
const textOf = (state: State, width = 100) =>
	deliveryLines({state, width, height: 30, theme, hasIncidents: true})
		.map(line => line.map(({text}) => text).join(''))
		.join('\n');
const summaryOf = (ms: number) => {
	const latency = createLatency();
	latency.record(ms);
	return latency.summary();
};

describe('the clients pane', () => {
	test('shows the rate as it was asked for, what was late and what was dropped', () => {
		const state = busyState();
		const rate = {type: 'ramp', from: 100, to: 5000, overMs: 30_000} as const;
		const text = textOf({...state, clients: {...state.clients, rate, late: 12, dropped: 1500}});
		expect(text).toMatch(/rate 100\.\.5000\/30s .* late 12 +dropped 1,500/);
	});

	test('shows an incident while it lasts right below the law, where it has no pane in sight', () => {
		const state = busyState();
		const kill: Event = {
			...{at: state.now - 1500, type: 'commanded', command: {type: 'kill', part: 'server-1'}, by: 'you', echo: ''},
		};
		const open = {...reduce(state, kill), now: state.now};
		const small = deliveryLines({state: open, width: 78, height: 2, theme, hasIncidents: true});
		expect(small[1]!.map(({text}) => text).join('')).toMatch(/^ kill Server 1 +for 1\.5 s +out - \(at once\)/);
		const [over] = open.incidents.list;
		const ended = {...over!, endedAt: state.now - 60_000, endedBy: 'recovery' as const, routedAwayMs: 12};
		expect(textOf({...open, incidents: {list: [ended], changed: []}})).not.toContain('kill');
		const other = deliveryLines({state: open, width: 78, height: 2, theme, hasIncidents: false});
		expect(other[1]!.map(({text}) => text).join('')).not.toContain('kill');
	});

	test('shows both latencies, of the whole run and of the last 10 s', () => {
		const [latency, uncorrectedLatency, recentLatency] = [250, 2, 31].map(summaryOf) as [never, never, never];
		const text = textOf({...busyState(), latency, uncorrectedLatency, recentLatency});
		expect(text).toMatch(/planned, ms +p50 250 +p99 250/);
		expect(text).toMatch(/real, ms +p50 2\.0 +p99 2\.0/);
		expect(text).toMatch(/last 10 s, ms +p50 31 +p99 31/);
	});

	test('says that the generator is saturated for ten seconds', () => {
		const state = busyState();
		const at = (saturatedAt: number) => {
			const generator = {worstLagMs: 41, saturatedSeconds: 3, lagMs: 0, saturatedAt};
			return textOf({...state, clients: {...state.clients, generator}});
		};
		expect(at(state.now - 9000)).toMatch(/generator saturated +3 s in all +worst lag 41 ms/);
		expect(at(state.now - 11_000)).not.toContain('saturated');
	});

	test('says how the checks stand, and names those that are broken', () => {
		const checks = [
			{expr: 'failed==0', ok: true, value: 0},
			{expr: 'latencyMs.p99<50', ok: false, value: 81},
			{expr: 'lost==0', ok: null, value: null},
		];
		const text = textOf({...busyState(), checks});
		expect(text).toMatch(/checks: +held 1 +broken 1 +unknown 1/);
		expect(text).toMatch(/check broken: latencyMs\.p99<50 +is 81/);
		expect(textOf({...busyState(), checks: []})).not.toContain('check');
	});
});
