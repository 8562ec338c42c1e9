import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {planOptions} from '../../src/cli/options/index.ts';
import {readScenario} from '../../src/scenario/read-scenario.ts';
import {indonesian, phrases} from '../../src/words/indonesian/index.ts';
import {foreign} from '../../src/words/indonesian/phrases/foreign.ts';
import {patterns} from '../../src/words/indonesian/phrases/patterns.ts';
import {scenarios} from '../../src/words/indonesian/phrases/scenarios.ts';
import {figure, inEnglish, phrase, speak, speakFrom, told} from '../../src/words/words.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sources = (folder: string, kind: RegExp) =>
	readdirSync(path.join(root, folder), {recursive: true, encoding: 'utf8'})
		.filter(file => kind.test(file) && !file.startsWith('words'))
		.map(file => readFileSync(path.join(root, folder, file), 'utf8'))
		.join('\n');
const ours = sources('src', /\.tsx?$/);

/** A text as source code may have it: in either quotes, or as the name of a property. */
function isWritten(text: string): boolean {
	const escaped = text.replaceAll('\\', '\\\\');
	return ["'", '"'].some(quote => ours.includes(`${quote}${escaped.replaceAll(quote, `\\${quote}`)}${quote}`));
}

afterEach(() => speak('en'));

describe('a text of the catalogue', () => {
	const elsewhere = new Set([foreign, patterns, scenarios].flatMap(room => Object.keys(room)));
	test('is said somewhere', () => {
		expect(Object.keys(indonesian).filter(text => !elsewhere.has(text) && !isWritten(text))).toEqual([]);
	});
	test('is the same in every room that has it', async () => {
		const folder = path.join(root, 'src/words/indonesian');
		const names = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(name => !/index|phrases$/.test(name));
		const rooms = await Promise.all(names.map(name => import(path.join(folder, name))));
		const texts = rooms.flatMap(room => Object.entries(Object.values(room)[0] as Record<string, string>));
		const all: Record<string, string> = indonesian;
		expect(texts.filter(([english, said]) => all[english] !== said)).toEqual([]);
		expect(new Set(texts.map(([english]) => english))).toEqual(new Set(Object.keys(all)));
	});
});

/** A value for each place, none of which says anything. */
const valuesOf = (text: string) =>
	Object.fromEntries([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, `«${name}»`]));
const filled = (text: string) => {
	const values = valuesOf(text);
	return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
};

describe('a phrase', () => {
	test.each(Object.entries(phrases))('%s is found again by its English', async (english, said) => {
		await speak('id');
		const sentence = (phrase as (text: string, values: object) => string)(english, valuesOf(english));
		expect(sentence).toBe(filled(english));
		expect(told(sentence)).toBe(filled(said));
	});
	test('may hold another, and figures', async () => {
		await speak('id');
		const why = phrase('{name} is paused already', {name: 'Server 1'});
		expect(told(phrase('refused: {reason}', {reason: why}))).toBe('ditolak: Server 1 sudah dijeda');
		expect(told(phrase('it is out for {time} more', {time: '1.5 s'}))).toBe('masih dikeluarkan selama 1,5 s');
		expect(told('{name} is at 127.0.0.1:9001 now')).toBe('{name} kini berada di 127.0.0.1:9001');
	});
	test('of nobody is left as it is', async () => {
		await speak('id');
		expect(told('SQLITE_BUSY: database is locked')).toBe('SQLITE_BUSY: database is locked');
	});
	test('is itself in English, and for the log in every language', async () => {
		const why = phrase('{name} is paused already', {name: 'Server 1'});
		expect(told(why)).toBe('Server 1 is paused already');
		await speak('id');
		expect(inEnglish(() => [told(why), figure('1.5')])).toEqual(['Server 1 is paused already', '1.5']);
		expect(figure('1,204.5')).toBe('1.204,5');
	});
	test('of two that fit is the one that fits more closely', () => {
		speakFrom('id', {
			texts: {'{a} failed': 'SATU {a}', '{a} failed: {b}': 'DUA {a} {b}'},
			phrases: ['{a} failed', '{a} failed: {b}'],
		});
		expect([told('x failed'), told('x failed: y')]).toEqual(['SATU x', 'DUA x y']);
	});
});

describe('what others say', () => {
	const theirs = [
		'Flow sequence Flow map', // put together from parts there
		sources('node_modules/commander/lib', /\.js$/),
		sources('node_modules/yaml/dist/compose', /\.js$/),
		sources('node_modules/zod/v4/locales', /^en\.js$/),
		sources('src/log', /\.ts$/),
	].join('\n');
	/** The longest stretch of a text between its values. */
	const core = (text: string) =>
		text.split(/\{\w+\}|[<>]=|\(Did|'/).reduce((longest, part) => (part.length > longest.length ? part : longest));
	test('they still say so', () => {
		expect(Object.keys(foreign).filter(text => !theirs.includes(core(text).trim()))).toEqual([]);
	});
});

describe('the scenarios that come with lbtop', () => {
	const folder = path.join(root, 'scenarios');
	const said = readdirSync(folder).flatMap(file => {
		const scenario = readScenario(readFileSync(path.join(folder, file), 'utf8'), {file, rows: planOptions});
		return [scenario.title, scenario.watchFor, scenario.learn, ...scenario.steps.map(({say}) => say ?? '')];
	});
	const texts = [...new Set(said.map(text => text.trim().replace(/\s+/g, ' ')).filter(Boolean))];
	test('speak every language, and no text is left from earlier ones', () => {
		expect(texts.toSorted()).toEqual(Object.keys(scenarios).toSorted());
	});
});
