import {afterEach, describe, expect, test} from 'vitest';
import {readCommand} from '../../src/domain/command-text.ts';
import {keymap} from '../../src/ui/keymap/keymap.ts';
import {fuzzyFind, fuzzyScore} from '../../src/ui/palette/fuzzy.ts';
import {actsOfLine, entriesOf, offerFor} from '../../src/ui/palette/suggest.ts';
import {firstView} from '../../src/ui/view.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => {
	screen?.close();
	screen = undefined;
});

const open = async (state = busyState(), size = {columns: 120, rows: 40}) => {
	screen = await openTestScreen(state, size);
	return screen;
};
const type = (text: string) => screen!.press(...[...text].map(key => (key === ' ' ? 'space' : key)));
const said = async (text: string) => {
	await screen!.press(':');
	await type(text);
	await screen!.press('enter');
};
const line = () => screen!.text().at(-2)!.trimEnd();
const shown = () => screen!.text().join('\n');
const context = (state = busyState(), view = {}) => ({
	...{live: state, shown: state, view: {...firstView, ...view}, layout: undefined, helpBelow: 0, keymap},
});
const offered = (text: string) => offerFor(text, context()).suggestions.map(({line: each}) => each);

describe('a few letters', () => {
	test.each([
		['krs', 'kill-restart'],
		['lc', 'least-connections'],
		['ws', 'servers weight'],
	])('%s may mean %s', (letters, text) => {
		if (letters === 'ws') expect(fuzzyScore(letters, 'weight server')).toBeDefined();
		else expect(fuzzyScore(letters, text)).toBeDefined();
	});
	test('in another order they do not', () => expect(fuzzyScore('llik', 'kill')).toBeUndefined());
	test('what begins with them comes first, then the beginnings of words', () => {
		expect(fuzzyFind('re', ['fire', 'restart', 'kill-restart', 'ready'], text => text)).toEqual([
			'ready',
			'restart',
			'kill-restart',
			'fire',
		]);
	});
});

describe('what is offered', () => {
	test('every command of the run and every named key of the screen', () => {
		const names = entriesOf({keymap}).map(({name}) => name);
		expect(new Set(names).size).toBe(names.length);
		expect(names).toEqual(
			expect.arrayContaining(['kill', 'servers address', 'zoom', 'theme', 'layout', 'save', 'help']),
		);
	});
	test.each([
		['kil', 'kill '],
		['kill ', 'kill server-1'],
		['drain serv', 'drain server-1'],
		['algorithm p', 'algorithm p2c'],
		['fault server-1 sl', 'fault server-1 slow '],
		['fault Server 1 slow 5ms sh', 'fault Server 1 slow 5ms share=1'],
		['fault server-1 slow 5ms fo', 'fault server-1 slow 5ms for=10s'],
		['weight server-2', 'weight server-2 '],
		['layout tr', 'layout traffic'],
		['focus cl', 'focus clients'],
		['SIGKILL', 'kill '],
		['lbtop ctl kil', 'kill '],
	])('%j: %j first', (text, first) => expect(offered(text)[0]).toBe(first));
	test('the selected part comes first, servers alone where only they will do', () => {
		const chosen = offerFor('kill ', context(busyState(), {selected: 'server-3'})).suggestions;
		expect(chosen.map(({label}) => label)).toEqual(['server-3', 'server-1', 'server-2', 'balancer', 'clients', 'all']);
		expect(offered('maint ').includes('maint balancer')).toBe(false);
	});
});

describe('a line', () => {
	test.each([
		['kill Server 2', {type: 'kill', part: 'server-2'}],
		['rate 100..500/10s', {type: 'rate', rate: {type: 'ramp', from: 100, to: 500, overMs: 10_000}}],
		['servers add', {type: 'add-server'}],
		['lbtop ctl weight server-1 9', {type: 'weight', part: 'server-1', weight: 9}],
	])('%j sends what lbtop ctl would', (text, command) => {
		expect(actsOfLine(text, context())).toEqual([{type: 'send', command}]);
		const read = readCommand(text);
		expect(read.ok && read.command.type).toBe(command.type);
	});
	test.each([
		['kill', "it is 'kill PART'"],
		['kill server-9', "there is no 'server-9'; did you mean 'server-"],
		['klil server-1', "there is no command 'klil server-1'"],
		['weight server-1 lots', 'a weight is a whole number'],
		['layout wide', "there is no 'wide'; did you mean"],
		['zoom now', "it is 'zoom'"],
	])('%j leads to nothing and says why', (text, why) => {
		const acts = actsOfLine(text, context());
		expect(acts).toContain(why);
	});
	test('a time alone goes there in the log, where there is a file', () => {
		const withFile = {log: {...firstView.log, hasFile: true}};
		expect(actsOfLine('14:02:31', context(busyState(), withFile))).toEqual([
			{type: 'view', action: {type: 'focus', pane: 'log'}},
			{type: 'log', ask: {type: 'time', text: '14:02:31'}},
		]);
		expect(actsOfLine('99:99', context(busyState(), withFile))).toEqual(expect.any(String));
		expect(actsOfLine('14:02:31', context())).toContain('there is no log file here');
	});
});

