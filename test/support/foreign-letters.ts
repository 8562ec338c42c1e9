/**
 * A language that nobody speaks, to find what is said in English only: every letter of a text is one of another script,
 * of the same width; values stay as they are, so one that is itself not said is seen.
 */

import {indonesian, phrases} from '../../src/words/indonesian/index.ts';
import {speakFrom} from '../../src/words/words.ts';

/** Speaks it until another language is spoken. */
export function speakForeignLetters(): void {
	const texts = Object.fromEntries(Object.keys(indonesian).map(english => [english, foreign(english)]));
	speakFrom('id', {texts, phrases: Object.keys(phrases)});
}

function foreign(english: string): string {
	return english
		.split(/(\{\w+\})/)
		.map(part => (/^\{\w+\}$/.test(part) ? part : part.replace(/[a-zA-Z]/g, otherLetter)))
		.join('');
}

function otherLetter(letter: string): string {
	const isSmall = letter >= 'a';
	return String.fromCharCode((isSmall ? 0x430 : 0x410) + letter.charCodeAt(0) - (isSmall ? 'a' : 'A').charCodeAt(0));
}

/** Words of a row in the place's table that are the same in every language, and why. */
export type Allowed = [pattern: RegExp, reason: string][];

/** What was said in English: words of three letters or more that no row of the table allows. */
export function englishIn(text: string, allowed: Allowed): string[] {
	const rest = allowed.reduce((left, [pattern]) => left.replace(pattern, ' '), text);
	return [...new Set(rest.match(/[A-Za-z]{3,}/g) ?? [])];
}
