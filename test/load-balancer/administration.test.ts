import {describe, expect, it} from 'vitest';
import {createBackends} from '../../src/load-balancer/backends.ts';
import {defaultHealth} from '../../src/load-balancer/settings.ts';

const addresses = [1, 2].map(n => ({name: `Server ${n}`, host: '127.0.0.1', port: 9000 + n, weight: 1}));

/** The servers, all well, and what is told of them: `NAME ROUTE (CAUSE)`, `watch NAME`, … */
function wellServers() {
	const told: string[] = [];
	const tell = (word: string) => (backend: {name: string}) => void told.push(`${word} ${backend.name}`);
	const backends = createBackends(addresses, defaultHealth, {
		changed: ({name, route}, {cause}) => void told.push(`${name} ${route.state} (${cause})`),
		watch: tell('watch'),
		unwatch: tell('unwatch'),
		moved: tell('moved'),
		removed: tell('removed'),
	});
	for (const backend of backends.all) backends.observe(backend, 'well', 'answered its check');
	told.length = 0;
	const names = () => backends.eligible.map(({name}) => name).join(', ');
	return {backends, told, names, first: backends.all[0]!};
}

describe('a server', () => {
	it('is drained and made ready; its checks go on', () => {
		const {backends, told, names} = wellServers();
		expect(backends.administer('Server 1', 'drain')).toBe(true);
		expect(names()).toBe('Server 2');
		expect(backends.administer('Server 1', 'ready')).toBe(true);
		expect(names()).toBe('Server 1, Server 2');
		expect(told).toEqual(['Server 1 DRAIN (drained on request)', 'Server 1 UP (made ready on request)']);
	});

	it('out for maintenance is not checked, and comes back by one good check', () => {
		const {backends, told, names, first} = wellServers();
		backends.administer('Server 1', 'maint');
		backends.observe(first, 'broken', 'connection reset');
		expect(names()).toBe('Server 2');
		backends.administer('Server 1', 'ready');
		expect(names()).toBe('Server 2');
		backends.observe(first, 'well', 'answered its check');
		expect(names()).toBe('Server 1, Server 2');
		expect(told).toEqual([
			'unwatch Server 1',
			'Server 1 MAINT (in maintenance on request)',
			'Server 1 DOWN (made ready on request)',
			'watch Server 1',
			'Server 1 UP (answered its check)',
		]);
	});

	it('of weight 0 is drained, and another weight makes another array', () => {
		const {backends, names} = wellServers();
		const before = backends.eligible;
		backends.setWeight('Server 1', 5);
		expect(backends.eligible).not.toBe(before);
		expect(backends.eligible.map(({weight}) => weight)).toEqual([5, 1]);
		backends.setWeight('Server 1', 0);
		expect(names()).toBe('Server 2');
		expect(backends.all[0]!.route).toEqual({state: 'DRAIN'});
		backends.setWeight('Server 1', 1);
		expect(names()).toBe('Server 1, Server 2');
	});

	it('that is added is used from its first good check on, under a number of its own', () => {
		const {backends, told, names} = wellServers();
		expect(backends.add({name: 'Server 2', host: '127.0.0.1', port: 1, weight: 1})).toBe(false);
		backends.remove('Server 2');
		expect(backends.add({name: 'Server 2', host: '127.0.0.1', port: 9009, weight: 1})).toBe(true);
		const added = backends.all.at(-1)!;
		expect(added.index).toBe(2);
		expect(names()).toBe('Server 1');
		expect(told.at(-1)).toBe('watch Server 2');
		backends.observe(added, 'well', 'answered its check');
		expect(names()).toBe('Server 1, Server 2');
	});

	it('that is removed leaves when it has answered what it has', () => {
		const {backends, told, names, first} = wellServers();
		first.inFlight = 2;
		expect(backends.remove('Server 1')).toBe(true);
		expect(backends.remove('Server 1')).toBe(false);
		expect(names()).toBe('Server 2');
		backends.sweep();
		expect(backends.all).toHaveLength(2);
		first.inFlight = 0;
		backends.sweep();
		expect(backends.all.map(({name}) => name)).toEqual(['Server 2']);
		expect(told).toEqual(['unwatch Server 1', 'Server 1 MAINT (removed on request)', 'removed Server 1']);
	});

	it('that moves is checked at its new address before it is used', () => {
		const {backends, told, names, first} = wellServers();
		backends.setAddress('Server 1', '127.0.0.2', 80);
		expect(first).toMatchObject({host: '127.0.0.2', port: 80, index: 0});
		expect(names()).toBe('Server 2');
		expect(told).toEqual(['moved Server 1', 'Server 1 DOWN (moved on request)', 'watch Server 1']);
	});

	it('that nobody knows changes nothing', () => {
		const {backends, told} = wellServers();
		expect(backends.administer('Server 3', 'maint')).toBe(false);
		expect(backends.setWeight('Server 3', 1)).toBe(false);
		expect(backends.remove('Server 3')).toBe(false);
		expect(backends.setAddress('Server 3', '127.0.0.1', 1)).toBe(false);
		expect(told).toEqual([]);
	});
});
