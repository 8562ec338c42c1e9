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

/** What is the same in every language, wherever it stands. */
export const everywhere: Allowed = [
	[/\b(Server [123]|Load balancer|Client manager|Log audit|lbtop)\b/g, 'names of parts'],
	[/\b(server-\d|balancer|clients|log-audit|you|scenario)\b/g, 'names as one types them, and who asked'],
	[/\blog\.txt\b|\bHAI IDO\b|127\.0\.0\.1:\d+/g, 'files, messages and addresses'],
	[/\b(NEW|STARTING|READY|NOT-READY|PAUSED|STOPPING|STOPPED|EXITED|CRASHED|BACKOFF|FAILED|EXTERNAL)\b/g, 'PROCESS'],
	[/\b(UP|DOWN|DRAIN|MAINT|NOLB|SLOW|EJECTED)\b/g, 'ROUTE'],
	[/\b(PASS|FAIL|UNKNOWN|ACKs?|NAKs?|LOST|DOUBLE)\b/g, 'verdicts and the protocol'],
	[/\bSIG[A-Z]+|\bE[A-Z]{4,}\b/g, 'signals and errors of the operating system'],
	[/\$ \S.*|\bkill -[A-Z]+ \d+/g, 'commands as one types them'],
	[/\b(round-robin|least-connections|p2c|message|connection)\b/g, 'names of algorithms and modes'],
	[/\b(timeout|refused|reset|nak|closed)\b/g, 'causes of retries, as in log.txt and JSON'],
	[/\b(pid|min|max|median)\b/g, 'figures that are called so'],
	[/[a-z]\w*(\.[\w-]+)*(==|[<>~]=?)[\w.±]+/g, 'checks'],
];
