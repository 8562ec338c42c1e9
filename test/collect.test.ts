import {setImmediate} from 'node:timers/promises';
import {afterEach, expect, test, vi} from 'vitest';
import {collectNowAndThen} from '../src/collect.ts';

afterEach(() => vi.useRealTimers());

test('what is not in use any more is gone after a few minutes, whether or not V8 is short of memory', async () => {
	vi.useFakeTimers({toFake: ['setInterval', 'clearInterval']});
	collectNowAndThen();
	const dropped = new WeakRef({some: 'thing'});
	// A reference that was made in this turn holds what it refers to until the turn ends.
	await setImmediate();
	expect(dropped.deref()).toBeDefined();
	await setImmediate();
	vi.advanceTimersByTime(300_000);
	expect(dropped.deref()).toBeUndefined();
});
