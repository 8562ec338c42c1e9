import {expect, test} from 'vitest';
import {bindKeys} from '../../src/ui/keymap/bind-keys.ts';
import {hintKeys, readKey, shownKeys} from '../../src/ui/keymap/key-names.ts';
import {actsOf, keymap} from '../../src/ui/keymap/keymap.ts';
import {glyphSets} from '../../src/ui/text/glyphs.ts';
import {createToasts, readingMs} from '../../src/ui/toasts.ts';
import {firstView} from '../../src/ui/view.ts';
import {busyState} from '../support/state-fixture.ts';
import {until} from '../support/until.ts';

const contextOf = (own: Record<string, string[]>) => {
	const state = busyState();
	return {live: state, shown: state, view: firstView, layout: undefined, helpBelow: 0, keymap: bindKeys(keymap, own)};
};

test('a key of one’s own takes the place of the one that comes with it, in the hints and the help too', () => {
	const context = contextOf({kill: ['K'], palette: ['ctrl-p', ';'], up: ['I']});
	expect(actsOf('K', context)).toEqual([{type: 'send', command: {type: 'kill', part: 'server-1'}}]);
	expect(actsOf('X', context)).toEqual([]);
	expect(actsOf('ctrl-p', context)).toEqual(actsOf(';', context));
	const shown = (name: string) => {
		const row = context.keymap.find(each => each.name === name)!;
		return [shownKeys(row, context.keymap, glyphSets.unicode), hintKeys(row, context.keymap, glyphSets.unicode)];
	};
	expect(shown('kill')).toEqual(['K', 'K']);
	expect(shown('palette')).toEqual(['^P ;', '^P']);
	expect(shown('down')).toEqual(['j I Down', 'j I']);
});

test.each([
	[{kil: ['K']}, "there is no 'kil'; did you mean 'kill'?"],
	[{kill: ['k']}, 'kill: k never kills'],
	[{'kill-restart': ['k'], up: ['K']}, 'kill-restart: k never kills'],
	[{kill: ['x']}, 'x is taken twice, by kill and by stop'],
	[{kill: ['q']}, 'q is taken twice, by kill and by quit'],
	[{zoom: ['X']}, 'X is taken twice, by zoom and by kill'],
	[{kill: ['ctrl-c']}, '^C is taken twice, by kill and by interrupt'],
	[{kill: ['escape']}, 'Esc is taken twice'],
	[{back: ['b']}, "there is no 'back'"],
	[{kill: ['hyper-x']}, "'hyper-x' is no key"],
	[{kill: ['ctrl-i']}, "a terminal cannot tell 'ctrl-i' from Tab"],
	[{kill: []}, 'kill has no key'],
])('%j cannot be: %s', (own, why) => expect(() => bindKeys(keymap, own as never)).toThrow(why));

test('two keys may change places', () => {
	const context = contextOf({stop: ['X'], kill: ['x']});
	expect(actsOf('x', context)).toEqual([{type: 'send', command: {type: 'kill', part: 'server-1'}}]);
});

test.each([
	['K', 'K'],
	['^P', 'ctrl-p'],
	['C-p', 'ctrl-p'],
	['Ctrl+P', 'ctrl-p'],
	['esc', 'escape'],
	['PgUp', 'page-up'],
	['F1', 'f1'],
])('%s is %s', (text, key) => expect(readKey(text)).toBe(key));

test('a message stays for as long as it takes to read, and is kept once', async () => {
	const told: string[] = [];
	let hushed = 0;
	const toasts = createToasts({hush: () => hushed++, tell: text => told.push(text), readMs: () => 20});
	toasts.shown('one');
	toasts.shown('one');
	toasts.shown('two');
	toasts.shown('kept elsewhere', {isKept: false});
	expect([told, hushed]).toEqual([['one', 'two'], 0]);
	await until(() => hushed === 1);
	toasts.shown('two');
	toasts.close();
	expect(told).toEqual(['one', 'two', 'two']);
	expect(readingMs('a word')).toBeGreaterThan(2000);
	expect(readingMs('x'.repeat(100))).toBeGreaterThan(readingMs('x'.repeat(20)));
	expect(readingMs('x'.repeat(5000))).toBeLessThanOrEqual(12_000);
});
