/** Whole screens in a language of foreign letters: what is in English still was never put through the catalogue. */

import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {language, speak} from '../../src/words/words.ts';
import {type Allowed, englishIn, everywhere, speakForeignLetters} from '../support/foreign-letters.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

beforeEach(() => speakForeignLetters());
afterEach(() => speak('en'));

describe('the screen', () => {
	let screen: TestScreen;
	afterEach(() => screen.close());
	const allowed: Allowed = [
		...everywhere,
		[/\b(Tab|Shift|Enter|Esc|Space|PgUp|PgDn|Home|End|Ctrl)\b/g, 'keys'],
		[/\b\d{2}:\d{2}:\d{2}\.\d{3}.*/g, 'lines of log.txt'],
	];
	test.each([
		['panes', []],
		['help', ['?']],
		['servers', ['1', 'z']],
		['details', ['1', 'Enter']],
		['traffic', ['2', 'z']],
		['clients', ['3', 'z']],
		['events', ['4', 'z']],
		['log', ['5', 'z']],
		['incidents', ['6', 'z']],
		['faults', ['1', 'i']],
		['a prompt', ['1', 'w']],
		['freeze', ['Space']],
	])('says whole: %s', async (_, keys) => {
		screen = await openTestScreen(busyState(), {columns: 200, rows: 60});
		await screen.press(...keys);
		expect(language()).toBe('id');
		expect(englishIn(screen.text().join('\n'), allowed)).toEqual([]);
	});
});
