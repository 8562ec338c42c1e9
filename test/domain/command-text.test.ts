import {expect, test} from 'vitest';
import {type Command, commandSchema} from '../../src/domain/command.ts';
import {commandTypes, commandUsage} from '../../src/domain/command-forms.ts';
import {readCommand, writeCommand} from '../../src/domain/command-text.ts';

test.each<[string, Command]>([
	['kill server-1', {type: 'kill', part: 'server-1'}],
	['kill Server 1', {type: 'kill', part: 'Server 1'}],
	['rate 50', {type: 'rate', rate: 50}],
	['rate max', {type: 'rate', rate: 'max'}],
	['rate 100..500/10s', {type: 'rate', rate: {type: 'ramp', from: 100, to: 500, overMs: 10_000}}],
	['algorithm random', {type: 'algorithm', algorithm: 'random'}],
	['undo', {type: 'undo'}],
	['undo server-1', {type: 'undo', part: 'server-1'}],
	['weight server-1 7', {type: 'weight', part: 'server-1', weight: 7}],
	['weight Server 1 7', {type: 'weight', part: 'Server 1', weight: 7}],
	['quit', {type: 'quit', now: false}],
	['quit now', {type: 'quit', now: true}],
	['quit true', {type: 'quit', now: true}],
	['servers add', {type: 'add-server'}],
	['servers add Frank', {type: 'add-server', name: 'Frank'}],
	[
		'servers add 127.0.0.1:9005,name=A,weight=2',
		{type: 'add-server', name: 'A', weight: 2, host: '127.0.0.1', port: 9005},
	],
	['servers add name=C,weight=2', {type: 'add-server', name: 'C', weight: 2}],
	['servers add name=C,maxconn=10000000', {type: 'add-server', name: 'C', weight: 1, maxconn: 10_000_000}],
	[
		"lbtop ctl servers add 'name=C,command=node server.js {port}'",
		{type: 'add-server', name: 'C', weight: 1, command: 'node server.js {port}'},
	],
	[
		"servers add 'name=C,command=echo '\\''x'\\'' {port}'",
		{type: 'add-server', name: 'C', weight: 1, command: "echo 'x' {port}"},
	],
	['servers remove Server 1', {type: 'remove-server', part: 'Server 1'}],
	['servers weight server-1 0', {type: 'weight', part: 'server-1', weight: 0}],
	['servers address Server 1 127.0.0.1:9005', {type: 'address', part: 'Server 1', host: '127.0.0.1', port: 9005}],
	['address server-1 127.0.0.1 9005', {type: 'address', part: 'server-1', host: '127.0.0.1', port: 9005}],
	['lbtop ctl drain server-1', {type: 'drain', part: 'server-1'}],
])('%s', (text, command) => {
	expect(readCommand(text)).toEqual({ok: true, command});
	expect(readCommand(command)).toEqual({ok: true, command});
	expect(readCommand(writeCommand(command))).toEqual({ok: true, command});
});

test.each([
	'fault server-1 slow 200ms',
	'fault server-1 slow exp:50ms share=0.3 nth=2',
	'fault clients latency 100ms jitter=20ms for=5000ms',
	'fault Server 1 kill for=250ms',
	'servers add name=C,command=node server.js {port} --log a,b',
	'servers add 127.0.0.1:9005,name=A,weight=2,maxconn=9',
	'rate 100..500/10s',
	'rate 100,200@5s',
	'rate 50+500@2s',
	'rate max',
])('%s is written as it is read', text => {
	const read = readCommand(text);
	expect(read.ok && writeCommand(read.command)).toBe(text);
});

test.each([
	['fly me', "there is no command 'fly'"],
	['kill', "it is 'kill PART'"],
	['weight server-1', "it is 'weight SERVER N'"],
	['weight server-1 many', 'a weight is a whole number from 0 to 256'],
	['algorithm fastest', "algorithm 'fastest': it is one of round-robin"],
	['rate fast', "rate 'fast': it is messages per second"],
	['servers address server-1 nowhere', "'nowhere' is not HOST:PORT"],
	['servers add 1.2.3.4:9,wait=2', "'wait' is not one of name, weight"],
	['fault server-1 slow 200ms for=ever', "'for=ever' is no time such as for=10s"],
	['quit soon', "quit takes no 'soon'"],
	[7, 'it is a command such as'],
	[['kill server-1'], 'it is a command such as'],
	[{type: 'kill', part: 'server-1', force: true}, "it is 'kill PART'"],
])('%j is no command', (given, reason) => {
	const read = readCommand(given);
	expect(!read.ok && read.reason).toContain(reason);
});

test('a field that stands elsewhere must be one of the command', () => {
	expect(readCommand('kill server-1', {forMs: 5}).ok).toBe(false);
});

test('a fault is the rest of the line, its time stands elsewhere, and data is written where a text would not do', () => {
	const read = readCommand('fault server-1 slow 200ms share=0.3', {forMs: 3000});
	expect(read).toMatchObject({
		ok: true,
		command: {type: 'fault', part: 'server-1', forMs: 3000, fault: {kind: 'slow', parameters: {share: 0.3}}},
	});
	if (read.ok) expect(readCommand(writeCommand(read.command))).toEqual(read);
	const wrong = readCommand('fault server-1 slow 200ms shar=0.3');
	expect(!wrong.ok && wrong.reason).toContain("slow takes no 'shar=0.3'");
	const unknown = readCommand('fault server-1 nonsense');
	expect(!unknown.ok && unknown.reason).toMatch(/^it is 'fault PART FAULT': there is no fault 'nonsense'; there are /);
});

test('a fault may say how long it lasts, and of a part whose name has spaces', () => {
	const expected = {ok: true, command: {type: 'fault', part: 'Server 1', forMs: 10_000, fault: {kind: 'slow'}}};
	expect(readCommand('fault Server 1 slow 200ms for=10s')).toMatchObject(expected);
	expect(readCommand('lbtop ctl fault Server 1 slow 200ms --for 10000ms')).toMatchObject(expected);
});

test('every command has its text, and the schema knows each', () => {
	const types = commandSchema.options.flatMap(({shape}) => [...(shape.type as unknown as {values: string[]}).values]);
	expect([...commandTypes].sort()).toEqual([...types].sort());
	for (const type of commandTypes) {
		const read = readCommand({type});
		if (!read.ok) expect(read.reason).toContain(commandUsage(type));
	}
});
