import {escapeText} from '../../domain/escape.ts';
import {t} from '../../words/words.ts';
import {longestLine} from '../palette/palette-view.ts';
import {type Act, type KeyContext, noticeAct, placeOf, viewAct} from './key-row.ts';
import {lineOf} from './palette-keys.ts';
import {promptKind} from './prompts.ts';

/** What pasted text leads to: it is written where something is written, in one line and never sent; elsewhere it is no key. */
export function pasteActs(text: string, context: KeyContext): Act[] {
	const line = escapeText(text.trim().replaceAll(/\s+/g, ' '));
	const {prompt} = context.view;
	switch (placeOf(context)) {
		case 'palette':
			return viewAct({type: 'palette', palette: {text: (lineOf(context) + line).slice(0, longestLine)}});
		case 'prompt': {
			const whole = prompt!.text + line;
			return promptKind(prompt!).takes.test(whole)
				? viewAct({type: 'write', text: whole})
				: viewAct({type: 'wrong', reason: t('what was pasted is no answer')});
		}
		default:
			return noticeAct(context, t('pasted text is not taken for keys'));
	}
}
