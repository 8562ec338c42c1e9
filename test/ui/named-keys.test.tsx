/** Texts that name a key: always the one that is bound, whatever the table came with. */

import {afterEach, describe, expect, test} from 'vitest';
import {type ProcessStatus, processGlyph} from '../../src/domain/status.ts';
import type {State} from '../../src/state/state.ts';
import {bindKeys} from '../../src/ui/keymap/bind-keys.ts';
import {helpOf, keyName, keyOf} from '../../src/ui/keymap/key-names.ts';
import type {Act, KeyContext} from '../../src/ui/keymap/key-row.ts';
import {actsOf, keymap as plain} from '../../src/ui/keymap/keymap.ts';
import {paneIds} from '../../src/ui/layout.ts';
import {logFoot} from '../../src/ui/log/log-foot.ts';
import {toggled} from '../../src/ui/log/log-marks.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {firstView, type View} from '../../src/ui/view.ts';
import {indonesian, phrases} from '../../src/words/indonesian/index.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

const bindable = plain.filter(({isFixed}) => !isFixed);
const plainNames = [...new Set(bindable.flatMap(({keys}) => keys.map(keyName)))];

/** Each row by a letter that nothing else is bound to, and no text of ours is written in. */
const own = Object.fromEntries(bindable.map(({name}, index) => [name, [String.fromCodePoint(0x10d0 + index)]]));
const keymap = bindKeys(plain, own);

/** Words of a text that are keys as the table came with them: `X kills it`, `1-6 other panes`, `2 traffic`. */
function keysIn(text: string): string[] {
	const words = text.split(/[\s(),:;]+|\.(?=\s|$)/);
	const named = words.filter(word => plainNames.includes(word) && !/^\d$/.test(word));
	return [
		...named,
		...(text.match(/\b\d-\d\b|\b[1-6] (?:servers|traffic|incidents|clients|events|log\.txt)\b/g) ?? []),
	];
}

/** What is a key's name elsewhere, and none here. */
const otherwise: [pattern: RegExp, why: string][] = [
	[/^[^ ]+$/, 'one word: a label, a sign, a unit'],
	[/\ba\b/g, 'the article'],
	[/(?:\d|\}) s\b/g, 'seconds'],
	[/ [=+&](?= )/g, 'equals, plus, and'],
	[/[DP] [σ%]|S servers of R requests/g, 'letters of a formula'],
	[/complete: .* Shift-Tab/g, 'a key of the palette that nobody binds'],
	[/kill=K|kill: K|\bk never kills\b/g, 'how keys are bound'],
	[/Type help and Enter/g, 'a line that is typed, without a screen'],
	[/log\.txt - /g, 'a dash'],
	[/- prints/g, 'a file that is stdout'],
];

const cleaned = (text: string) =>
	otherwise.reduce((rest, [pattern]) => rest.replaceAll(new RegExp(pattern, 'g'), ''), text);

describe('no text has a key of the table in it', () => {
	const spoken = Object.keys(indonesian).filter(text => !Object.hasOwn(phrases, text));
	test.each([
		['Server 1 is paused: p resumes it', ['p']],
		['1-6 other panes', ['1-6']],
		['rate; in 2 traffic its time scale', ['2 traffic']],
		['nothing is searched for: / asks', ['/']],
		['Space freezes the display', ['Space']],
		['for 5 s, a weight of 3', []],
	])('%s', (text, found) => expect(keysIn(cleaned(text))).toEqual(found));
	test('in the catalogue', () => {
		expect(spoken.map(text => [text, keysIn(cleaned(text))]).filter(([, keys]) => keys!.length > 0)).toEqual([]);
	});
});

const contextOf = (state: State, view: Partial<View> = {}): KeyContext => ({
	live: state,
	shown: state,
	view: {...firstView, ...view},
	layout: undefined,
	helpBelow: 5,
	keymap,
});

