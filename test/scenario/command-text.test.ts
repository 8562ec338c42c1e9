import {expect, test} from 'vitest';
import type {Command} from '../../src/domain/command.ts';
import {commandNames, readCommand, writeCommand} from '../../src/scenario/command-text.ts';

test.each<[string, Command]>([
	['kill server-1', {type: 'kill', part: 'server-1'}],
	['kill Server 1', {type: 'kill', part: 'Server 1'}],
	['rate 50', {type: 'rate', rate: 50}],
	['rate max', {type: 'rate', rate: 'max'}],
	['rate 100..500/10s', {type: 'rate', rate: {type: 'ramp', from: 100, to: 500, overMs: 10_000}}],
	['algorithm random', {type: 'algorithm', algorithm: 'random'}],
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

test('there is a text for every command there is', () => {
	expect(commandNames).toContain('kill');
	expect(commandNames).toContain('rate');
});
