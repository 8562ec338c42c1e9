import type {ScenarioEntry} from '../domain/scenario.ts';
import {type PlainText, told, toldQuote} from '../words/words.ts';

/** What the entries of a scenario are called before people; programs read the kind itself. */
export const kindWords: Record<ScenarioEntry['kind'], PlainText> = {
	'steady-state': 'steady-state',
	step: 'step',
	undo: 'undo',
	recovery: 'recovery',
};

/** What an entry is about, in the language spoken; an author's words stay as they are. */
export function entryText({text, isQuote}: Pick<ScenarioEntry, 'text' | 'isQuote'>): string {
	return isQuote ? toldQuote(text) : told(text);
}
