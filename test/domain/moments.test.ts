import {expect, test} from 'vitest';
import {createMoments, momentGapMs} from '../../src/domain/moments.ts';

test('gives moments once, those of a storm no nearer than the gap, also across two drains', () => {
	const moments = createMoments();
	expect(moments.drain()).toBeUndefined();
	for (let at = 100; at < 200; at++) moments.mark(at);
	expect(moments.drain()).toEqual(Array.from({length: 100 / momentGapMs}, (_, index) => 100 + index * momentGapMs));
	moments.mark(199);
	expect(moments.drain()).toBeUndefined();
	moments.mark(200);
	expect(moments.drain()).toEqual([200]);
});

test('is bounded when nobody drains', () => {
	const moments = createMoments();
	for (let at = 0; at < 1_000_000; at += 100) moments.mark(at);
	expect(moments.drain()!.length).toBeLessThan(1000);
});
