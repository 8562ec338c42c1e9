/** How the screen looks and what it takes, for every command that has one. */

import {type ThemeChoice, themeChoices} from '../../domain/theme-name.ts';
import {t} from '../../words/words.ts';
import type {Rows} from '../option.ts';
import {flag, oneOf, row} from '../option-kinds.ts';

export const screenOptions = {
	plain: row('--plain', 'plain lines instead of the screen', flag),
	screenReader: row('--screen-reader', 'sentences instead of the screen, commands typed as lines', flag),
	theme: row<ThemeChoice>(
		'--theme <NAME>',
		() => t('colours: {names}; auto asks the terminal for its background', {names: themeChoices.join(', ')}),
		oneOf(...themeChoices),
		'auto',
	),
	ascii: row('--ascii', 'draw with ASCII characters only', flag),
	mouse: row('--mouse', 'click and wheel; text is then selected with Shift held (M switches it while it runs)', flag),
	noMouse: {...row('--no-mouse', 'no mouse, whatever lbtop.yaml says', flag), hidden: true},
	cursor: row('--cursor', "show the terminal's cursor on the focused row, for magnifiers", flag),
	color: row('--no-color', 'no colours', flag),
} satisfies Rows;
