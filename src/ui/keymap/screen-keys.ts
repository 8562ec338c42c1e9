import {nextTheme} from '../../domain/theme-name.ts';
import {t} from '../../words/words.ts';
import {type KeyRow, viewAct} from './key-row.ts';

/** Keys that change how the screen looks and what it takes from the terminal. */
export const screenKeys: KeyRow[] = [
	{
		keys: ['T'],
		where: 'everywhere',
		help: 'next theme: auto, dark, light, high-contrast, terminal, amber, mono',
		act: ({view, live}) => {
			const name = nextTheme(view.theme ?? 'auto');
			return [
				...viewAct({type: 'theme', name}),
				...viewAct({type: 'notice', text: t('theme {name}', {name}), echoAt: live.echo?.at}),
			];
		},
	},
	{
		keys: ['M'],
		where: 'everywhere',
		help: 'take the mouse (click, wheel), or give it back for selecting text',
		act: () => [{type: 'mouse'}],
	},
];
