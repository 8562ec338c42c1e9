import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {type Line, span, wrapLine} from '../text/line.ts';
import type {Theme} from '../theme.ts';
import type {Dialog} from './dialog.ts';

/** The question, and its two answers; the chosen one bears the cursor. */
export function DialogPane({rect, dialog}: {rect: Rect; dialog: Dialog}) {
	const {theme} = useTools();
	return (
		<Pane rect={rect} isFocused content={{title: t('Sure?'), lines: dialogLines(dialog, rect.width - 2, theme)}} />
	);
}

/** Rows that a question takes with its border. */
export const dialogRows = 6;

function dialogLines({question, isYes}: Dialog, width: number, {glyphs}: Pick<Theme, 'glyphs'>): Line[] {
	const words = wrapLine([span(` ${question}`, 'strong')], width).slice(0, dialogRows - 4);
	const answer = (key: string, label: string, isChosen: boolean): Line => [
		span(` ${isChosen ? glyphs.cursor : ' '} `, 'cursor'),
		span(key, 'key'),
		span(` ${label}`, isChosen ? 'strong' : 'muted'),
	];
	return [...words, answer('n', t('no, leave all as it is'), !isYes), answer('y', t('yes, do it'), isYes)];
}
