import {describe, expect, test} from 'vitest';
import {noBins} from '../../src/domain/latency-bins.ts';
import {noRetries} from '../../src/domain/tick.ts';
import type {Sample, State} from '../../src/state/state.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {type ChartId, chartIds} from '../../src/ui/traffic/traffic-charts.ts';
import {trafficLines} from '../../src/ui/traffic/traffic-lines.ts';
import {timeScales, trafficWindow} from '../../src/ui/traffic/traffic-window.ts';
import {busyState} from '../support/state-fixture.ts';

const plain = createTheme({ascii: false, color: false});
const ascii = createTheme({ascii: true, color: false});

function draw({
	chart = 'rate',
	width = 80,
	height = 8,
	theme = plain,
	minutes = 1,
	state = busyState(),
}: {
	chart?: ChartId;
	width?: number;
	height?: number;
	theme?: typeof plain;
	minutes?: 1 | 2 | 5 | 10;
	state?: State;
}) {
	const {lines, charts} = trafficLines({state, view: {chart, minutes}, nowText: 'now', width, height, theme});
	return {charts, text: lines.map(line => line.map(({text}) => text).join(''))};
}

/** A state with a second of each of these, the last one now. */
function stateOf(seconds: Partial<Sample>[]): State {
	const state = busyState();
	const nothing = {
		seconds: 1,
		acked: 0,
		failed: 0,
		retries: 0,
		byCause: noRetries(),
		inFlight: 0,
		waiting: 0,
		backlog: 0,
	};
	const empty = {...nothing, p50: null, p90: null, p99: null, bins: noBins, byServer: {}};
	const samples = seconds.map((sample, n) => ({...empty, at: state.now - (seconds.length - 1 - n) * 1000, ...sample}));
	return {...state, samples, marks: []};
}

describe('the time that is shown', () => {
	const minute = stateOf(Array.from({length: 600}, (_, n) => ({acked: n})));
	test.each([
		[62, 1, 62, 1],
		[62, 2, 124, 2],
		[62, 5, 310, 5],
		[62, 10, 620, 10],
		[190, 1, 64, 1 / 3],
		[190, 2, 190, 1],
		[120, 1, 60, 0.5],
	] as const)('in %i columns at %i min is %i s', (width, minutes, seconds, secondsPerColumn) => {
		const window = trafficWindow(minute, {width, minutes});
		expect([window.seconds, window.secondsPerColumn]).toEqual([seconds, secondsPerColumn]);
		expect(window.columns).toHaveLength(width);
		expect(window.columns.at(-1)!.acked).toBeGreaterThan(590);
	});
	test('grows with each step, at any width', () => {
		for (let width = 10; width < 320; width++) {
			const shown = timeScales.map(minutes => trafficWindow(minute, {width, minutes}).seconds);
			for (const [index, seconds] of shown.entries()) {
				expect(seconds).toBeGreaterThanOrEqual(timeScales[index]! * 60);
				expect(seconds).toBeGreaterThan(shown[index - 1] ?? 0);
			}
		}
	});
	test('of seconds that share a column rates are the mean, and everything else the worst', () => {
		const state = stateOf([
			{acked: 10, byServer: {A: 10}, p99: 5, inFlight: 9, byCause: {...noRetries(), reset: 4}},
			{acked: 30, byServer: {A: 30}, p99: null, inFlight: 1},
		]);
		// The newest second must be the last of its column.
		const shifted = {...state, startedAt: state.now - 199_000};
		const last = trafficWindow(shifted, {width: 60, minutes: 2}).columns.at(-1)!;
		expect(last).toMatchObject({acked: 20, byServer: {A: 20}, p99: 5, inFlight: 9, byCause: {reset: 4}});
	});
	test('a mark stands in its second’s first column', () => {
		const state = {...busyState(), samples: stateOf(Array.from({length: 90}, () => ({}))).samples};
		const {marks} = trafficWindow({...state, marks: [{at: state.now - 4500, text: 'x'}]}, {width: 120, minutes: 1});
		expect(marks).toEqual([{column: 120 - 2 - 4 * 2, text: 'x'}]);
	});
});