describe('on the screen', () => {
	test.each([
		{columns: 60, rows: 16},
		{columns: 80, rows: 24},
		{columns: 120, rows: 40},
	])('offers, completes, does and remembers, at %j', async size => {
		const {press, sent, view} = await open(busyState(), size);
		await press(':');
		expect(shown()).toContain('Commands');
		await type('algo');
		expect(shown()).toContain('algorithm NAME');
		await press('tab');
		await type('p2c');
		await press('tab', 'tab');
		expect(line()).toBe(' : algorithm p2c:replace_');
		await press('shift-tab');
		expect(line()).toBe(' : algorithm p2c_');
		await press('enter');
		expect(sent).toEqual([{type: 'send', command: {type: 'algorithm', algorithm: 'p2c'}}]);
		expect(view().palette).toBeUndefined();
		await press(':', 'up');
		expect(line()).toBe(' : algorithm p2c_');
		await press('down');
		expect(line()).toBe(' : _');
	});
	test('a mistake is told below, and what was written is not lost', async () => {
		const {press, sent} = await open();
		await said('weight server-1 lots');
		expect(shown()).toContain('! a weight is a whole number from 0 to 256');
		expect(line()).toBe(' : weight server-1 lots_');
		await press('ctrl-w', '3', 'enter');
		expect(sent).toEqual([{type: 'send', command: {type: 'weight', part: 'server-1', weight: 3}}]);
	});
	test('Enter does what begins as written; of what is only meant by its letters it writes the whole first', async () => {
		const {sent, press, view} = await open();
		await said('zo');
		expect(view().zoomed).toBe(true);
		await said('kllr');
		expect(sent).toEqual([]);
		await press('escape');
		await said('krs');
		expect(line()).toBe(' : kill-restart _');
		expect(sent).toEqual([]);
	});
	test('letters of every script are written, one is taken back whole, and no control character is', async () => {
		const {press} = await open();
		await press(':');
		await press('é', '漢', '👍', '🏽', '\u0085', '\u202e');
		expect(line()).toBe(' : é漢👍🏽_');
		await press('backspace', 'backspace');
		expect(line()).toBe(' : é_');
	});
	test('what a key of another pane does, it does there', async () => {
		const {view} = await open();
		await said('wrap');
		expect(view()).toMatchObject({focus: 'log', log: {wrap: true}});
	});
	test('F1 helps, with the keys of this place first, and what was written is still there', async () => {
		const {press} = await open();
		await press(':');
		await type('ki');
		await press('f1');
		expect(shown()).toContain('Here: In the list of commands');
		await press('escape');
		expect(line()).toBe(' : ki_');
	});
	test('what is pasted is written in one line, and not done', async () => {
		const {press, paste, sent} = await open();
		await press(':');
		await paste('kill server-1\rquit\r\x1b[2J');
		expect(line()).toBe(' : kill server-1 quit \\x1b[2J_');
		expect(sent).toEqual([]);
		await press('escape');
		await paste('kill');
		expect(line()).toContain('pasted text is not taken for keys');
	});
});

describe('before what hurts', () => {
	const external = () => {
		const state = busyState();
		const [first, ...others] = state.servers;
		return {...state, servers: [{...first!, process: 'EXTERNAL' as const}, ...others]};
	};
	test('all servers at once: no is chosen, y does it to each', async () => {
		const {press, sent} = await open();
		await said('kill all');
		expect(shown()).toMatch(/kill all 3 servers\?/);
		await press('enter');
		expect(sent).toEqual([]);
		await said('kill all');
		await press('tab', 'enter');
		expect(sent).toEqual(
			['server-1', 'server-2', 'server-3'].map(part => ({type: 'send', command: {type: 'kill', part}})),
		);
	});
	test.each([
		['servers remove server-1', {type: 'remove-server', part: 'server-1'}],
		['servers address server-1 127.0.0.1:9', {type: 'address', part: 'server-1', host: '127.0.0.1', port: 9}],
	])('%s: a server that is not ours is asked about, ours is not', async (text, command) => {
		const {press, sent, show} = await open(external());
		await said(text);
		expect(shown()).toContain('Server 1 is not ours');
		await press('n');
		expect(sent).toEqual([]);
		await said(text);
		await press('y');
		expect(sent.splice(0)).toEqual([{type: 'send', command}]);
		await show(busyState());
		await said(text);
		expect(sent).toEqual([{type: 'send', command}]);
	});
	test('nothing else can be done meanwhile', async () => {
		const {press, sent, view} = await open();
		await said('kill all');
		await press('X', '6', ':', 'z', 'space');
		expect(sent).toEqual([]);
		expect(view()).toMatchObject({focus: 'servers', zoomed: false});
		await press('escape');
		expect(view().dialog).toBeUndefined();
	});
});
