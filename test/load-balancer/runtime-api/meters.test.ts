import {expect, test} from 'vitest';
import {createMeters} from '../../../src/load-balancer/runtime-api/meters.ts';

test('a rate is of the last whole second, its maximum the greatest such', () => {
	let at = 0;
	const meters = createMeters(() => at);
	const look = (ms: number, count: number) => {
		at = ms;
		meters.look({counters: {sent: count}, gauges: {}});
	};
	look(0, 100);
	look(500, 120);
	expect(meters.rate('sent')).toEqual({perSecond: 0, max: 0});
	look(1000, 150);
	expect(meters.rate('sent')).toEqual({perSecond: 50, max: 50});
	look(3000, 170);
	expect(meters.rate('sent')).toEqual({perSecond: 10, max: 50});
});

test('a counter that starts anew counts from nothing, one that is gone is forgotten', () => {
	let at = 0;
	const meters = createMeters(() => at);
	meters.look({counters: {a: 1000, b: 5}, gauges: {b: 7}});
	at = 1000;
	meters.look({counters: {a: 30}, gauges: {}});
	expect(meters.rate('a').perSecond).toBe(30);
	expect(meters.rate('b')).toEqual({perSecond: 0, max: 0});
	expect(meters.max('b')).toBe(0);
});

test('a gauge keeps the greatest value seen', () => {
	const meters = createMeters(() => 0);
	for (const value of [1, 9, 3]) meters.look({counters: {}, gauges: {load: value}});
	expect(meters.max('load')).toBe(9);
});
