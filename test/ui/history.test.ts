import {describe, expect, test} from 'vitest';
import type {Event} from '../../src/domain/event.ts';
import {initialState} from '../../src/state/initial.ts';
import {reduce} from '../../src/state/reduce.ts';
import type {State} from '../../src/state/state.ts';
import {createHistory, keptMoments} from '../../src/ui/history.ts';
import {firstView, reduceView} from '../../src/ui/view.ts';
import {testPlan} from '../support/plan.ts';

/** A run whose events a test gives, and the history that looks on. Seconds end at whole ones. */
function rig(servers = 2) {
	const names = Array.from({length: servers}, (_, n) => n + 1);
	const plan = testPlan({
		servers: names.map(n => ({name: `Server ${n}`, kind: 'own', host: '127.0.0.1', port: 9000 + n, weight: 1})),
	});
	let state = initialState(plan, {at: 0, wallMs: 0, pid: 1});
	const history = createHistory();
	const apply = (...events: Event[]) => {
		for (const event of events) {
			state = reduce(state, event);
			history.note(state);
		}
	};
	let second = 0;
	return {
		history,
		apply,
		state: () => state,
		second: (...events: Event[]) => apply(...events, {at: ++second * 1000, type: 'second-passed'}),
	};
}

const wrote = (at: number, ...lines: string[]): Event => ({at, type: 'log-read', lines, bytes: 10, skippedBytes: 0});
const noted = (at: number, text: string): Event => ({at, type: 'noted', text});
const became = (at: number, status: 'READY' | 'PAUSED'): Event => ({
	...{at, type: 'process-changed', part: 'server-1', status, by: 'you'},
});

/** Ten seconds: ready from the first, paused in the fifth, a line and an event in each. */
function tenSeconds() {
	const run = rig();
	for (let n = 1; n <= 10; n++) {
		const change = n === 1 ? [became(1, 'READY')] : n === 5 ? [became(4500, 'PAUSED')] : [];
		run.second(...change, noted(n * 1000 - 300, `event ${n}`), wrote(n * 1000 - 200, `line ${n}`));
	}
	return run;
}

describe('a moment of the past', () => {
	test('is as it was: processes, seconds, events and lines until then, nothing of later', () => {
		const {history, state} = tenSeconds();
		expect(state().servers[0]!.process).toBe('PAUSED');
		const then = history.past().from(state().now, -7)!;
		expect(then.now).toBe(3000);
		expect(then.servers[0]!.process).toBe('READY');
		expect(then.samples.map(({at}) => at)).toEqual([1000, 2000, 3000]);
		expect(then.servers[0]!.history).toHaveLength(3);
		expect(then.events.at(-1)!.text).toBe('event 3');
		expect(then.events.some(({text}) => text.includes('PAUSED'))).toBe(false);
		expect(then.log).toMatchObject({lines: ['line 1', 'line 2', 'line 3'], total: 3, bytes: 30});
	});
	test('is the nearest there is, at the ends the last one on that side', () => {
		const past = tenSeconds().history.past();
		expect(past.from(5000, -60)!.now).toBe(1000);
		expect(past.from(5000, 60)!.now).toBe(10_000);
		expect(past.from(5400, -1)!.now).toBe(4000);
		expect([past.from(1000, -1), past.from(10_000, 1)]).toEqual([undefined, undefined]);
	});
	test('stays while the run goes on', () => {
		const {history, second} = tenSeconds();
		const past = history.past();
		for (let n = 0; n < 700; n++) second(noted(n, `later ${n}`));
		expect(past.from(10_000, -9)!.now).toBe(1000);
		expect(past.from(10_000, -1)!.events.at(-1)!.text).toBe('event 9');
		expect(past.from(10_000, 1)).toBeUndefined();
	});
	test('where more lines came than are kept says how many, and never shows a made-up order', () => {
		const {history, second, state} = rig();
		second(wrote(1, 'first'));
		second(wrote(1500, ...Array.from({length: 100}, (_, n) => `line ${n}`)));
		second(wrote(2500, 'last'));
		const {lines, total} = history.past().from(state().now + 1, -0.001)!.log;
		expect(total).toBe(102);
		expect(lines).toHaveLength(1 + 1 + 25 + 1);
		expect([lines[0], lines[1], lines[2], lines.at(-2), lines.at(-1)]).toEqual([
			...['first', '(75 lines are in the file, not kept here)', 'line 75', 'line 99', 'last'],
		]);
	});
});

describe('what is kept is bounded', () => {
	const momentsOf = ({history, state}: ReturnType<typeof rig>) => {
		const past = history.past();
		let count = 0;
		for (let at = state().now + 1; ; count++) {
			const then: State | undefined = past.from(at, -0.001);
			if (!then) return count;
			at = then.now;
		}
	};
	test('ten minutes, whatever happens in them', () => {
		const run = rig();
		for (let n = 0; n < keptMoments + 100; n++)
			run.second(...Array.from({length: 10}, (_, each) => noted(n, `${n}/${each}`)), wrote(n, 'a', 'b'));
		expect(momentsOf(run)).toBe(keptMoments);
		expect(run.history.past().from(run.state().now, -3)!.events.at(-1)!.text).toBe('696/9');
	});
	test('without any server too', () => {
		const run = rig(0);
		for (let n = 0; n < keptMoments + 100; n++) run.second();
		expect(momentsOf(run)).toBe(keptMoments);
	});
	test('with many servers moments are further apart', () => {
		const run = rig(40);
		for (let n = 0; n < keptMoments + 100; n++) run.second();
		expect(momentsOf(run)).toBeLessThanOrEqual(keptMoments / 4 + 15);
		const now = run.state().now;
		expect(now - run.history.past().from(now + 1, -600)!.now).toBeGreaterThan(590_000);
	});
});

describe('going back', () => {
	const frozen = () => {
		const {history, state} = tenSeconds();
		return reduceView(firstView, {type: 'freeze', state: state(), past: history.past()});
	};
	const scrub = (view: ReturnType<typeof frozen>, ...steps: number[]) =>
		steps.reduce((next, seconds) => reduceView(next, {type: 'scrub', seconds}), view);
	test('by seconds, back to the moment of the freeze and not beyond it', () => {
		const view = frozen();
		expect(scrub(view, -1, -1, -1).frozen!.shown.now).toBe(7000);
		expect(scrub(view, -1, -1, 1).frozen!.shown.now).toBe(9000);
		expect(scrub(view, -1, 1).frozen!.shown).toBe(view.frozen!.last);
		expect(scrub(view, -5, 60).frozen!.shown).toBe(view.frozen!.last);
		expect(scrub(view, 1).frozen!.shown).toBe(view.frozen!.last);
		expect(scrub(view, -60, -1).frozen!.shown.now).toBe(1000);
	});
	test('lets go of lists that were held, so that all panes show that moment', () => {
		const entries = frozen().frozen!.last.events;
		const held = reduceView(frozen(), {type: 'scroll-events', entries, by: -3, height: 2});
		expect(held.events.held).toBeDefined();
		expect(scrub(held, -1).events.held).toBeUndefined();
	});
	test('does nothing where nothing is frozen, or nothing is kept', () => {
		expect(scrub(firstView, -1)).toBe(firstView);
		const view = reduceView(firstView, {type: 'freeze', state: tenSeconds().state()});
		expect(scrub(view, -1).frozen!.shown).toBe(view.frozen!.last);
	});
});
