import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {gatherLines} from '../../src/orchestrator/gather-lines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('lines are told in groups, the last of many, and what was passed over is counted', () => {
	const told: [string[], number][] = [];
	const {hear, flush} = gatherLines((...group) => told.push(group));
	hear('a');
	hear('b');
	expect(told).toEqual([]);
	vi.advanceTimersByTime(1000);
	expect(told.splice(0)).toEqual([[['a', 'b'], 0]]);
	for (let n = 0; n < 50; n++) hear(String(n));
	flush();
	flush();
	vi.advanceTimersByTime(1000);
	expect(told).toHaveLength(1);
	expect(told[0]![0]).toHaveLength(20);
	expect([told[0]![0].at(-1), told[0]![1]]).toEqual(['49', 30]);
});
