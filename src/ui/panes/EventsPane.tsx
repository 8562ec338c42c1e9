import {nameOfActor} from '../../state/describe.ts';
import {type EventLine, type State, wallOf} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {topOf} from '../events/event-list.ts';
import {keyOf, paneKey} from '../keymap/key-names.ts';
import {type KeyRow, viewAct} from '../keymap/key-row.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import type {PaneContent} from '../pane-rows.ts';
import {type Line, span} from '../text/line.ts';
import {clockText, countText} from '../text/number-text.ts';
import type {Theme} from '../theme.ts';
import type {View} from '../view.ts';

type Props = {state: State; scroll: View['events']; rect: Rect; isFocused: boolean};

/** What happened, when, and who did it. */
export function EventsPane({state, scroll, rect, isFocused}: Props) {
	const {theme, keymap} = useTools();
	return <Pane rect={rect} isFocused={isFocused} content={eventsContent({state, scroll, rect, theme, keymap})} />;
}

function eventsContent({
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
	const height = rect.height - 2;
	const wide = rect.width >= 70;
	const entries = held?.entries ?? state.events;
	const count = entries.length;
	const first = held ? topOf({...held, count}, height) : Math.max(0, count - height);
	const shown = entries.slice(first, first + height);
	const cursor = held ? held.cursor - first : undefined;
	const below = count - first - shown.length;
	const more = below > 0 ? `${t('{count} more', {count: countText(below)})} ${theme.glyphs.down}  ` : '';
	return {
		key: paneKey('events', keymap),
		title: t('Events'),
		foot: held ? [span(more + t('{key} newest', {key: keyOf('last', keymap)}), 'warn')] : [],
		lines: shown.map((event, row) => eventLine(event, {state, wide, theme, isSelected: row === cursor})),
		targets: shown.map((_, row) => {
			const by = row - (cursor ?? shown.length - 1);
			return viewAct({type: 'scroll-events', entries, by, height});
		}),
	};
}

type LineFacts = {state: State; wide: boolean; theme: Theme; isSelected: boolean};

function eventLine({at, actor, text, tone}: EventLine, {state, wide, theme, isSelected}: LineFacts): Line {
	const sign = {plain: ' ', good: theme.glyphs.good, warn: '!', bad: theme.glyphs.cross}[tone];
	const isAsked = actor === 'you' || actor === 'ctl' || actor === 'scenario';
	return [
		span(isSelected ? theme.glyphs.cursor : ' ', 'cursor'),
		span(`${clockText(wallOf(state, at), wide ? 'milliseconds' : 'seconds')} `, 'muted'),
		span(`${nameOfActor(actor).slice(0, 14).padEnd(8)} `, isAsked ? 'key' : 'story'),
		span(`${sign} `, tone),
		span(text, tone),
	];
}
