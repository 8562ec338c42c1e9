import {describe, expect, test} from 'vitest';
import type {ServerCommand} from '../../src/domain/command.ts';
import {planAddition, planChange} from '../../src/session/server-changes.ts';
import type {State} from '../../src/state/state.ts';
import {busyState} from '../support/state-fixture.ts';

const running = (change: Partial<State> = {}): State => {
	const state = busyState();
	return {...state, phase: 'running', balancer: {...state.balancer, process: 'READY'}, ...change};
};
const without = (id: string): State => {
	const state = running();
	return {
		...state,
		servers: state.servers.map(server => (server.id === id ? {...server, administration: null} : server)),
	};
};

describe('a change', () => {
	test.each<[Parameters<typeof planChange>[0], string]>([
		[{type: 'drain', part: 'server-1'}, 'lbtop ctl drain server-1'],
		[{type: 'weight', part: 'server-2', weight: 5}, 'lbtop ctl weight server-2 5'],
		[{type: 'address', part: 'server-1', host: '::1', port: 9}, 'lbtop ctl servers address server-1 [::1]:9'],
		[{type: 'remove-server', part: 'server-1'}, 'lbtop ctl servers remove server-1'],
	])('%j is echoed as what one would type, and told by the name', (command, echo) => {
		const planned = planChange(command, running());
		expect(planned).toMatchObject({
			ok: true,
			echo,
			tell: {type: command.type, server: `Server ${command.part.at(-1)}`},
		});
	});
	test.each<[string, State, RegExp]>([
		['one the balancer has not', without('server-1'), /Server 1 is not among the balancer's servers/],
		['no balancer', running({balancer: {...busyState().balancer, process: 'BACKOFF'}}), /the load balancer is BACKOFF/],
		['the end', running({phase: 'stopping'}), /the run is ending/],
	])('%s: refused with the reason', (_, state, reason) => {
		expect(planChange({type: 'maint', part: 'server-1'}, state)).toEqual({
			ok: false,
			reason: expect.stringMatching(reason),
		});
	});
});

describe('an addition', () => {
	const add = (command: Omit<Extract<ServerCommand, {type: 'add-server'}>, 'type'>, state = running()) =>
		planAddition({type: 'add-server', ...command}, state, state.servers.length);
	test.each([
		[{}, {kind: 'own', name: 'Server 4', port: 0, weight: 1}, 'lbtop ctl servers add'],
		[
			{host: '10.0.0.1', port: 9007, name: 'C', weight: 2},
			{kind: 'external', name: 'C', host: '10.0.0.1', port: 9007},
			'lbtop ctl servers add 10.0.0.1:9007,name=C,weight=2',
		],
		[
			{name: 'D', command: "echo 'x' {port}", maxconn: 3},
			{kind: 'command', name: 'D', command: "echo 'x' {port}", maxconn: 3},
			"lbtop ctl servers add 'name=D,command=echo '\\''x'\\'' {port},maxconn=3'",
		],
	])('%j', (command, server, echo) => {
		expect(add(command)).toMatchObject({ok: true, isKnown: false, server, echo});
	});
	test('a server whose process is there is only told to the balancer again', () => {
		const again = {name: 'Server 1', host: '127.0.0.1', port: 9001};
		expect(add(again, without('server-1'))).toMatchObject({ok: true, isKnown: true});
		expect(add({name: 'Server 1'}, without('server-1'))).toMatchObject({ok: false, reason: /runs already/});
	});
	test.each([
		[{name: 'Server 1'}, running(), /there is a server 'Server 1' already/],
		[{port: 1, host: 'x', command: 'y'}, running(), /not both/],
		[{}, running({phase: 'ended'}), /the run is ending/],
	])('%j is refused', (command, state, reason) => expect(add(command, state)).toMatchObject({ok: false, reason}));
	test('a lab has a bound', () => {
		const [server] = busyState().servers;
		const servers = Array.from({length: 64}, (_, n) => ({...server!, id: `server-${n + 1}`, name: `S ${n + 1}`}));
		expect(add({}, running({servers}))).toMatchObject({ok: false, reason: /at most 64 servers/});
	});
});
