import {t} from '../../words/words.ts';
import {keyedPane, keyOf} from './key-names.ts';
import {type Act, type KeyContext, type KeyRow, noticeAct, viewAct} from './key-row.ts';

/** Each step with its keys: back, forth. */
const steps = [
	{name: '1s', seconds: 1, back: ['left'], forth: ['right']},
	{name: '10s', seconds: 10, back: [','], forth: ['.']},
	{name: '1m', seconds: 60, back: ['<'], forth: ['>']},
];

const first = 'back-1s';

/** Going through the last ten minutes while the display is frozen; then these keys come before a pane's own. */
export const scrubKeys: KeyRow[] = steps.flatMap(({name, seconds, back, forth}): KeyRow[] => {
	const row = (direction: 'back' | 'forth'): KeyRow => ({
		name: `${direction}-${name}`,
		keys: direction === 'back' ? back : forth,
		where: 'everywhere',
		help: keymap =>
			t('frozen: back and forth by 1 s, 10 s, 1 min; in {pane} {keys} scroll', {
				pane: keyedPane('log', keymap),
				keys: `${keyOf('left', keymap)} ${keyOf('right', keymap)}`,
			}),
		comesFirst: ({view}) => view.frozen !== undefined,
		refusal: ({view, keymap}) =>
			view.frozen
				? undefined
				: t('{key} freezes the display, then these keys go back in time', {key: keyOf('freeze', keymap)}),
		act: context => scrubAct(context, direction === 'back' ? -seconds : seconds),
	});
	const leader = {
		shown: (glyphs: {sideways: string}) => `${glyphs.sideways} , . < >`,
		hint: {label: 'back, forth', rank: 9} as const,
	};
	return [row('back'), row('forth')].map(each => (each.name === first ? {...each, ...leader} : {...each, with: first}));
});

function scrubAct(context: KeyContext, seconds: number): Act[] {
	const isThere = context.view.frozen!.past.from(context.shown.now, seconds) !== undefined;
	const isBack = seconds < 0;
	if (isThere || (!isBack && isBehind(context))) return viewAct({type: 'scrub', seconds});
	return noticeAct(
		context,
		isBack
			? t('this is the first moment that is kept')
			: t('this is the moment of the freeze: {key} goes on', {key: keyOf('freeze', context.keymap)}),
	);
}

/** The display shows an earlier moment than that of the freeze. */
function isBehind({view: {frozen}}: KeyContext): boolean {
	return frozen !== undefined && frozen.shown !== frozen.last;
}
