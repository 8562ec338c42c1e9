import {t} from '../../words/words.ts';
import type {Key} from '../terminal/keys.ts';
import {type KeyContext, type KeyRow, viewAct} from './key-row.ts';

const steps: Record<Key, number> = {left: -1, right: 1, ',': -10, '.': 10, '<': -60, '>': 60};

/** Going through the last ten minutes while the display is frozen; then these keys come before a pane's own. */
export const scrubKeys: KeyRow[] = [
	{
		keys: Object.keys(steps),
		shown: glyphs => `${glyphs.sideways} , . < >`,
		where: 'everywhere',
		help: t('frozen: back and forth by 1 s, 10 s, 1 min; in 6 log.txt h l scroll'),
		hint: {label: t('back, forth'), rank: 9},
		comesFirst: ({view}) => view.frozen !== undefined,
		refusal: ({view}) => (view.frozen ? undefined : t('Space freezes the display, then these keys go back in time')),
		act: (context, key) => {
			const seconds = steps[key]!;
			const isThere = context.view.frozen!.past.from(context.shown.now, seconds) !== undefined;
			const isBack = seconds < 0;
			if (isThere || (!isBack && isBehind(context))) return viewAct({type: 'scrub', seconds});
			const text = isBack
				? t('this is the first moment that is kept')
				: t('this is the moment of the freeze: Space goes on');
			return viewAct({type: 'notice', text, echoAt: context.live.echo?.at});
		},
	},
];

/** The display shows an earlier moment than that of the freeze. */
function isBehind({view: {frozen}}: KeyContext): boolean {
	return frozen !== undefined && frozen.shown !== frozen.last;
}
