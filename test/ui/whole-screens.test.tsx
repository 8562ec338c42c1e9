/**
 * Whole screens, cell by cell, as text to read: `__screens__/`. After a change that is meant: `npx vitest run -u --config
 * test/vitest.config.ts test/ui/whole-screens.test.tsx`, and a look at what `git diff` shows.
 */

import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

let screen: TestScreen;
afterEach(() => screen.close());

const sizes = [
	[60, 16],
	[80, 24],
	[100, 30],
	[120, 40],
	[200, 60],
] as const;

/** The same at every moment and in every time zone: the state's clock and the places are made up. */
const file = (name: string) => path.join(import.meta.dirname, '__screens__', `${name}.txt`);

/** A ruler above and line numbers beside the rows, so that what has moved can be told. */
function page({text}: TestScreen): string {
	const rows = text();
	const width = Math.max(...rows.map(row => row.length));
	const ruler = Array.from({length: Math.ceil(width / 10)}, (_, tens) => String(tens * 10).padEnd(10)).join('');
	return [`   ${ruler.trimEnd()}`, ...rows.map((row, y) => `${String(y).padStart(2)} ${row.trimEnd()}`), ''].join('\n');
}

describe.each(sizes)('at %i×%i', (columns, rows) => {
	test('the panes', async () => {
		screen = await openTestScreen(busyState(), {columns, rows});
		await expect(page(screen)).toMatchFileSnapshot(file(`${columns}x${rows}`));
	});
});

test('in ASCII', async () => {
	screen = await openTestScreen(busyState(), {columns: 100, rows: 30, ascii: true});
	await expect(page(screen)).toMatchFileSnapshot(file('100x30-ascii'));
});

test('the help', async () => {
	screen = await openTestScreen(busyState(), {columns: 100, rows: 30});
	await screen.press('?');
	await expect(page(screen)).toMatchFileSnapshot(file('100x30-help'));
});

test('before anything has run', async () => {
	const [{initialState}, {testPlan}] = await Promise.all([
		import('../../src/state/initial.ts'),
		import('../support/plan.ts'),
	]);
	screen = await openTestScreen(
		initialState(testPlan(), {at: 0, wallMs: new Date(2026, 8, 14, 14, 2, 31).getTime(), pid: 1}),
		{columns: 80, rows: 24},
	);
	await expect(page(screen)).toMatchFileSnapshot(file('80x24-starting'));
});
