import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {commandSchema} from '../../src/domain/command.ts';
import {type Fault, faultKinds, faultTable, faultUsage, formatFault, readFault} from '../../src/domain/fault.ts';

const fault = (text: string) => readFault(text) as Fault;

describe('a fault as it is written', () => {
	test.each([
		['slow 200ms', {delayMs: {type: 'constant', ms: 200}, share: 1, kind: 'any', nth: 1}],
		['slow exp:50ms share=0.3', {delayMs: {type: 'exp', meanMs: 50}, share: 0.3, kind: 'any', nth: 1}],
		['reset kind=json', {share: 1, kind: 'json', nth: 1}],
		['no-ack nth=10', {share: 1, kind: 'any', nth: 10}],
		['fail-first 5', {count: 5, how: 'nak'}],
		['kill', {}],
	])('%s', (text, parameters) => {
		const read = fault(text);
		expect(read.parameters).toEqual(parameters);
		expect(formatFault(read)).toBe(text);
	});

	test.each(faultKinds)(
		'%s by its kind alone is as the table says, and comes back from its text and its data',
		kind => {
			const read = fault(kind);
			expect(read.kind).toBe(kind);
			expect(readFault(formatFault(read))).toEqual(read);
			expect(readFault(JSON.parse(JSON.stringify(read)))).toEqual(read);
			expect(readFault({kind})).toEqual(read);
			expect(faultUsage(kind)).toMatch(kind);
			expect(faultTable[kind].line.length).toBeGreaterThan(20);
		},
	);

	test.each([
		['slowly', "there is no fault 'slowly'"],
		['', "there is no fault ''"],
		['toString', "there is no fault 'toString'"],
		['slow fast', "slow: delay 'fast' is not a time"],
		['slow 200m', "slow: delay '200m' is not a time"],
		['slow 2h', 'slow: delay'],
		['slow 200ms 300ms', "slow takes no '300ms'"],
		['slow share=2', "slow: share '2' is not a share"],
		['slow share=0.5 share=0.6', 'share is given twice'],
		['kill 5', "kill takes no '5'; it is 'kill'"],
		['slow valueOf=1', "slow takes no 'valueOf=1'"],
		['reset kind=letters', "reset: kind 'letters' is not one of any, greeting"],
		['reset nth=0', "reset: nth '0' is not a whole number"],
	])('%s is none', (text, reason) => {
		expect(readFault(text)).toEqual({kind: undefined, reason: expect.stringContaining(reason)});
	});

	test.each([
		[{kind: 'slow', parameters: {delayMs: 5}}],
		[{kind: 'slow', parameters: {delay: {type: 'constant', ms: 5}}}],
		[{kind: 'slow', parameters: {share: Number.NaN}}],
		[{kind: 'slow', by: 'me'}],
		[{parameters: {}}],
		[null],
		[7],
	])('%j is none', data => {
		expect(readFault(data)).toMatchObject({kind: undefined, reason: expect.any(String)});
	});
});

const own = faultKinds.filter(kind => faultTable[kind].target !== 'wire');
test.each(own)('the guide tells of %s as the table does', kind => {
	const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/guide/faults.md'), 'utf8');
	const row = (line: string) => line.split('|').map(cell => cell.trim());
	const told = guide.split('\n').find(line => row(line)[1] === `\`${faultUsage(kind)}\``);
	expect(row(told ?? '')[2]).toBe(faultTable[kind].line);
});

test('a command takes a fault as text or as data, and says why it takes no other', () => {
	const command = {type: 'fault', part: 'server-1', fault: 'slow 5ms', forMs: 1000};
	expect(commandSchema.parse({...command, fault: fault('slow 5ms')})).toEqual({...command, fault: fault('slow 5ms')});
	expect(commandSchema.safeParse({...command, fault: 'slow x'}).error?.message).toMatch(/delay 'x' is not a time/);
	expect(commandSchema.safeParse({type: 'undo'}).success).toBe(true);
});
