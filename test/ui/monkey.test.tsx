/** Ten thousand keys, pastes, clicks and sizes by chance: the screen stays whole, and Esc always leads back. */

import {afterEach, expect, test} from 'vitest';
import {seededRandom} from '../../src/domain/random.ts';
import type {State} from '../../src/state/state.ts';
import {keymap} from '../../src/ui/keymap/keymap.ts';
import type {Rect} from '../../src/ui/layout.ts';
import type {MouseReport} from '../../src/ui/terminal/mouse-report.ts';
import {pulse} from '../support/fake-run.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen | undefined;
afterEach(() => screen?.close());

const seed = 20_260_914;
const inputs = 10_000;
const keys = [...new Set(keymap.flatMap(row => row.keys)), 'alt-x', 'modified-up', 'ctrl-x', 'é', '日'];
const pastes = ['kill all\rquit\r', '\x1b[31mred\x1b[0m', '🙂 日本語', 'x'.repeat(5000), '', 'rate 50\nrate 60'];
const actions: MouseReport['action'][] = ['press', 'wheel-up', 'wheel-down', 'other'];

/** Every pane that is in sight stands in its place, with its corners. */
function expectWhole({layout, view, cells}: TestScreen, {columns, rows}: {columns: number; rows: number}) {
	const drawn = cells();
	expect(drawn).toHaveLength(rows);
	for (const row of drawn) expect(row.reduce((sum, {width}) => sum + width, 0)).toBe(columns);
	const {help, picker, details, dialog} = view();
	const isCovered = (help !== undefined && !dialog) || picker !== undefined || details !== undefined;
	const {panes = {}, drawer} = layout() ?? {};
	const corner = (x: number, y: number) => drawn[y]![x]!.text;
	for (const {x, y, width, height} of [
		...(isCovered ? [] : (Object.values(panes) as Rect[])),
		...(drawer ? [drawer] : []),
	])
		expect(
			[corner(x, y), corner(x + width - 1, y), corner(x, y + height - 1), corner(x + width - 1, y + height - 1)].join(
				'',
			),
		).toMatch(/^(╭╮╰╯|┏┓┗┛)$/);
}

test(`${inputs} inputs of seed ${seed}`, async () => {
	const random = seededRandom(seed);
	const pick = <T,>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
	const sizes = [
		{columns: 120, rows: 40},
		{columns: 60, rows: 16},
		{columns: 80, rows: 24},
		{columns: 40, rows: 10},
		{columns: 160, rows: 50},
		{columns: 99, rows: 27},
	];
	let size = sizes[0]!;
	let state: State = pulse.begin(busyState(['Server 1', 'Server 2']), 400);
	const shown = await openTestScreen(state, size);
	screen = shown;
	let done = 0;
	while (done < inputs) {
		const chance = random();
		const burst = Array.from({length: 1 + Math.floor(random() * 60)}, () => pick(keys));
		if (chance < 0.05) size = pick(sizes);
		if (chance < 0.05) await shown.resize(size);
		else if (chance < 0.15) await shown.paste(pick(pastes));
		else if (chance < 0.25)
			await shown.mouse(pick(actions), Math.floor(random() * size.columns), Math.floor(random() * size.rows));
		else await shown.press(...burst);
		for (const act of shown.sent.splice(0) as {type: string; command?: never}[])
			if (act.type === 'send') state = pulse.command(state, act.command!).next;
		state = pulse.beat(state);
		await shown.show(state);
		done += chance < 0.25 ? 1 : burst.length;
		if (size.columns < 60) continue;
		expectWhole(shown, size);
		if (random() > 0.2) continue;
		await shown.press(...Array.from({length: 12}, () => 'escape'), '1', 'g');
		const {help, picker, palette, prompt, dialog, details, frozen, zoomed, focus, selected} = shown.view();
		expect({help, picker, palette, prompt, dialog, details, frozen, zoomed, focus}).toEqual({
			zoomed: false,
			focus: 'servers',
		});
		expect([undefined, 'server-1', 'server-2']).toContain(selected);
	}
	expect(shown.view().history.length).toBeLessThanOrEqual(100);
}, 240_000);
