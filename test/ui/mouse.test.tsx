import {afterEach, describe, expect, test} from 'vitest';
import type {State} from '../../src/state/state.ts';
import {keymap} from '../../src/ui/keymap/keymap.ts';
import {logContent} from '../../src/ui/panes/LogPane.tsx';
import {createTheme} from '../../src/ui/theme.ts';
import {firstView} from '../../src/ui/view.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen;
afterEach(() => screen.close());

const open = async (state: State = busyState(), columns = 120, rows = 40) => {
	screen = await openTestScreen(state, {columns, rows});
};
const rowWith = (text: string) => screen.text().findIndex(row => row.includes(text));

describe('a click', () => {
	test('focuses the pane it is on, at its border too', async () => {
		await open();
		const panes = Object.entries(screen.layout()!.panes);
		for (const [id, {x, y, width, height}] of panes) {
			await screen.mouse('press', x, y);
			expect(screen.view().focus).toBe(id);
			await screen.mouse('press', x + width - 1, y + height - 1);
			expect(screen.view().focus).toBe(id);
		}
		expect(panes.length).toBeGreaterThan(4);
	});
	test('selects the server whose row or second line it is on', async () => {
		await open();
		await screen.mouse('press', 30, rowWith('Server 3'));
		expect(screen.view()).toMatchObject({focus: 'servers', selected: 'server-3'});
		await screen.mouse('press', 5, rowWith('last exit: code 1'));
		expect(screen.view().selected).toBe('server-2');
		await screen.mouse('press', 30, rowWith('Load balancer'));
		expect(screen.view().selected).toBe('balancer');
	});
	test('selects what is seen there, however far the list has scrolled', async () => {
		await open(busyState(Array.from({length: 40}, (_, index) => `Server ${index + 1}`)), 80, 24);
		for (let press = 0; press < 30; press++) await screen.press('j');
		const other = screen.text().findLastIndex(row => /^│ {2}. Server \d+ /.test(row));
		const number = / Server (\d+) /.exec(screen.text()[other]!)![1];
		expect(Number(number)).toBeGreaterThan(20);
		await screen.mouse('press', 8, other);
		expect(screen.view().selected).toBe(`server-${number}`);
	});
	test('on a line of the log holds it there', async () => {
		await open();
		const {log} = busyState();
		const theme = createTheme({ascii: false, color: true}, 3);
		const view = {...firstView.log, hasFile: true};
		const content = logContent({log, view, rect: {width: 80, height: 12}, hasHidden: false, theme, keymap});
		expect(content.lines).toHaveLength(10);
		expect(content.targets?.map(acts => acts?.[0])).toEqual(
			Array.from({length: 10}, (_, row) => ({type: 'log', ask: {type: 'hold', by: row - 9}})),
		);
	});
	test('selects the event it is on, which then stays where it is, whatever happens', async () => {
		const happened = (count: number) =>
			Array.from({length: count}, (_, index) => ({
				at: index * 10,
				...{actor: 'lbtop', text: `event number ${index}`, tone: 'plain' as const},
			}));
		await open({...busyState(), events: happened(40)});
		const {x} = screen.layout()!.panes.events!;
		const shown = () => screen.text().filter(row => row.includes('event number'));
		const before = shown();
		const row = rowWith('event number 37');
		await screen.mouse('press', x + 20, row);
		expect(screen.view().focus).toBe('events');
		expect(screen.text()[row]).toMatch(/│▶\d.*event number 37/);
		expect(screen.cursor().y).toBe(row);
		await screen.show({...busyState(), events: happened(60)});
		expect(shown().map(each => each.replace('▶', ' '))).toEqual(before);
		await screen.press('k');
		expect(screen.text()[row - 1]).toMatch(/▶.*event number 36/);
		await screen.mouse('wheel-up', x + 20, row);
		expect(screen.text()[row - 1]).toMatch(/▶.*event number 33/);
		await screen.press('G');
		expect(shown().at(-1)).toContain('event number 59');
		expect(screen.text().filter(text => /▶.*event number/.test(text))).toEqual([]);
	});
	test('on a heading, the header or the footer selects nothing', async () => {
		await open();
		for (const y of [0, 1, 3, 38, 39]) await screen.mouse('press', 10, y);
		expect(screen.view().selected).toBeUndefined();
		expect(screen.sent).toEqual([]);
	});
	test('behind the help or a question does nothing', async () => {
		await open();
		await screen.press('?');
		await screen.mouse('press', 10, 30);
		expect(screen.view()).toMatchObject({focus: 'servers', help: 0});
		await screen.press('escape', 'w');
		await screen.mouse('press', 10, 30);
		await screen.mouse('wheel-down', 10, 30);
		expect(screen.view()).toMatchObject({focus: 'servers', prompt: {kind: 'weight'}});
	});
});

describe('the wheel', () => {
	test('moves the selection of the servers under it by one, and leaves the focus', async () => {
		await open();
		const {x, y} = screen.layout()!.panes.log!;
		await screen.mouse('press', x, y);
		await screen.mouse('wheel-down', 10, 5);
		expect(screen.view()).toMatchObject({focus: 'log', selected: 'server-2'});
		await screen.mouse('wheel-up', 10, 5);
		expect(screen.view().selected).toBe('server-1');
	});
	test('scrolls a list by three', async () => {
		await open();
		const {x, y} = screen.layout()!.panes.log!;
		await screen.mouse('wheel-up', x + 5, y + 2);
		expect(screen.view().log.held!.entries.length - screen.view().log.held!.end).toBe(3);
		expect(screen.view().focus).toBe('servers');
	});
	test('scrolls what lies over the panes', async () => {
		screen = await openTestScreen(busyState(), {columns: 60, rows: 16});
		await screen.press('?');
		await screen.mouse('wheel-down', 10, 8);
		expect(screen.view().help).toBeGreaterThan(0);
	});
});

describe("the terminal's cursor", () => {
	test('is on the selected row, wherever that is drawn', async () => {
		await open();
		expect(screen.text()[screen.cursor().y]).toContain('▶ ● Server 1');
		await screen.press('j', 'j');
		expect(screen.text()[screen.cursor().y]).toContain('▶ ‖ Server 3');
		await screen.mouse('press', 30, rowWith('Load balancer'));
		expect(screen.text()[screen.cursor().y]).toContain('▶ ● Load balancer');
	});
	test("is on the title of a pane without rows to select, behind a question's answer, in the list of faults", async () => {
		await open();
		await screen.press('2');
		expect(screen.text()[screen.cursor().y]).toContain('2 Traffic');
		await screen.press('1', 'w', '1', '2');
		const {x, y} = screen.cursor();
		expect(screen.text()[y]!.slice(0, x)).toMatch(/weight of Server 1, .*12$/);
		await screen.press('escape', 'i', 'j');
		expect(screen.text()[screen.cursor().y]).toContain('▶');
	});
});
