import {describe, expect, test} from 'vitest';
import type {PartEvent} from '../../src/domain/event.ts';
import {createAdministrator, obey} from '../../src/load-balancer/administrator.ts';
import {createBackends} from '../../src/load-balancer/backends.ts';
import {defaultHealth} from './support/defaults.ts';
import {virtualClock} from './support/virtual-clock.ts';

const address = (n: number) => ({name: `Server ${n}`, host: '127.0.0.1', port: 9000 + n, weight: 1});

/** Two servers that are well, their administrator, and what it told. */
function administered() {
	const events: PartEvent[] = [];
	const nothing = () => {};
	const backends = createBackends({
		servers: [address(1), address(2)],
		settings: defaultHealth,
		clock: virtualClock(),
		handlers: {
			changed: (_, change) => void events.push(change),
			...{shifted: nothing, suspected: nothing, panicked: nothing},
			...{watch: nothing, unwatch: nothing, moved: nothing, removed: nothing},
		},
	});
	for (const backend of backends.all)
		backends.checked(backend, {status: 'L7OK', ms: 1, text: 'answered its check'}, 'well');
	events.length = 0;
	const administrator = createAdministrator(backends, event => void events.push(event));
	const causes = () => events.flatMap(event => (event.type === 'servers-changed' ? [event.cause] : []));
	const last = () => events.findLast(event => event.type === 'servers-changed')!.servers;
	const listed = () =>
		administrator.list().map(({name, weight, administration}) => `${name} ${weight} ${administration}`);
	return {backends, administrator, causes, last, listed, first: backends.all[0]!};
}

test('each change is told with all servers as they are then; a sentence only where no route tells', () => {
	const {administrator, causes, last} = administered();
	administrator.administer('Server 1', 'drain');
	expect(last()[0]).toEqual({...address(1), administration: 'drain'});
	administrator.setWeight('Server 2', 7);
	administrator.setMaxconn('Server 2', 20);
	administrator.setAddress('Server 2', {host: '::1', port: 9100});
	administrator.add({...address(3), weight: 4});
	administrator.remove('Server 1');
	expect(last()).toEqual([
		{name: 'Server 2', host: '::1', port: 9100, weight: 7, maxconn: 20, administration: 'ready'},
		{...address(3), weight: 4, administration: 'ready'},
	]);
	expect(causes()).toEqual([
		...['', 'Server 2: weight 7', 'Server 2: maxconn 20', 'Server 2 is at [::1]:9100 now'],
		...['Server 3 added at 127.0.0.1:9003', ''],
	]);
});

test('a server that still answers something leaves later, and nothing can be asked of it', () => {
	const {administrator, backends, causes, listed, first} = administered();
	first.inFlight = 1;
	administrator.remove('Server 1');
	expect(causes()).toEqual(['Server 1 leaves when it has answered what it has']);
	expect(listed()).toEqual(['Server 2 1 ready']);
	expect(administrator.administer('Server 1', 'ready')).toBe(false);
	expect(administrator.hindrance('Server 1')).toMatch(/'Server 1' is leaving/);
	expect(obey(administrator, {type: 'add-server', server: address(1)})).toMatch(/not added: 'Server 1' is leaving/);
	first.inFlight = 0;
	backends.sweep();
	expect(administrator.hindrance('Server 1')).toBeUndefined();
	expect(administrator.add(address(1))).toBe(true);
	expect(listed()).toEqual(['Server 2 1 ready', 'Server 1 1 ready']);
});

test('the weight a server was given first is remembered', () => {
	const {administrator} = administered();
	administrator.setWeight('Server 1', 9);
	expect(administrator.list()[0]).toMatchObject({weight: 9, initialWeight: 1});
});

describe('become', () => {
	test('adds, changes, removes, and leaves the rest with its counts', () => {
		const {administrator, backends, causes, listed} = administered();
		backends.all[1]!.forwarded = 50;
		administrator.administer('Server 2', 'maint');
		const done = administrator.become([{...address(2), weight: 5}, address(3)]);
		expect(done).toBe('1 added, 1 changed, 1 removed');
		expect(listed()).toEqual(['Server 2 5 maint', 'Server 3 1 ready']);
		expect(backends.all[0]!.forwarded).toBe(50);
		expect(causes()).toEqual(['', '']);
	});
	test('does nothing where nothing differs', () => {
		const {administrator} = administered();
		expect(administrator.become([address(1), address(2)])).toBe('0 added, 0 changed, 0 removed');
	});
	test('puts people’s wishes back', () => {
		const {administrator, backends} = administered();
		administrator.become([
			{...address(1), administration: 'drain'},
			{...address(3), administration: 'maint'},
		]);
		expect(backends.all.map(({name, route}) => `${name} ${route.state}`)).toEqual(['Server 1 DRAIN', 'Server 3 MAINT']);
	});
	test('copes with thousands of servers', () => {
		const {administrator} = administered();
		const many = Array.from({length: 3000}, (_, n) => address(n + 1));
		expect(administrator.become(many)).toBe('2998 added, 0 changed, 0 removed');
		expect(administrator.become(many.map(server => ({...server, weight: 2})))).toBe('0 added, 3000 changed, 0 removed');
	});
});

test.each([
	[{type: 'drain', server: 'none'}, "there is no server 'none'"],
	[{type: 'weight', server: 'none', weight: 1}, "there is no server 'none'"],
	[{type: 'address', server: 'none', host: 'x', port: 1}, "there is no server 'none'"],
	[{type: 'remove-server', server: 'none'}, "there is no server 'none'"],
	[{type: 'add-server', server: address(1)}, "not added: there is a server 'Server 1' already"],
	[{type: 'drain', server: 'Server 1'}, undefined],
	[{type: 'rate', rate: 5}, undefined],
] as const)('%j: %s', (command, reason) => expect(obey(administered().administrator, command)).toBe(reason));
