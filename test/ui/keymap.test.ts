import {describe, expect, test} from 'vitest';
import type {Rate} from '../../src/domain/rate.ts';
import type {ProcessStatus} from '../../src/domain/status.ts';
import type {State} from '../../src/state/state.ts';
import {helpLines} from '../../src/ui/help-lines.ts';
import {helpWords} from '../../src/ui/help-words.ts';
import {helpOf, shownKeys} from '../../src/ui/keymap/key-names.ts';
import type {Act, KeyContext, Place} from '../../src/ui/keymap/key-row.ts';
import {actsOf, hintsOf, keymap} from '../../src/ui/keymap/keymap.ts';
import {fasterRate, slowerRate} from '../../src/ui/keymap/rate-steps.ts';
import {paneIds} from '../../src/ui/layout.ts';
import {glyphSets} from '../../src/ui/text/glyphs.ts';
import {lineCells} from '../../src/ui/text/line.ts';
import {firstView, reduceView, type View} from '../../src/ui/view.ts';
import {say} from '../../src/words/words.ts';
import {busyState} from '../support/state-fixture.ts';

function contextOf(state: State, view: Partial<View> = {}): KeyContext {
	return {live: state, shown: state, view: {...firstView, ...view}, layout: undefined, helpBelow: 5, keymap};
}

/** The fixture's first server in a given state. */
function withProcess(process: ProcessStatus): State {
	const state = busyState();
	const servers = state.servers.map((server, index) => (index === 0 ? {...server, process} : server));
	return {...state, servers};
}

const commands = (acts: Act[]) => acts.flatMap(act => (act.type === 'send' ? [act.command] : []));
const notice = (acts: Act[]) =>
	acts.flatMap(act => (act.type === 'view' && act.action.type === 'notice' ? [act.action.text] : []))[0];

