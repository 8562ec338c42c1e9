import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createFrames} from '../../src/ui/frames.ts';
import {busyState} from '../support/state-fixture.ts';

beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'performance']}));
afterEach(() => void vi.useRealTimers());

function rig() {
	let state = busyState();
	const listeners = new Set<() => void>();
	const store = {
		get: () => state,
		subscribe: (listener: () => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const frames = createFrames({store, size: () => ({columns: 80, rows: 24})});
	let drawn = 0;
	frames.subscribe(() => drawn++);
	const become = (next: typeof state) => {
		state = next;
		for (const listener of listeners) listener();
	};
	const change = () =>
		become({...state, now: state.now + 1, clients: {...state.clients, acked: state.clients.acked + 1}});
	const tick = () => become({...state, now: state.now + 1});
	return {frames, change, tick, drawn: () => drawn, listeners, state: () => state};
}

test('data makes at most eight frames a second, and the last change is always shown', () => {
	const {frames, change, drawn, state} = rig();
	for (let ms = 0; ms < 1000; ms += 5) {
		change();
		vi.advanceTimersByTime(5);
	}
	expect(drawn()).toBeGreaterThanOrEqual(7);
	expect(drawn()).toBeLessThanOrEqual(8);
	vi.advanceTimersByTime(120);
	expect(frames.snapshot().live).toBe(state());
});

test('nothing is drawn while nothing changes', () => {
	const {change, drawn} = rig();
	change();
	vi.advanceTimersByTime(60_000);
	expect(drawn()).toBe(1);
});

test('where only clocks and gauges change there is a frame a second, until something moves', () => {
	const {change, tick, drawn} = rig();
	for (let ms = 0; ms < 3000; ms += 50) {
		tick();
		vi.advanceTimersByTime(50);
	}
	expect(drawn()).toBeGreaterThanOrEqual(2);
	expect(drawn()).toBeLessThanOrEqual(3);
	const before = drawn();
	tick();
	change();
	vi.advanceTimersByTime(120);
	expect(drawn()).toBe(before + 1);
});

test('a key is drawn at once', () => {
	const {frames, drawn} = rig();
	frames.act({type: 'zoom'});
	expect(drawn()).toBe(1);
	expect(frames.snapshot().view.zoomed).toBe(true);
});

test('where a frame is dear there are fewer', async () => {
	const {frames, change, drawn} = rig();
	frames.subscribe(() => void vi.advanceTimersByTime(60));
	for (let frame = 0; frame < 20; frame++) {
		frames.refresh();
		await Promise.resolve();
	}
	const before = drawn();
	change();
	vi.advanceTimersByTime(300);
	expect(drawn()).toBe(before);
	vi.advanceTimersByTime(700);
	expect(drawn()).toBe(before + 1);
});

test('however dear a frame is, there is one a second', async () => {
	const {frames, change, drawn} = rig();
	frames.subscribe(() => void vi.advanceTimersByTime(8000));
	frames.refresh();
	await Promise.resolve();
	const before = drawn();
	change();
	vi.advanceTimersByTime(1000);
	expect(drawn()).toBe(before + 1);
});

test('a frozen display shows what was, and knows what is', () => {
	const {frames, change, state} = rig();
	const was = state();
	frames.act({type: 'freeze', state: was});
	change();
	vi.advanceTimersByTime(1000);
	expect(frames.snapshot()).toMatchObject({shown: was, live: state()});
	expect(state()).not.toBe(was);
});

test('closed, it listens and draws no more', () => {
	const {frames, change, drawn, listeners} = rig();
	change();
	frames.close();
	vi.advanceTimersByTime(1000);
	expect([drawn(), listeners.size]).toEqual([0, 0]);
});