describe('every chart', () => {
	test.each(chartIds)('%s fills its pane at any size, in ASCII too', chart => {
		for (const theme of [plain, ascii])
			for (const [width, height] of [
				[40, 2],
				[58, 5],
				[78, 6],
				[110, 20],
				[198, 54],
			] as const) {
				const {text} = draw({chart, width, height, theme});
				expect(text).toHaveLength(height);
				for (const row of text) expect(row.length).toBeLessThanOrEqual(width);
				if (theme === ascii) expect(text.join('')).toMatch(/^[ -~]*$/);
			}
	});
	test.each(chartIds.filter(id => id !== 'histogram'))('%s has the marks, the time and its unit', chart => {
		const {text} = draw({chart, height: 9});
		expect(text.at(-2)).toContain('▲ Server 2 crashed');
		expect(text.at(-1)).toMatch(/-30s.*now$/);
		expect(text[0]).toMatch(/a second|ms, log scale/);
	});
	test('there is one at a time where there is little room, and all where there is much', () => {
		expect(draw({chart: 'latency', height: 9}).charts).toEqual(['latency']);
		expect(draw({chart: 'retries', height: 14}).charts).toEqual(['retries', 'rate']);
		expect(draw({width: 198, height: 54}).charts).toEqual(chartIds);
	});
	test('nothing known is nothing drawn', () => {
		for (const chart of chartIds) {
			const {text} = draw({chart, height: 9, state: stateOf([])});
			expect(text.slice(1, 7).join('')).not.toMatch(/[█▒░#=]/);
		}
	});
});

describe('what they tell', () => {
	test('latency: p50, p90 and p99 on top of each other, on a logarithmic scale', () => {
		const {text} = draw({chart: 'latency', height: 9, state: stateOf([{p50: 2, p90: 12, p99: 90}])});
		expect(text[0]).toMatch(/█ p50 2\.0 +▒ p90 12 +░ p99 90/);
		const column = text
			.slice(1, 7)
			.map(row => row.at(-1))
			.join('');
		expect(column).toMatch(/^░+▒+█+$/);
	});
	test('histogram: which part took how long, with the percentiles’ limits', () => {
		const bins = {from: 30, counts: [90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 1]};
		const {text} = draw({chart: 'histogram', height: 9, width: 100, state: stateOf([{bins}])});
		expect(text[0]).toMatch(/p50 ≤ 1\.3 +▒ p90 ≤ 1\.3 +░ p99 ≤ 13 +100 ACKs/);
		expect(text[1]).toMatch(/100 % ┤/);
		expect(text.at(-1)).toMatch(/0 ┴1─▲─+10─*▲─+$/);
	});
	test('histogram: only of the time that is shown', () => {
		const old = Array.from({length: 200}, () => ({bins: {from: 60, counts: [5]}}));
		const state = stateOf([...old, ...Array.from({length: 100}, () => ({bins: {from: 30, counts: [1]}}))]);
		expect(draw({chart: 'histogram', width: 98, state}).text[0]).toMatch(/ 90 ACKs/);
		expect(draw({chart: 'histogram', width: 98, minutes: 5, state}).text[0]).toMatch(/ 1,100 ACKs/);
	});
	test('in flight, queued and due: the most at once', () => {
		const {text} = draw({chart: 'waiting', height: 9, state: stateOf([{inFlight: 80, waiting: 60, backlog: 7}])});
		expect(text[0]).toMatch(/█ due 7 +▒ in flight 80 +░ queued 60/);
		expect(text[1]).toMatch(/^ +100 ┤/);
	});
	test('retries: by cause, with what was given up; none is said', () => {
		expect(draw({chart: 'retries', state: stateOf([{}])}).text[0]).toContain('none in this time');
		const byCause = {...noRetries(), timeout: 3, reset: 9};
		const {text} = draw({chart: 'retries', state: stateOf([{byCause, failed: 2}])});
		expect(text[0]).toMatch(/timeout 3 .*reset 9 .*given up 2/);
		expect(text[0]).not.toContain('refused');
	});
});