describe('the table of keys', () => {
	const told = keymap.filter(row => row.with === undefined);
	test.each(told.map(row => [row.name, row] as const))('%s is in the help, once', (_, row) => {
		const help = helpLines(150, contextOf(busyState()), {glyphs: glyphSets.unicode}).map(line =>
			line.map(({text}) => text).join(''),
		);
		const shown = shownKeys(row, keymap, glyphSets.unicode);
		expect(
			help.filter(line => line.startsWith(` ${shown} `) && line.endsWith(` ${helpOf(row, keymap)}`)).length,
		).toBeGreaterThan(0);
	});
	test('is followed by what the words of the screen mean, all of them in sight at 80 columns', () => {
		const help = helpLines(78, contextOf(busyState()), {glyphs: glyphSets.unicode});
		const text = help.map(line => line.map(each => each.text).join(''));
		const from = text.indexOf(' What the words mean');
		expect(from).toBeGreaterThan(text.indexOf(' Everywhere'));
		for (const {word} of helpWords) expect(text.slice(from).some(row => row.startsWith(` ${say(word)} `))).toBe(true);
		expect(help.filter(line => lineCells(line) > 78)).toEqual([]);
	});
	test('has a name for each row, told with a row that is there', () => {
		const names = keymap.map(({name}) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const row of keymap) if (row.with !== undefined) expect(names).toContain(row.with);
	});
	test.each<Place>([...paneIds, 'picker', 'prompt', 'palette'])('begins the help with the keys of %s', place => {
		const views: Partial<Record<Place, Partial<View>>> = {
			picker: {picker: {part: 'server-1', selected: 0}},
			prompt: {prompt: {kind: 'weight', part: 'server-1', name: 'Server 1', text: ''}},
			palette: {palette: {text: ''}},
		};
		const view = views[place] ?? {focus: place as View['focus']};
		const help = helpLines(80, contextOf(busyState(), view), {glyphs: glyphSets.unicode});
		const text = help.map(line => line.map(each => each.text).join('')).join('\n');
		const own = keymap.filter(row => row.where !== 'everywhere' && row.where.includes(place) && row.with === undefined);
		expect(text.startsWith(' Here: ')).toBe(own.length > 0);
		for (const row of own)
			expect(text.indexOf(helpOf(row, keymap).slice(0, 20))).toBeLessThan(text.indexOf('\n Everywhere'));
	});
	test('has no key twice in one place; where a pane has a general one for itself, the help of that says so', () => {
		const general = keymap.filter(({where}) => where === 'everywhere');
		const keysOf = (rows: typeof keymap) => rows.flatMap(({keys}) => keys);
		expect(new Set(keysOf(general)).size).toBe(keysOf(general).length);
		for (const place of [...paneIds, 'help', 'picker', 'prompt', 'palette', 'dialog'] as const) {
			const own = keysOf(keymap.filter(({where}) => where !== 'everywhere' && where.includes(place)));
			expect(new Set(own).size).toBe(own.length);
			const isPane = place === 'help' || paneIds.some(pane => pane === place);
			for (const row of general.filter(({keys}) => isPane && keys.some(key => own.includes(key))))
				expect([place, row.with ?? row.name, helpOf(told.find(({name}) => name === row.with) ?? row, keymap)]).toEqual(
					place === 'traffic'
						? ['traffic', 'faster', expect.stringContaining('in 2 traffic')]
						: ['log', 'back-1s', expect.stringContaining('in 6 log.txt')],
				);
		}
	});
	test('the pane comes first: + and - are the time scale in the traffic pane, and the rate elsewhere', () => {
		const at = (focus: View['focus']) => actsOf('-', contextOf(busyState(), {focus}));
		expect(at('traffic')).toEqual([{type: 'view', action: {type: 'look-at-traffic', traffic: {minutes: 2}}}]);
		expect(commands(at('servers'))).toEqual([{type: 'rate', rate: 200}]);
		const hints = hintsOf(contextOf(busyState(), {focus: 'traffic'})).filter(({keys}) => keys.includes('+'));
		expect(hints.map(({hint}) => hint!.label)).toEqual(['time scale']);
	});
	test('at an end of the time scale it says so', () => {
		const at = (key: string, minutes: 1 | 10) =>
			notice(actsOf(key, contextOf(busyState(), {focus: 'traffic', traffic: {chart: 'rate', minutes}})));
		expect([at('+', 1), at('-', 10)]).toEqual([
			'it shows 1 minute already, the least',
			'it shows 10 minutes already, all there is',
		]);
		expect([at('-', 1), at('+', 10)]).toEqual([undefined, undefined]);
	});
	test('shows no hint that does nothing', () => {
		for (const focus of paneIds) {
			const context = contextOf(busyState(), {focus, traffic: {chart: 'rate', minutes: 2}});
			for (const row of hintsOf(context)) {
				const group = keymap.filter(({name, with: leader}) => name === row.name || leader === row.name);
				const acts = group.map(({keys}) => actsOf(keys[0]!, context));
				const isDone = acts.some(
					some => some.length > 0 && (['theme', 'layout'].includes(row.name) || notice(some) === undefined),
				);
				expect([row.name, isDone]).toEqual([row.name, true]);
			}
		}
	});
	test.each(paneIds)('offers help and quit in %s', focus => {
		const shown = hintsOf(contextOf(busyState(), {focus})).map(row => row.keys[0]);
		expect(shown).toEqual(expect.arrayContaining(['?', 'q']));
	});
});

