import {describe, expect, test} from 'vitest';
import type {Command} from '../../src/domain/command.ts';
import {readCommand} from '../../src/domain/command-text.ts';
import type {EngineName} from '../../src/domain/engine.ts';
import {misfit, partCalled, type RunPart} from '../../src/domain/misfit.ts';

const parts: RunPart[] = [
	{id: 'server-1', name: 'Server 1', kind: 'own'},
	{id: 'server-2', name: 'Redis', kind: 'external'},
	{id: 'server-3', name: 'Mine', kind: 'command'},
	{id: 'balancer', name: 'Load balancer'},
	{id: 'clients', name: 'Client manager'},
	{id: 'log-audit', name: 'Log audit'},
];
const asked = (line: string, engine: EngineName = 'embedded') => {
	const read = readCommand(line);
	if (!read.ok) throw new Error(read.reason);
	return misfit(read.command, {parts, engine});
};

describe('what no run of these parts can do is refused', () => {
	test.each([
		['kill server-2', 'Redis runs elsewhere: its process is not ours'],
		['pause redis', 'Redis runs elsewhere: its process is not ours'],
		['fault server-2 kill', 'Redis runs elsewhere: its process is not ours'],
		['fault server-2 slow', "Redis is none of lbtop's own servers: only those can misbehave"],
		['fault Mine no-ack', "Mine is none of lbtop's own servers: only those can misbehave"],
		['fault clients slow', "Client manager is none of lbtop's own servers: only those can misbehave"],
		[
			'fault balancer latency',
			'Load balancer has several wires: name a server, or clients for the wire to the clients',
		],
		['fault log-audit kill', "there is no part 'log-audit'; there are server-1, server-2, server-3, balancer, clients"],
		['undo log-audit', "there is no part 'log-audit'; there are server-1, server-2, server-3, balancer, clients"],
		['kill Q', "there is no part 'Q'; there are server-1, server-2, server-3, balancer, clients, log-audit"],
		['drain clients', "there is no server 'clients'; there are server-1, server-2 (Redis), server-3 (Mine)"],
		['weight nobody 5', "there is no server 'nobody'; there are server-1, server-2 (Redis), server-3 (Mine)"],
		['servers remove balancer', "there is no server 'balancer'; there are server-1, server-2 (Redis), server-3 (Mine)"],
	])('%s', (line, why) => {
		expect(asked(line)).toBe(why);
	});
	test.each([
		['algorithm first', /^HAProxy takes its algorithm when it starts/],
		['servers add', /^HAProxy has the servers it was started with/],
		['servers remove server-1', /^HAProxy has the servers/],
		['fault server-1 latency', /^only lbtop's own balancer can break its wires/],
		['fault balancer latency', /^only lbtop's own balancer can break its wires/],
	])('with HAProxy as the engine: %s', (line, why) => {
		expect(asked(line, 'haproxy')).toMatch(why);
	});
});

test.each([
	...['kill server-1', 'restart Server 1', 'pause log audit', 'stop balancer', 'start clients', 'kill server-3'],
	...[
		'fault server-1 slow',
		'fault server-1 kill',
		'fault balancer kill',
		'fault server-2 latency',
		'fault mine pause',
	],
	...[
		'fault clients down',
		'undo',
		'undo server-2',
		'drain server-2',
		'weight REDIS 0',
		'servers address mine 1.2.3.4:5',
	],
	...['servers add', 'rate 5', 'algorithm first', 'quit', 'quit now'],
])('fits: %s', line => {
	expect(asked(line)).toBeUndefined();
});

test('HAProxy can be told what it can do', () => {
	for (const line of ['drain server-1', 'weight server-1 5', 'kill balancer', 'fault server-1 slow', 'rate 5'])
		expect(asked(line, 'haproxy'), line).toBeUndefined();
});

test('a part is meant by its ID or its name, in any case; never by a piece of it', () => {
	expect(partCalled(' SERVER 1 ', parts)?.id).toBe('server-1');
	expect(partCalled('Server-1', parts)?.id).toBe('server-1');
	expect(partCalled('log Audit', parts)?.id).toBe('log-audit');
	for (const text of ['server', '', '1']) expect(partCalled(text, parts)).toBeUndefined();
});

test('of data from outside too', () => {
	const command: Command = {type: 'drain', part: '__proto__'};
	expect(misfit(command, {parts, engine: 'embedded'})).toContain("there is no server '__proto__'");
});
