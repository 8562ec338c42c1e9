/** Whole screens in a language of foreign letters: what is in English still was never put through the catalogue. */

import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {commandNames} from '../../src/domain/command-text.ts';
import {faultKinds} from '../../src/domain/fault.ts';
import {themeChoices} from '../../src/domain/theme-name.ts';
import type {State} from '../../src/state/state.ts';
import {language, speak} from '../../src/words/words.ts';
import {type Allowed, englishIn, everywhere, speakForeignLetters} from '../support/foreign-letters.ts';
import {openTestScreen, type TestScreen} from '../support/screen.tsx';
import {busyState} from '../support/state-fixture.ts';

beforeEach(() => speakForeignLetters());
afterEach(() => speak('en'));

/** What the fixture says for itself is left out; what the balancer has said is there. */
function state(): State {
	const busy = busyState();
	return {
		...busy,
		...{events: [], marks: [], log: {...busy.log, lines: []}},
		servers: busy.servers.map(server => ({...server, routeCause: 'answered its check'})),
	};
}

describe('the screen', () => {
	let screen: TestScreen;
	afterEach(() => screen.close());
	const names = [...commandNames, ...faultKinds].sort((one, other) => other.length - one.length);
	const allowed: Allowed = [
		...everywhere,
		[/\bper-|persistent|\bseed\b|-peer\b/g, 'options, their values, and reset-peer'],
		[new RegExp(themeChoices.join('|'), 'g'), 'names of themes'],
		[/\[[^\]]*\]/g, 'parameters of faults'],
		[new RegExp(`\\b(${names.join('|')})\\b`, 'g'), 'commands and faults by their names'],
		[/\b(Tab|Shift|Backspace|Enter|Esc|Space|PgUp|PgDn|Home|End|Ctrl)\b/g, 'keys'],
		[
			/\b(RUN|SENT|ACKED|(IN )?FLIGHT|RETRIES|NAME|PROCESS|ROUTE|SHARE|MSG|CONN|INFL|ERR|RST|CPU|MEM|LOAD)\b/g,
			'heads of columns',
		],
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
		screen = await openTestScreen(state(), {columns: 200, rows: 60});
		await screen.press(...keys);
		expect(language()).toBe('id');
		expect(englishIn(screen.text().join('\n'), allowed)).toEqual([]);
	});
	test.each(['kill all', 'fault server-1 close for'])('says whole what the palette offers behind %s', async line => {
		screen = await openTestScreen(state(), {columns: 200, rows: 60});
		await screen.press(':', ...[...line].map(key => (key === ' ' ? 'space' : key)));
		const written: Allowed = [...allowed, [/\b(PART|FAULT|all|for)(?=\b|_)/g, 'commands as they are written']];
		expect(englishIn(screen.text().join('\n'), written)).toEqual([]);
	});
});