describe('process keys', () => {
	test.each([
		['x', 'stop'],
		['X', 'kill'],
		['r', 'restart'],
		['R', 'kill-restart'],
		['p', 'pause'],
	])('%s sends %s for the selected part, by its name', (key, type) => {
		expect(commands(actsOf(key, contextOf(withProcess('READY'))))).toEqual([{type, part: 'server-1'}]);
		expect(commands(actsOf(key, contextOf(withProcess('READY'), {selected: 'balancer'})))).toEqual([
			{type, part: 'balancer'},
		]);
		expect(actsOf(key, contextOf(withProcess('READY'), {focus: 'log'}))).not.toContainEqual(
			expect.objectContaining({type: 'send'}),
		);
	});
	test.each<[ProcessStatus, can: string]>([
		['NEW', 'srR'],
		['STARTING', 'xXrRp'],
		['READY', 'xXrRp'],
		['NOT-READY', 'xXrRp'],
		['PAUSED', 'xXrRp'],
		['STOPPING', 'XR'],
		['STOPPED', 'srR'],
		['EXITED', 'srR'],
		['CRASHED', 'srR'],
		['BACKOFF', 'xsrR'],
		['FAILED', 'srR'],
		['EXTERNAL', ''],
	])('%s: %s act, the others say why not, and only what acts is offered', (process, can) => {
		const context = contextOf(withProcess(process));
		for (const key of 'xXsrRp') {
			const acts = actsOf(key, context);
			expect([key, commands(acts).length]).toEqual([key, can.includes(key) ? 1 : 0]);
			if (!can.includes(key)) expect(notice(acts)).toMatch(/Server 1 (is|runs|already)/);
		}
		const offered = hintsOf(context).flatMap(row => row.keys);
		for (const key of 'xXsrRp') expect([key, offered.includes(key)]).toEqual([key, can.includes(key)]);
	});
	test('p resumes what is paused, and says so', () => {
		const context = contextOf(withProcess('PAUSED'));
		expect(commands(actsOf('p', context))).toEqual([{type: 'resume', part: 'server-1'}]);
		const label = hintsOf(context).find(({keys}) => keys[0] === 'p')!.hint!.label;
		expect(typeof label === 'function' && label(context)).toBe('resume');
	});
	test('a asks for the next algorithm, everywhere, and for the first after the last', () => {
		const state = busyState();
		const by = (algorithm: State['balancer']['algorithm']) => ({...state, balancer: {...state.balancer, algorithm}});
		for (const focus of paneIds)
			expect(commands(actsOf('a', contextOf(by('round-robin'), {focus})))).toEqual([
				{type: 'algorithm', algorithm: 'least-connections'},
			]);
		expect(commands(actsOf('a', contextOf(by('first'))))).toEqual([{type: 'algorithm', algorithm: 'round-robin'}]);
	});
	test('k never kills, anywhere', () => {
		for (const focus of paneIds) expect(commands(actsOf('k', contextOf(busyState(), {focus})))).toEqual([]);
	});
	test('while the display is frozen, what is true decides', () => {
		const context = {...contextOf(withProcess('STOPPED')), shown: withProcess('READY')};
		expect(notice(actsOf('x', context))).toBe('Server 1 is STOPPED: nothing to stop');
	});
	test('no key acts on a lab that is stopping, or behind the help', () => {
		const stopping = {...withProcess('READY'), phase: 'stopping' as const};
		expect(notice(actsOf('X', contextOf(stopping)))).toBe('the lab is stopping');
		expect(notice(actsOf('X', contextOf(withProcess('READY'), {help: 0})))).toBe(
			'X acts in 1 servers: Esc closes this help',
		);
	});
});

describe('selection', () => {
	const press = (state: State, view: View, key: string) => {
		const acts = actsOf(key, contextOf(state, view));
		return acts.reduce((now, act) => (act.type === 'view' ? reduceView(now, act.action) : now), view);
	};
	test('moves over servers, balancer and client manager, and stays at the ends', () => {
		const order = ['server-1', 'server-2', 'server-3', 'balancer', 'clients'];
		let view = firstView;
		for (const part of order.slice(1)) {
			view = press(busyState(), view, 'j');
			expect(view.selected).toBe(part);
		}
		expect(press(busyState(), view, 'down').selected).toBe('clients');
		expect(press(busyState(), view, 'g').selected).toBe('server-1');
		expect(press(busyState(), view, 'G').selected).toBe('clients');
	});
	test('is held by name when rows change places', () => {
		const state = busyState();
		const turned = {...state, servers: [...state.servers].reverse()};
		const view = press(state, firstView, 'j');
		expect(
			commands(
				actsOf(
					'X',
					contextOf({...turned, servers: turned.servers.map(server => ({...server, process: 'READY' as const}))}, view),
				),
			),
		).toEqual([{type: 'kill', part: 'server-2'}]);
	});
});

