import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {flushKeys, type Key, nothingPending, readKeys} from '../../src/ui/terminal/keys.ts';

/** The keys of chunks that come one after the other, with the wait for a lone Esc at the end. */
function keysOf(...chunks: string[]): Key[] {
	let pending = nothingPending;
	const keys: Key[] = [];
	for (const chunk of chunks) {
		const read = readKeys(pending, chunk);
		pending = read.pending;
		keys.push(...read.keys);
	}
	return [...keys, ...flushKeys(pending).keys];
}

describe('a chunk', () => {
	test.each<[chunk: string, keys: Key[]]>([
		['j', ['j']],
		['jjj', ['j', 'j', 'j']],
		['jjjjjjjj', Array(8).fill('j')],
		['xX', ['x', 'X']],
		['\x03', ['ctrl-c']],
		['\x1a', ['ctrl-z']],
		['\x0c', ['ctrl-l']],
		[' ', ['space']],
		['\r', ['enter']],
		['\t', ['tab']],
		['\x1b[Z', ['shift-tab']],
		['\x1b', ['escape']],
		['\x1b\x1b', ['escape', 'escape']],
		['\x1b[A\x1b[B', ['up', 'down']],
		['\x1bOA', ['up']],
		['\x1b[5~\x1b[6~', ['page-up', 'page-down']],
		['\x1b[H\x1b[F\x1b[1~\x1b[4~', ['home', 'end', 'home', 'end']],
		['\x1bOP\x1b[11~', ['f1', 'f1']],
		['\x1b[1;5C', ['modified-right']],
		['\x1bx', ['alt-x']],
		['é', ['é']],
		['\x00', []],
		['\x1b[<0;10;5M', []],
		['\x1b[I', []],
		['\x1b]11;rgb:0000/0000/0000\x07j', ['j']],
		['\x1b]11;rgb:0/0/0\x1b\\j', ['j']],
		['\x1bP1$r0m\x1b\\', []],
		['\x1b[?62;c', []],
	])('%j means %j', (chunk, keys) => expect(keysOf(chunk)).toEqual(keys));
});

describe('chunks', () => {
	test('a sequence may be split anywhere', () => {
		const sequence = '\x1b[A\x1b[6~\x1bOB\x1b[Z\x1b[1;5C\x1b]0;title\x07';
		const whole = keysOf(sequence);
		fc.assert(
			fc.property(fc.uniqueArray(fc.integer({min: 1, max: sequence.length - 1}), {maxLength: 8}), cuts => {
				const at = [0, ...cuts.sort((a, b) => a - b), sequence.length];
				expect(keysOf(...at.slice(1).map((end, index) => sequence.slice(at[index], end)))).toEqual(whole);
			}),
		);
	});
	test('a lone Esc waits, then is the key', () => {
		const read = readKeys(nothingPending, '\x1b');
		expect(read.keys).toEqual([]);
		expect(flushKeys(read.pending)).toEqual({keys: ['escape'], pending: nothingPending});
	});
	test('an unfinished sequence is dropped, and does not grow for ever', () => {
		expect(keysOf('\x1b[12')).toEqual([]);
		expect(readKeys(nothingPending, `\x1b]${'x'.repeat(10_000)}`).pending.text).toBe('');
	});
});

describe('a paste', () => {
	test.each([['\x1b[200~X\x1b[201~'], ['\x1b[200~Q\nX\x1b[A\x1b[201~'], ['kill everything'], ['sXsX']])(
		'%j does nothing',
		chunk => {
			expect(readKeys(nothingPending, chunk)).toMatchObject({keys: [], pasted: true});
		},
	);
	test('keys around a bracketed paste count', () => expect(keysOf('j\x1b[200~XQ\x1b[201~k')).toEqual(['j', 'k']));
	test('in pieces of any length it does nothing', () => {
		const paste = '\x1b[200~rm -rf X Q \x1b[31m \x1b[201\n more X\x1b[201~';
		fc.assert(
			fc.property(fc.integer({min: 1, max: paste.length}), length => {
				const chunks = paste.match(new RegExp(`.{1,${length}}`, 'gs'))!;
				expect(keysOf(...chunks)).toEqual([]);
			}),
		);
	});
	test('a long one is not kept in memory', () => {
		const {pending} = readKeys(nothingPending, `\x1b[200~${'x'.repeat(100_000)}`);
		expect(pending.text.length).toBeLessThan(10);
		expect(readKeys(pending, '\x1b[201~j').keys).toEqual(['j']);
	});
});

test('whatever comes, keys are names and reading ends', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary-ascii'}), text => {
			for (const key of keysOf(text)) expect(key.length > 1 || key > ' ').toBe(true);
		}),
	);
});
