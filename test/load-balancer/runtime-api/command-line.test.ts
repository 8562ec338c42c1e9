import fc from 'fast-check';
import {expect, test} from 'vitest';
import {readCommands, readTarget, readWeight} from '../../../src/load-balancer/runtime-api/command-line.ts';

test.each<[string, string[][]]>([
	['show stat', [['show', 'stat']]],
	['  show   stat\t', [['show', 'stat']]],
	[
		'show info;show stat',
		[
			['show', 'info'],
			['show', 'stat'],
		],
	],
	['show info ; ;quit', [['show', 'info'], [], ['quit']]],
	['set server lab/Server\\ 1 state drain', [['set', 'server', 'lab/Server 1', 'state', 'drain']]],
	['a\\;b;c\\\\', [['a;b'], ['c\\']]],
	['ends with \\', [['ends', 'with', '\\']]],
	['', [[]]],
])('%j is %j', (line, commands) => expect(readCommands(line)).toEqual(commands));

test('whatever is written comes apart without a fault, and nothing is lost but blanks', () => {
	const word = fc.string({minLength: 1}).map(text => text.replace(/[\\;\s]/g, 'x'));
	fc.assert(
		fc.property(fc.array(fc.array(word, {minLength: 1}), {minLength: 1}), commands => {
			expect(readCommands(commands.map(words => words.join(' ')).join(';'))).toEqual(commands);
		}),
	);
	fc.assert(fc.property(fc.string(), text => readCommands(text).length > 0));
});

test.each<[string | undefined, {backend: string; server: string} | undefined]>([
	['lab/s1', {backend: 'lab', server: 's1'}],
	['lab/a/b', {backend: 'lab', server: 'a/b'}],
	['#3/#1', {backend: '#3', server: '#1'}],
	['lab', undefined],
	['lab/', undefined],
	['/s1', undefined],
	[undefined, undefined],
])('%j names %j', (word, target) => expect(readTarget(word)).toEqual(target));

test.each<[string | undefined, number, number | string]>([
	['0', 10, 0],
	['256', 10, 256],
	['257', 10, 'Absolute weight can only be between 0 and 256 inclusive.'],
	['-1', 10, 'Absolute weight can only be between 0 and 256 inclusive.'],
	['50%', 10, 5],
	['50%', 1, 0],
	['1000%', 100, 256],
	['-1%', 10, 'Relative weight must be positive.'],
	['10x', 10, 'Trailing garbage in weight string'],
	['x', 10, 'Empty weight string empty or preceded by garbage'],
	[undefined, 10, 'Require <weight> or <weight%>.'],
])('weight %j of %d is %j', (text, initial, weight) => expect(readWeight(text, initial)).toBe(weight));
