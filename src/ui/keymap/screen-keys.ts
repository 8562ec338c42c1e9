import {nextTheme, themeChoices} from '../../domain/theme-name.ts';
import {t} from '../../words/words.ts';
import {type KeyRow, noticeAct, viewAct} from './key-row.ts';

/** Keys that change how the screen looks and what it takes from the terminal. */
export const screenKeys: KeyRow[] = [
	{
		name: 'theme',
		keys: ['T'],
		where: 'everywhere',
		help: () => t('next theme: {names}', {names: themeChoices.join(', ')}),
		act: context => {
			const name = nextTheme(context.view.theme ?? 'auto');
			return [...viewAct({type: 'theme', name}), ...noticeAct(context, t('theme {name}', {name}), 'good')];
		},
	},
	{
		name: 'mouse',
		keys: ['M'],
		where: 'everywhere',
		help: 'take the mouse (click, wheel), or give it back for selecting text',
		act: () => [{type: 'mouse'}],
	},
];