describe('general keys', () => {
	test.each([
		['q', false],
		['Q', true],
		['ctrl-c', false],
	])('%s quits, now: %s', (key, now) => expect(actsOf(key, contextOf(busyState()))).toEqual([{type: 'quit', now}]));
	test('Ctrl-C while stopping quits now; q says what would', () => {
		const stopping = contextOf({...busyState(), phase: 'stopping'});
		expect(actsOf('ctrl-c', stopping)).toEqual([{type: 'quit', now: true}]);
		expect(notice(actsOf('q', stopping))).toContain('Q or Ctrl-C');
	});
	test('Tab and Shift-Tab go round, digits go straight', () => {
		const go = (key: string, focus: View['focus']) => actsOf(key, contextOf(busyState(), {focus}))[0];
		expect(go('tab', 'log')).toEqual({type: 'view', action: {type: 'focus', pane: 'servers'}});
		expect(go('shift-tab', 'servers')).toEqual({type: 'view', action: {type: 'focus', pane: 'log'}});
		expect(paneIds.map((_, index) => go(String(index + 1), 'servers'))).toEqual(
			paneIds.map(pane => ({type: 'view', action: {type: 'focus', pane}})),
		);
	});
	test('a key that means something elsewhere says where', () => {
		expect(notice(actsOf('X', contextOf(busyState(), {focus: 'log'})))).toBe('X acts in 1 servers');
		expect(notice(actsOf('j', contextOf(busyState(), {focus: 'delivery'})))).toMatch(
			/^j acts in .*1 servers.*6 log\.txt/,
		);
		expect(notice(actsOf('h', contextOf(busyState(), {focus: 'events'})))).toBe('h acts in 6 log.txt');
	});
	test('a key bound to nothing does nothing', () => {
		for (const key of ['7', 'b', 'alt-X', 'modified-up', 'ctrl-x'])
			expect(actsOf(key, contextOf(busyState()))).toEqual([]);
	});
	test.each([
		[1, 2, undefined],
		[20, 50, 10],
		[30, 50, 20],
		[0.5, 1, undefined],
		[50_000, 'max', 20_000],
		['max', undefined, 20_000],
		[{type: 'ramp', from: 100, to: 5100, overMs: 10_000}, 5000, 2000],
		[{type: 'steps', rates: [1, 300, 5], stepMs: 5000}, 500, 200],
		[{type: 'bursts', base: 0, burst: 9, everyMs: 1000}, 1, 1],
		[{type: 'recorded', file: 'a.txt'}, 50_000, 20_000],
	] as const)('rate %j: + %s, - %s', (rate, faster, slower) => {
		const rateNow = {rate: rate as Rate, ageMs: 5000, reachedPerSecond: 41_000};
		expect(fasterRate(rateNow)).toBe(faster);
		expect(slowerRate(rateNow)).toBe(slower);
	});
	test('+ and - ask for the rate; at the end they say so', () => {
		const at = (rate: number | 'max') => contextOf({...busyState(), clients: {...busyState().clients, rate}});
		expect(commands(actsOf('+', at(20)))).toEqual([{type: 'rate', rate: 50}]);
		expect(commands(actsOf('-', at(20)))).toEqual([{type: 'rate', rate: 10}]);
		expect(notice(actsOf('+', at('max')))).toBe('the rate is max already');
		expect(notice(actsOf('-', at(1)))).toContain('slowest');
	});
});
