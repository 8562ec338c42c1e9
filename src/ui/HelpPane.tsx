import {useTools} from './Block.tsx';
import {helpLines} from './help-lines.ts';
import type {Rect} from './layout.ts';
import {Pane} from './Pane.tsx';
import {span} from './text/line.ts';

/** All keys, over all panes. `offset`: rows scrolled. */
export function HelpPane({rect, offset}: {rect: Rect; offset: number}) {
	const {theme} = useTools();
	const lines = helpLines(rect.width - 2, theme);
	const height = rect.height - 2;
	const first = Math.max(0, Math.min(offset, lines.length - height));
	const below = Math.max(0, lines.length - height - first);
	const foot = [span(below > 0 ? `${below} more ${theme.glyphs.down}` : 'Esc closes', below > 0 ? 'warn' : 'muted')];
	return <Pane rect={rect} isFocused content={{title: 'Keys', lines: lines.slice(first), foot}} />;
}
