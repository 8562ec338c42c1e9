import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {flushKeys, type Input, type Key, nothingPending, readKeys} from '../../src/ui/terminal/keys.ts';

/** The keys of chunks that come one after the other, with the wait for a lone Esc at the end. */
function keysOf(...chunks: string[]): Key[] {
	let pending = nothingPending;
	const keys: Key[] = [];
	for (const chunk of chunks) {
		const read = readKeys(pending, chunk);
		pending = read.pending;
		keys.push(...keysIn(read.inputs));
	}
	return [...keys, ...flushKeys(pending).keys];
}

function keysIn(inputs: Input[]): Key[] {
	return inputs.flatMap(input => (input.type === 'key' ? [input.key] : []));
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
		expect(read.inputs).toEqual([]);
		const flushed = flushKeys(read.pending);
		expect(flushed.keys).toEqual(['escape']);
		expect(keysIn(readKeys(flushed.pending, 'j').inputs)).toEqual(['j']);
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
			expect(readKeys(nothingPending, chunk)).toMatchObject({inputs: [], pasted: true});
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
		expect(keysIn(readKeys(pending, '\x1b[201~j').inputs)).toEqual(['j']);
	});
});

describe('the mouse', () => {
	const press = {type: 'mouse', action: 'press', x: 9, y: 4};
	test.each<[chunk: string, inputs: object[]]>([
		['\x1b[<0;10;5M', [press]],
		['\x1b[<16;10;5M', [press]],
		['\x1b[<0;10;5m', [{...press, action: 'other'}]],
		['\x1b[<2;10;5M', [{...press, action: 'other'}]],
		['\x1b[<32;10;5M', [{...press, action: 'other'}]],
		['\x1b[<64;10;5M', [{...press, action: 'wheel-up'}]],
		['\x1b[<65;10;5M', [{...press, action: 'wheel-down'}]],
		['\x1b[M *%', [press]],
		['\x1b[M\x20\xff\xff', []],
		['j\x1b[<0;10;5MX', [{type: 'key', key: 'j'}, press, {type: 'key', key: 'X'}]],
	])('%j is reported in order, whatever the terminal speaks', (chunk, inputs) => {
		expect(readKeys(nothingPending, chunk).inputs).toEqual(inputs);
	});
});

describe('reports and replies in pieces are never keys', () => {
	const sent = ['\x1b[<0;10;5M', '\x1b[M *%', '\x1b]11;rgb:1414/1616/1b1b\x1b\\', '\x1b[?62;22c', '\x1b[1;2R'];
	test.each(sent)('%j, cut anywhere', text => {
		for (let cut = 1; cut < text.length; cut++) {
			const first = readKeys(nothingPending, text.slice(0, cut));
			const rest = readKeys(first.pending, text.slice(cut));
			expect([...first.inputs, ...rest.inputs]).toEqual(readKeys(nothingPending, text).inputs);
		}
	});
	test.each(sent)('%j, cut anywhere, its rest after the wait', text => {
		for (let cut = 1; cut < text.length; cut++) {
			const flushed = flushKeys(readKeys(nothingPending, text.slice(0, cut)).pending);
			// After a lone ESC nobody can know; more than that is no key.
			expect(flushed.keys).toEqual(cut === 1 ? ['escape'] : []);
			for (let second = cut + 1; second <= text.length; second++) {
				const rest = readKeys(flushed.pending, text.slice(cut, second));
				const last = readKeys(rest.pending, text.slice(second));
				expect(keysIn([...rest.inputs, ...last.inputs])).toEqual([]);
				expect(keysIn(readKeys(last.pending, 'X').inputs)).toEqual(['X']);
			}
		}
	});
	test('a key after Esc is a key', () => {
		const {pending} = flushKeys(readKeys(nothingPending, '\x1b').pending);
		for (const key of ['X', 'O', 'P', 'j']) expect(keysIn(readKeys(pending, key).inputs)).toEqual([key]);
	});
});

test('whatever comes, keys are names and reading ends', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary-ascii'}), text => {
			for (const key of keysOf(text)) expect(key.length > 1 || key > ' ').toBe(true);
		}),
	);
});
