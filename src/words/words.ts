/**
 * Words for people, in their language. The English text stands in the code and is the key of the catalogue, as in
 * gettext; a text that the catalogue lacks does not compile. log.txt, JSON and the contract's own words (UP, READY,
 * ACK, …) are the same in every language and never pass through here.
 */

import type {Language} from './language.ts';

type Catalogue = typeof import('./indonesian/index.ts')['indonesian'];

/** A text that can be said in every language. `{name}` in it is a value's place. */
export type Text = keyof Catalogue;

type Names<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Values<T extends string> = [Names<T>] extends [never] ? [] : [Record<Names<T>, string | number>];

/** English needs no catalogue: the texts are their own translation. */
let spoken: Readonly<Record<string, string>> = {};
let current: Language = 'en';

/** Says a text in the language of this process, with its values in their places. */
export function t<T extends Text>(text: T, ...[values]: Values<T>): string {
	const said = spoken[text] ?? text;
	return values === undefined
		? said
		: said.replace(/\{(\w+)\}/g, (place, name: string) => textOf(values, name) ?? place);
}

function textOf(values: Record<string, string | number>, name: string): string | undefined {
	return Object.hasOwn(values, name) ? String(values[name]) : undefined;
}

/** The language this process speaks. */
export function language(): Language {
	return current;
}

/** Speaks a language from now on: once, at the door, before anything is said. */
export async function speak(wanted: Language): Promise<void> {
	spoken = wanted === 'id' ? (await import('./indonesian/index.ts')).indonesian : {};
	current = wanted;
}
