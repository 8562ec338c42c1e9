/**
 * Words for people, in their language. The English text stands in the code and is the key of the catalogue, as in
 * gettext; a text that the catalogue lacks does not compile. log.txt, JSON and the contract's own words (UP, READY,
 * ACK, …) are the same in every language and never pass through here.
 *
 * What is said at once is said by {@link t}. What travels first (an event, a refusal, an answer over a socket, an error
 * of a lower room) is an English sentence made by {@link phrase}: so it may go to log.txt and to programs as it is, and
 * whoever shows it to a person hands it to {@link told}.
 */

import type {Language} from './language.ts';
import {matcher} from './matcher.ts';

type Catalogue = typeof import('./indonesian/index.ts');

/** A text that can be said in every language. `{name}` in it is a value's place. */
type Text = keyof Catalogue['indonesian'];

/** A text that travels in English before it is said. */
type Phrase = keyof Catalogue['phrases'];

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Given = Record<string, string | number>;
/** One that has no value in it. */
export type PlainText = {[T in Text]: [Names<T>] extends [never] ? T : never}[Text];

/** What is said in the language spoken when it is said: a text, or one that has values in it. */
export type Saying = PlainText | (() => string);

/** A phrase that has no value in it. */
export type PlainPhrase = {[T in Phrase]: [Names<T>] extends [never] ? T : never}[Phrase];

type Values<T extends string> = [Names<T>] extends [never] ? [] : [Record<Names<T>, string | number>];

/** What is known of a language: each text by its English, and which of them travel. */
type Tongue = {texts: Readonly<Record<string, string>>; phrases: readonly string[]};

/** English needs no catalogue: the texts are their own translation. */
const english: Tongue = {texts: {}, phrases: []};

/** Each language, read when it is wanted. */
const tongues: Record<Language, () => Promise<Tongue>> = {
	en: async () => english,
	id: async () => {
		const {indonesian, phrases} = await import('./indonesian/index.ts');
		return {texts: indonesian, phrases: Object.keys(phrases)};
	},
};

let spoken = english;
let current: Language = 'en';
let known = new Set<string>();
let find = matcher([]);

/** Places of phrases where words of people stand: what is like a sentence of ours there is theirs all the same. */
const quotes = new Set(['text', 'deed', 'expr', 'condition', 'checks', 'scenario', 'file', 'folder', 'command']);

/** Says a text in the language of this process, with its values in their places. */
export function t<T extends Text>(text: T, ...[values]: Values<T>): string {
	return filled(spoken.texts[text] ?? text, values, value =>
		typeof value === 'number' ? figure(String(value)) : value,
	);
}

/** Says what a table has for people, now. */
export function say(saying: Saying): string {
	return typeof saying === 'function' ? saying() : t(saying);
}

/** The English sentence of a text that travels. */
export function phrase<T extends Phrase>(text: T, ...[values]: Values<T>): string {
	return filled(text, values, String);
}

/** Says a sentence that {@link phrase} has made, here or in another process; any other text is left as it is. */
export function told(sentence: string): string {
	if (current === 'en') return sentence;
	const found = find(sentence);
	if (!found) return sentence;
	const values = Object.entries(found.values).map(([name, value]) => [
		name,
		quotes.has(name) ? toldQuote(value) : toldValue(value),
	]);
	return filled(spoken.texts[found.text] ?? found.text, Object.fromEntries(values), String);
}

/**
 * Says what someone has written, as a scenario's words: it stays as it is, unless it is a whole text that comes with lbtop
 * and is in the catalogue.
 */
export function toldQuote(text: string): string {
	return known.has(text) ? (spoken.texts[text] ?? text) : text;
}

/** Figures written in English, `1,204.5`, with the signs that the language spoken has for them. */
export function figure(english: string): string {
	return current === 'en' ? english : english.replace(/[.,]/g, sign => (sign === '.' ? ',' : '.'));
}

/** What `say` says when nothing but English is spoken: for log.txt. */
export function inEnglish<T>(say: () => T): T {
	const [tongue, language] = [spoken, current];
	[spoken, current] = [english, 'en'];
	try {
		return say();
	} finally {
		[spoken, current] = [tongue, language];
	}
}

/** The language this process speaks. */
export function language(): Language {
	return current;
}

/** Speaks a language from now on: at the door, before anything is said. */
export async function speak(wanted: Language): Promise<void> {
	speakFrom(wanted, await tongues[wanted]());
}

/** The same with a catalogue at hand. */
export function speakFrom(wanted: Language, tongue: Tongue): void {
	spoken = tongue;
	current = wanted;
	known = new Set(tongue.phrases);
	find = matcher(tongue.phrases);
}

function filled(text: string, values: Given | undefined, write: (value: string | number) => string): string {
	if (values === undefined) return text;
	return text.replace(/\{(\w+)\}/g, (place, name: string) =>
		Object.hasOwn(values, name) ? write(values[name]!) : place,
	);
}

/** A value may be a sentence itself, or a figure with its unit. */
function toldValue(text: string): string {
	return /^-?\d[\d,]*(\.\d+)?( ?[µm]?s| ?%| ?[kMG]?B)?$/.test(text) ? figure(text) : told(text);
}
