import type {ScenarioEntry} from '../domain/scenario.ts';
import type {PlainText} from '../words/words.ts';

/** What the entries of a scenario are called before people; programs read the kind itself. */
export const kindWords: Record<ScenarioEntry['kind'], PlainText> = {
	'steady-state': 'steady-state',
	step: 'step',
	undo: 'undo',
	recovery: 'recovery',
};
