import {describe, expect, it} from 'vitest';
import {slowPart} from '../../src/load-balancer/slow-start.ts';
import {wellServers} from './support/standing.ts';

/** HAProxy's own steps, as seen in its `throttle` with `slowstart 3s`: 7 %, 38 %, 69 %, off. */
it.each([
	[0, 7],
	[938, 38],
	[1876, 69],
	[2813, 100],
	[3000, 100],
])('after %i ms of 3 s a server has %i %% of its weight', (ms, percent) => {
	expect(Math.ceil(slowPart(ms, 3000) * 100 - 1e-9)).toBe(percent);
});

describe('a server that comes back', () => {
	const window = {slowStartMs: 10_000};

	it('is SLOW, gains weight little by little, and is UP at the end of the window', () => {
		const bed = wellServers(2, window);
		const [first] = bed.backends.all;
		bed.backends.setWeight('S1', 8);
		bed.takeDown(first!);
		bed.checkWell(first!);
		bed.checkWell(first!);
		expect(first!.route).toEqual({state: 'SLOW'});
		expect(first!.weight).toBe(0.5);
		expect(bed.used()).toBe('S1 S2');
		bed.news();
		let before = bed.backends.eligible;
		for (let half = 1; half <= 18; half++) {
			bed.clock.pass(500);
			expect(first!.weight).toBeCloseTo(8 * (1 / 16 + half / 20));
			expect(bed.backends.eligible).not.toBe(before);
			before = bed.backends.eligible;
		}
		expect(bed.news()).toEqual([]);
		bed.clock.pass(500);
		expect(first).toMatchObject({weight: 8, route: {state: 'UP'}});
		expect(bed.news()).toEqual(['S1 UP (its slow start is over)']);
		expect(bed.clock.pending).toBe(0);
	});

	it('has its part of a weight that is set meanwhile', () => {
		const bed = wellServers(1, window);
		bed.takeDown(bed.server(1));
		bed.checkWell(bed.server(1));
		bed.checkWell(bed.server(1));
		bed.backends.setWeight('S1', 32);
		expect(bed.server(1).weight).toBe(2);
	});

	it('and goes again begins anew', () => {
		const bed = wellServers(1, window);
		const comeBack = () => {
			bed.takeDown(bed.server(1));
			bed.checkWell(bed.server(1));
			bed.checkWell(bed.server(1));
		};
		comeBack();
		bed.clock.pass(5000);
		expect(bed.server(1).weight).toBeCloseTo(0.5625);
		comeBack();
		expect(bed.server(1).weight).toBe(1 / 16);
		bed.clock.pass(9000);
		expect(bed.server(1).route.state).toBe('SLOW');
		bed.clock.pass(1000);
		expect(bed.server(1).route.state).toBe('UP');
	});

	it('from maintenance, or is new, starts slowly too; at the start, or drained, it does not', () => {
		const bed = wellServers(2, window);
		expect(bed.server(1)).toMatchObject({weight: 1, route: {state: 'UP'}});
		bed.backends.administer('S1', 'maint');
		bed.backends.administer('S1', 'ready');
		bed.checkWell(bed.server(1));
		expect(bed.server(1).route.state).toBe('SLOW');
		bed.backends.administer('S2', 'drain');
		bed.backends.administer('S2', 'ready');
		expect(bed.server(2)).toMatchObject({weight: 1, route: {state: 'UP'}});
		bed.backends.add({name: 'S3', host: '127.0.0.1', port: 1, weight: 4});
		bed.checkWell(bed.server(3));
		expect(bed.server(3)).toMatchObject({weight: 0.25, route: {state: 'SLOW'}});
		bed.backends.stop();
		expect(bed.clock.pending).toBe(0);
	});
});
