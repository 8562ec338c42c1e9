import {expect, test} from 'vitest';
import {backoffMs} from '../../src/domain/backoff.ts';
import {seededRandom} from '../../src/domain/random.ts';

test.each([
	[0, 200],
	[1, 400],
	[3, 1600],
	[4, 2000],
	[1_000_000, 2000],
])('retry %d waits anything up to %d ms', (attempt, longest) => {
	const settings = {baseMs: 200, capMs: 2000};
	expect(backoffMs(settings, attempt, () => 0)).toBe(0);
	expect(backoffMs(settings, attempt, () => 0.5)).toBe(longest / 2);
	const random = seededRandom(1);
	const waits = Array.from({length: 2000}, () => backoffMs(settings, attempt, random));
	expect(Math.max(...waits)).toBeLessThan(longest);
	expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length / longest).toBeCloseTo(0.5, 1);
});
