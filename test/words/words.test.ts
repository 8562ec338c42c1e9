import {afterEach, describe, expect, test} from 'vitest';
import {planOptions} from '../../src/cli/options/index.ts';
import {entryText} from '../../src/report/kind-words.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {describeEvent} from '../../src/state/describe.ts';
import {toldError} from '../../src/state/error-words.ts';
import {indonesian} from '../../src/words/indonesian/index.ts';
import {wantedLanguage} from '../../src/words/language.ts';
import {language, speak, t, told, toldQuote} from '../../src/words/words.ts';
import {busyState} from '../support/state-fixture.ts';

afterEach(() => speak('en'));

describe('a text', () => {
	test('is itself in English, with its values', () => {
		expect(t('no fault is in force on {name}', {name: 'Server 1'})).toBe('no fault is in force on Server 1');
	});
	test('is said in the language spoken', async () => {
		await speak('id');
		expect(language()).toBe('id');
		expect(t('the lab is stopping')).toBe('lab sedang berhenti');
		expect(t('no fault is in force on {name}', {name: '$& {name}'})).toBe(
			'tidak ada gangguan yang berlaku pada $& {name}',
		);
	});
});

describe('a sentence that was made elsewhere', () => {
	test.each([
		['connection reset; out for 1.5 s', 'koneksi di-reset; dikeluarkan selama 1,5 s'],
		['watch for: the storm is over', 'perhatikan: the storm is over'],
		["step 'the storm is over' was refused", "langkah 'the storm is over' ditolak"],
		['at 2.0 s: Server 1 failed', 'pada 2,0 s: Server 1 failed'],
		[
			'watch for: Both are new, and nobody has noticed.',
			'perhatikan: Keduanya baru, dan tak seorang pun merasakannya.',
		],
		['what nobody has made', 'what nobody has made'],
	])('%s', async (english, said) => {
		await speak('id');
		expect(told(english)).toBe(said);
	});
	test.each([
		['Step 2 is over', 'Step 2 is over'],
		['connection reset by hand', 'connection reset by hand'],
		['Both are new, and nobody has noticed.', 'Keduanya baru, dan tak seorang pun merasakannya.'],
	])('but the words of a scenario are its own: %s', async (text, said) => {
		expect(toldQuote(text)).toBe(text);
		await speak('id');
		expect(toldQuote(text)).toBe(said);
		const state = busyState();
		const progress = {name: 'mine', file: 'mine.yaml', stage: 'steps' as const, entries: []};
		const event = {
			at: state.now,
			type: 'scenario-told' as const,
			progress,
			text,
			isQuote: true as const,
			tone: 'plain' as const,
		};
		expect(describeEvent(state, event)?.text).toBe(said);
	});
});

describe('an entry of a scenario', () => {
	const said = (steps: string) =>
		readScenario(`steps: [${steps}]`, {file: 'my.yaml', rows: planOptions}).steps.map(entryText);
	test.each([
		['{say: connection reset by hand}', 'connection reset by hand'],
		['{say: Server 1 failed}', 'Server 1 failed'],
		['{say: Server 1 failed, at: 2s}', 'pada 2,0 s: Server 1 failed'],
		['{say: Server 1 failed, every: 2s, until: 4s}', 'setiap 2,0 s: Server 1 failed'],
		['{do: kill server-1, at: 2s}', 'pada 2,0 s: kill server-1'],
		['{when: acked>1, say: connection reset by hand}', 'tunggu acked>1'],
		['{say: "Both are new, and nobody has noticed."}', 'Keduanya baru, dan tak seorang pun merasakannya.'],
	])("%s is an author's words and ours, each in its language", async (step, words) => {
		await speak('id');
		expect(said(step)).toEqual([words]);
	});
});

describe('the last words of a process', () => {
	test.each([
		['the worker failed', 'the worker failed'],
		['connection refused', 'connection refused'],
		['lbtop: Server 1: connection refused', 'lbtop: Server 1: koneksi ditolak'],
		[
			'lbtop: cannot listen on 127.0.0.1:9001: connection refused',
			'lbtop: tidak bisa mendengarkan di 127.0.0.1:9001: koneksi ditolak',
		],
		['lbtop: nobody knows', 'lbtop: nobody knows'],
	])('%s', async (line, said) => {
		expect(toldError(line)).toBe(line);
		await speak('id');
		expect(toldError(line)).toBe(said);
	});
});

describe('the catalogue', () => {
	const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
	test.each(Object.entries(indonesian))('%s has the same places for values', (english, said) => {
		expect(said.trim()).not.toBe('');
		expect(new Set(places(said))).toEqual(new Set(places(english)));
	});
});

describe('the language', () => {
	test.each([
		[[], {}, 'en'],
		[['run', '--lang', 'id'], {}, 'id'],
		[['--lang=id'], {LANG: 'en_GB.UTF-8'}, 'id'],
		[['--lang', 'en'], {LBTOP_LANG: 'id'}, 'en'],
		[[], {LBTOP_LANG: 'id'}, 'id'],
		[[], {LANG: 'id_ID.UTF-8'}, 'id'],
		[[], {LC_ALL: 'C', LANG: 'id_ID.UTF-8'}, 'en'],
		[[], {LC_MESSAGES: 'id', LANG: 'en_GB.UTF-8'}, 'id'],
		[[], {LANG: 'identity'}, 'en'],
		[['--lang', 'xx'], {}, 'en'],
		[[], {LANG: 'en_GB.UTF-8'}, 'id', 'id'],
		[[], {LANG: 'id_ID.UTF-8'}, 'en', 'en'],
		[[], {LBTOP_LANG: 'en'}, 'en', 'id'],
		[['--lang', 'en'], {}, 'en', 'id'],
		[[], {LANG: 'id_ID.UTF-8'}, 'id', 'xx'],
	] as const)('of %j with %j is %s', (argv, environment, wanted, file?: string) => {
		expect(wantedLanguage({argv: [...argv], environment, file})).toBe(wanted);
	});
});
