import {describe, expect, test} from 'vitest';
import {createLoopLag} from '../../src/client/loop-lag.ts';
import {needOpenFiles} from '../../src/client/open-files.ts';
import {createSaturationWatch} from '../../src/client/saturation.ts';
import {until} from '../support/until.ts';

describe('the lag of the loop', () => {
	test('is how late a timer comes, the worst since the last look', async () => {
		let at = 0;
		const lag = createLoopLag(() => at, 0);
		at = 47;
		expect(lag.drain()).toBe(41);
		at = 10_000;
		let worst = 0;
		await until(() => {
			worst = Math.max(worst, lag.drain());
			return worst > 0;
		});
		expect(worst).toBe(9994);
		lag.stop();
	});
	test('of a loop that is really blocked is measured', async () => {
		const lag = createLoopLag(() => performance.now(), 0);
		const end = performance.now() + 60;
		while (performance.now() < end);
		await new Promise(resolve => setImmediate(resolve));
		expect(lag.drain()).toBeGreaterThan(50);
		lag.stop();
	});
	test('before its beginning is not counted', () => {
		let at = 0;
		const lag = createLoopLag(() => at, 100);
		at = 50;
		expect(lag.drain()).toBe(0);
		lag.stop();
	});
});

test('saturation is said once for a bad spell', () => {
	const said: string[] = [];
	const watch = createSaturationWatch(text => said.push(text));
	for (const lag of [0, 10, 10.1, 300, 0, 12]) watch(lag);
	expect(said).toHaveLength(1);
	expect(said[0]).toMatch(/^generator saturated: its own loop came 10 ms late .* not of the system$/);
	for (let tick = 0; tick < 100; tick++) watch(1);
	watch(41);
	expect(said).toHaveLength(2);
	expect(said[1]).toContain('came 41 ms late');
});

test('too few open files are told with what to do', () => {
	expect(() => needOpenFiles(936, 1000)).not.toThrow();
	expect(() => needOpenFiles(937, 1000)).toThrow(
		"937 clients need 1001 open files, but this process may have 1000; allow more with 'ulimit -Hn 1001' (as root) or in /etc/security/limits.conf, or take at most --clients 936",
	);
	expect(() => needOpenFiles(1)).not.toThrow();
});
