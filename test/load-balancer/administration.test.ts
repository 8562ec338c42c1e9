import {describe, expect, it} from 'vitest';
import {wellServers} from './support/standing.ts';

describe('a server', () => {
	it('is drained and made ready; its checks go on', () => {
		const {backends, told, used} = wellServers(2);
		expect(backends.administer('S1', 'drain')).toBe(true);
		expect(used()).toBe('S2');
		expect(backends.administer('S1', 'ready')).toBe(true);
		expect(used()).toBe('S1 S2');
		expect(told).toEqual(['S1 DRAIN (drained on request)', 'S1 UP (made ready on request)']);
	});

	it('that is drained can go down, and comes back drained', () => {
		const {backends, told, server, takeDown, checkWell} = wellServers(2);
		backends.administer('S1', 'drain');
		takeDown(server(1));
		checkWell(server(1));
		checkWell(server(1));
		expect(told.map(line => line.split(' (')[0])).toEqual([
			'S1 DRAIN',
			'S1 DRAIN 2/3',
			'S1 DRAIN 1/3',
			'S1 DOWN',
			'S1 DOWN 1/2',
			'S1 DRAIN',
		]);
	});

	it('out for maintenance is not checked, and comes back by one good check', () => {
		const {backends, told, used, server, checkWell} = wellServers(2);
		backends.administer('S1', 'maint');
		backends.observe(server(1), 'broken', 'connection reset');
		expect(used()).toBe('S2');
		backends.administer('S1', 'ready');
		expect(used()).toBe('S2');
		checkWell(server(1));
		expect(used()).toBe('S1 S2');
		expect(told).toEqual([
			'unwatch S1',
			'S1 MAINT (in maintenance on request)',
			'suspected S1',
			'S1 DOWN (made ready on request)',
			'watch S1',
			'S1 UP (answered its check)',
		]);
	});

	it('goes from maintenance to drained by way of a check', () => {
		const {backends, used, server, checkWell} = wellServers(2);
		backends.administer('S1', 'maint');
		backends.administer('S1', 'drain');
		expect(server(1).route.state).toBe('DOWN');
		checkWell(server(1));
		expect(server(1).route.state).toBe('DRAIN');
		expect(used()).toBe('S2');
	});

	it('of weight 0 is drained, and another weight makes another array', () => {
		const {backends, used, server} = wellServers(2);
		const before = backends.eligible;
		backends.setWeight('S1', 5);
		expect(backends.eligible).not.toBe(before);
		expect(backends.eligible.map(({weight}) => weight)).toEqual([5, 1]);
		backends.setWeight('S1', 0);
		expect(used()).toBe('S2');
		expect(server(1).route).toEqual({state: 'DRAIN'});
		backends.setWeight('S1', 1);
		expect(used()).toBe('S1 S2');
	});

	it('that is added is used from its first good check on, under a number of its own', () => {
		const {backends, told, used, checkWell} = wellServers(2);
		expect(backends.add({name: 'S2', host: '127.0.0.1', port: 1, weight: 1})).toBe(false);
		backends.remove('S2');
		expect(backends.add({name: 'S2', host: '127.0.0.1', port: 9009, weight: 1})).toBe(true);
		const added = backends.all.at(-1)!;
		expect(added.index).toBe(2);
		expect(used()).toBe('S1');
		expect(told.at(-1)).toBe('watch S2');
		checkWell(added);
		expect(used()).toBe('S1 S2');
	});

	it('that is added and not well is told of too', () => {
		const {backends, told, failCheck} = wellServers(1);
		backends.add({name: 'S2', host: '127.0.0.1', port: 9009, weight: 1});
		failCheck(backends.all[1]!);
		expect(told).toEqual(['watch S2', 'S2 DOWN (no answer to its check)']);
	});

	it('that is removed leaves when it has answered what it has', () => {
		const {backends, told, used, server} = wellServers(2);
		const first = server(1);
		first.inFlight = 2;
		expect(backends.remove('S1')).toBe(true);
		expect(backends.remove('S1')).toBe(false);
		expect(used()).toBe('S2');
		backends.sweep();
		expect(backends.all).toHaveLength(2);
		first.inFlight = 0;
		backends.sweep();
		expect(backends.all.map(({name}) => name)).toEqual(['S2']);
		expect(told).toEqual(['unwatch S1', 'S1 MAINT (removed on request)', 'removed S1']);
	});

	it('that moves is checked at its new address before it is used', () => {
		const {backends, told, used, server} = wellServers(2);
		backends.setAddress('S1', '127.0.0.2', 80);
		expect(server(1)).toMatchObject({host: '127.0.0.2', port: 80, index: 0});
		expect(used()).toBe('S2');
		expect(told).toEqual(['moved S1', 'S1 DOWN (moved on request)', 'watch S1']);
	});

	it('that nobody knows changes nothing', () => {
		const {backends, told} = wellServers(2);
		expect(backends.administer('S3', 'maint')).toBe(false);
		expect(backends.setWeight('S3', 1)).toBe(false);
		expect(backends.remove('S3')).toBe(false);
		expect(backends.setAddress('S3', '127.0.0.1', 1)).toBe(false);
		expect(told).toEqual([]);
	});
});

describe('of a server is kept', () => {
	it('how often and how long it was down, and how many checks failed while it was up', () => {
		const {clock, server, takeDown, failCheck, checkWell, backends} = wellServers(2);
		clock.pass(1000);
		takeDown(server(1));
		expect(server(1)).toMatchObject({downs: 1, checkFailures: 3, changedAt: 1000, downMs: 0});
		expect(server(1).check).toEqual({status: 'L7TOUT', ms: 500, text: 'no answer to its check'});
		clock.pass(300);
		failCheck(server(1));
		clock.pass(200);
		checkWell(server(1));
		checkWell(server(1));
		expect(server(1)).toMatchObject({downs: 1, checkFailures: 3, changedAt: 1500, downMs: 500});
		backends.administer('S1', 'maint');
		clock.pass(2000);
		backends.administer('S1', 'ready');
		expect(server(1)).toMatchObject({downs: 1, downMs: 2500});
	});
});
