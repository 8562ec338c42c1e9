import {nameOfActor} from '../../state/describe.ts';
import {type EventLine, type State, wallOf} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {keyOf, paneKey} from '../keymap/key-names.ts';
import type {KeyRow} from '../keymap/key-row.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import type {PaneContent} from '../pane-rows.ts';
import {type Line, span} from '../text/line.ts';
import {clockText, countText} from '../text/number-text.ts';
import type {Style} from '../text/style.ts';
import type {Theme} from '../theme.ts';
import type {View} from '../view.ts';

type Props = {state: State; scroll: View['events']; rect: Rect; isFocused: boolean};

/** What happened, when, and who did it. */
export function EventsPane({state, scroll, rect, isFocused}: Props) {
	const {theme, keymap} = useTools();
	return <Pane rect={rect} isFocused={isFocused} content={eventsContent({state, scroll, rect, theme, keymap})} />;
}

export function eventsContent({
	state,
	scroll: {held},
	rect,
	theme,
	keymap,
}: Pick<Props, 'state' | 'scroll'> & {
	rect: Pick<Rect, 'width' | 'height'>;
	theme: Theme;
	keymap: KeyRow[];
}): PaneContent {
	const entries = held ? held.entries.slice(0, held.end) : state.events;
	const height = rect.height - 2;
	const wide = rect.width >= 70;
	const lines = entries.slice(-height).map(event => eventLine(event, {state, wide, theme}));
	const hidden = held ? held.entries.length - held.end : 0;
	return {
		key: paneKey('events', keymap),
		title: t('Events'),
		foot: held
			? [
					span(`${t('{count} more', {count: countText(hidden)})} ${theme.glyphs.down}  `, 'warn'),
					span(t('{key} newest', {key: keyOf('last', keymap)}), 'warn'),
				]
			: [],
		lines,
	};
}

const toneStyle: Record<EventLine['tone'], Style> = {plain: 'plain', good: 'good', warn: 'warn', bad: 'bad'};

type LineFacts = {state: State; wide: boolean; theme: Theme};

function eventLine({at, actor, text, tone}: EventLine, {state, wide, theme}: LineFacts): Line {
	const sign = {plain: ' ', good: theme.glyphs.good, warn: '!', bad: theme.glyphs.cross}[tone];
	const isAsked = actor === 'you' || actor === 'ctl' || actor === 'scenario';
	return [
		span(` ${clockText(wallOf(state, at), wide ? 'milliseconds' : 'seconds')} `, 'muted'),
		span(`${nameOfActor(actor).slice(0, 14).padEnd(8)} `, isAsked ? 'key' : 'story'),
		span(`${sign} `, toneStyle[tone]),
		span(text, toneStyle[tone]),
	];
}
