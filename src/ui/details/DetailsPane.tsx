import type {PartState, State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {span} from '../text/line.ts';
import {detailsLines} from './details-lines.ts';

/** One part, over all panes. `offset`: rows scrolled. */
export function DetailsPane({state, part, rect, offset}: {state: State; part: PartState; rect: Rect; offset: number}) {
	const {theme} = useTools();
	const lines = detailsLines({state, part, width: rect.width - 2, theme});
	const height = rect.height - 2;
	const first = Math.max(0, Math.min(offset, lines.length - height));
	const below = Math.max(0, lines.length - height - first);
	const more = below > 0 ? [span(`${t('{count} more', {count: below})} ${theme.glyphs.down}  `, 'warn')] : [];
	const foot = [...more, span(t('Esc closes'), 'muted')];
	return <Pane rect={rect} isFocused content={{title: part.name, lines: lines.slice(first), foot}} />;
}
