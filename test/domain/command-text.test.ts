import {expect, test} from 'vitest';
import type {Command} from '../../src/domain/command.ts';
import {commandNames, readCommand, writeCommand} from '../../src/domain/command-text.ts';

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
	['quit true', {type: 'quit', now: true}],
])('%s', (text, command) => {
	expect(readCommand(text)).toEqual({ok: true, command});
	expect(readCommand(command)).toEqual({ok: true, command});
	expect(readCommand(writeCommand(command))).toEqual({ok: true, command});
});

test.each([
	['fly me', "there is no command 'fly'"],
	['kill', "it is 'kill PART'"],
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
});

test('there is a text for every command there is', () => {
	expect(commandNames).toContain('kill');
	expect(commandNames).toContain('rate');
});
