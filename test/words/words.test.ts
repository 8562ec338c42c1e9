import {afterEach, describe, expect, test} from 'vitest';
import {indonesian} from '../../src/words/indonesian/index.ts';
import {wantedLanguage} from '../../src/words/language.ts';
import {language, speak, t} from '../../src/words/words.ts';

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
