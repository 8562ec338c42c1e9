/** What the palette offers for what has been written, and what a written line leads to. */

import {closest} from 'fastest-levenshtein';
import {say, t} from '../../words/words.ts';
import type {Act, KeyContext} from '../keymap/key-row.ts';
import {commandEntries} from './command-entries.ts';
import type {Entry} from './entry.ts';
import {fuzzyScore} from './fuzzy.ts';
import {keyEntries, screenEntries} from './screen-entries.ts';

/** `line`: what is written when it is taken. */
type Suggestion = {line: string; label: string; help: string};

/** `hint`: how the command is written, when its name stands. */
type Offer = {suggestions: Suggestion[]; hint: string};

/** Every command there is: the run's, then the screen's. */
export function entriesOf({keymap}: Pick<KeyContext, 'keymap'>): Entry[] {
	const own = [...commandEntries, ...screenEntries];
	return [...own, ...keyEntries(keymap, new Set(own.map(({name}) => name)))];
}

/** What can be taken for a line, the likeliest first. */
export function offerFor(line: string, context: KeyContext): Offer {
	const text = plain(line);
	const entry = entryOf(text, context);
	if (entry && text.startsWith(`${entry.name} `)) {
		const candidates = entry.candidates(text.slice(entry.name.length + 1), context);
		const suggestions = candidates.map(({argument, ...shown}) => ({...shown, line: `${entry.name} ${argument}`}));
		return {suggestions, hint: `${entry.usage}  ${say(entry.help)}`};
	}
	const named = entriesOf(context)
		.flatMap(each => {
			const score = scoreOf(text.trim(), each);
			return score === undefined ? [] : [{each, score}];
		})
		.sort((a, b) => b.score - a.score)
		.map(({each}) => ({line: each.isOpen ? `${each.name} ` : each.name, label: each.usage, help: say(each.help)}));
	return {suggestions: named, hint: entry ? `${entry.usage}  ${say(entry.help)}` : ''};
}

/** What the line leads to, or why it leads to nothing. */
export function actsOfLine(line: string, context: KeyContext): Act[] | string {
	const text = plain(line).trim();
	const entry = entryOf(text, context);
	if (entry) return entry.run(text.slice(entry.name.length), context);
	if (text === '') return t('say a command, or leave with Esc');
	const names = entriesOf(context).map(({name}) => name);
	return t("there is no command '{name}'; did you mean '{other}'?", {name: text, other: closest(text, names)});
}

/** The command whose name a line begins with; of two the longer one. */
function entryOf(text: string, context: KeyContext): Entry | undefined {
	return entriesOf(context)
		.filter(({name}) => text === name || text.startsWith(`${name} `))
		.sort((a, b) => b.name.length - a.name.length)[0];
}

/** By its name; by the words that say what it does where the name has not these letters. */
function scoreOf(letters: string, {name, help}: Entry): number | undefined {
	const score = fuzzyScore(letters, name);
	if (score !== undefined) return score;
	return letters.length > 2 && say(help).toLowerCase().includes(letters.toLowerCase()) ? -100 : undefined;
}

/** Without what may stand before it: the prompt's own sign, and what was echoed. A time alone is one to go to. */
function plain(line: string): string {
	const text = line
		.trimStart()
		.replace(/^[:$]\s*/, '')
		.replace(/^lbtop ctl\s+/, '');
	return /^\d[-\d:., T]*$/.test(text) ? `go ${text}` : text;
}
