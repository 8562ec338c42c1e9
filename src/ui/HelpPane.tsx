import {t} from '../words/words.ts';
import {useTools} from './Block.tsx';
import {helpLines} from './help-lines.ts';
import type {KeyContext} from './keymap/key-row.ts';
import type {Rect} from './layout.ts';
import {Pane} from './Pane.tsx';
import {span} from './text/line.ts';

/** All keys, over all panes. `offset`: rows scrolled. */
export function HelpPane({rect, context, offset}: {rect: Rect; context: KeyContext; offset: number}) {
	const {theme} = useTools();
	const lines = helpLines(rect.width - 2, context, theme);
	const height = rect.height - 2;
	const first = Math.max(0, Math.min(offset, lines.length - height));
	const below = Math.max(0, lines.length - height - first);
	const more = t('{count} more {sign}', {count: below, sign: theme.glyphs.down});
	const foot = [span(below > 0 ? more : t('Esc closes'), below > 0 ? 'warn' : 'muted')];
	return <Pane rect={rect} isFocused content={{title: t('Keys'), lines: lines.slice(first), foot}} />;
}