/** All that a key may have to say instead of acting, as things may stand. */
function refusals(): string[] {
	const busy = busyState();
	const log = {...firstView.log, hasFile: true};
	const frozen = {
		...{shown: busy, last: busy},
		past: {from: () => undefined},
	};
	const states = (Object.keys(processGlyph) as ProcessStatus[]).flatMap(process =>
		(['running', 'stopping'] as const).map(phase => ({
			...busy,
			phase,
			servers: busy.servers.map(server => ({...server, process})),
		})),
	);
	const views: Partial<View>[] = [{}, {details: 0}, {log}, {log: {...log, wrap: true}}, {frozen}, {help: 0}];
	const said = (acts: Act[]) =>
		acts.flatMap(act => (act.type === 'view' && act.action.type === 'notice' ? [act.action.text] : []));
	const contexts = [
		...states.map(state => contextOf(state)),
		...views.flatMap(view => paneIds.map(focus => contextOf(busy, {...view, focus}))),
	];
	const texts = contexts.flatMap(context => keymap.flatMap(({keys}) => said(actsOf(keys[0]!, context))));
	return [...new Set(texts)];
}

describe('with other keys', () => {
	const marks = Array.from({length: 100}, (_, place) => ({place, text: ''}));
	const full = toggled(marks, {place: 1000, text: '', hits: [], cutBytes: 0}, keyOf('unmark', keymap)) as string;
	const key = (name: string) => own[name]![0]!;
	test('every refusal names the bound one', () => {
		const all = [...refusals(), full];
		expect(all.map(text => [text, keysIn(cleaned(text))]).filter(([, keys]) => keys!.length > 0)).toEqual([]);
		expect(all).toEqual(
			expect.arrayContaining([
				`Server 1 is paused: ${key('pause')} resumes it`,
				`Server 1 is stopping already: ${key('kill')} kills it`,
				`Server 1 is BACKOFF: no process to kill; ${key('stop')} gives up restarting, ${key('start')} starts it now`,
				`stopping already: ${key('quit-now')} or Ctrl-C ends it now`,
				`nothing is searched for: ${key('search')} asks`,
				`no line is marked: ${key('mark')} marks one`,
				`lines are wrapped: ${key('wrap')} cuts them, then they scroll sideways`,
				`the servers are not sorted: ${key('sort')} sorts them`,
				`${key('freeze')} freezes the display, then these keys go back in time`,
				`this is the moment of the freeze: ${key('freeze')} goes on`,
				`${key('search')} acts in ${key('pane-log')} log.txt`,
				`100 lines are marked: ${key('unmark')} takes all marks away`,
			]),
		);
	});
	test('the help and what is offered at the bottom do too', () => {
		const help = keymap.map(row => helpOf(row, keymap));
		expect(help.map(text => [text, keysIn(cleaned(text))]).filter(([, keys]) => keys!.length > 0)).toEqual([]);
		expect(help).toContain(`focus the next pane; ${key('previous-pane')} the one before`);
	});
	test('the lower border of the log does too', () => {
		const {log} = busyState();
		const theme = createTheme({ascii: false, color: false});
		const rows = [{wallMs: 0, text: 'a', place: 0}];
		const story = {id: 'c1-1', rows, isCut: false, selected: 0} as unknown as NonNullable<View['log']['story']>;
		const foot = (view: Partial<View['log']>) =>
			logFoot({log, view: {...firstView.log, ...view}, hasHidden: true, theme, keymap})
				.map(({text}) => text)
				.join('');
		const held = {entries: ['a', 'b'], total: 2, end: 1};
		expect(foot({story})).toBe(`${key('story')} its place in the log, ${key('copy')} copies it, Esc back`);
		expect(foot({held})).toContain(`${key('follow')} follows`);
		expect(foot({})).toBe(`${paneIds.map(pane => key(`pane-${pane}`)).join(' ')} other panes`);
	});
});

describe('a screen with other keys', () => {
	let screen: TestScreen;
	afterEach(() => screen.close());
	test('has them in its titles, borders and where it is too small', async () => {
		screen = await openTestScreen(busyState(), {columns: 120, rows: 40, own});
		const key = (name: string) => own[name]![0]!;
		const shown = () => screen.text().join('\n');
		const titles = ['Servers', 'Traffic', 'Incidents', 'Clients & delivery', 'Events', 'log.txt'];
		for (const [index, pane] of paneIds.entries()) expect(shown()).toContain(`${key(`pane-${pane}`)} ${titles[index]}`);
		expect(shown()).toContain(`${key('next-chart')}: latency`);
		await screen.press(key('pane-events'), key('up'));
		expect(shown()).toContain(`${key('last')} newest`);
		await screen.resize({columns: 50, rows: 10});
		expect(shown().replaceAll(/\s+/g, ' ')).toContain(`press ${key('quit')} to quit`);
	});
});
