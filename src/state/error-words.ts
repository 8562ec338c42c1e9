import {told} from '../words/words.ts';

/** What a process wrote to stderr, for people: a sentence of lbtop's own parts in their language, another program's words as they are. */
export function toldError(line: string): string {
	const [, sentence] = /^lbtop: (.+)$/s.exec(line) ?? [];
	if (sentence === undefined) return line;
	const whole = told(sentence);
	if (whole !== sentence) return `lbtop: ${whole}`;
	const [, name, message] = /^(.+?: )(.+)$/s.exec(sentence) ?? [];
	return message === undefined ? line : `lbtop: ${name}${told(message)}`;
}
