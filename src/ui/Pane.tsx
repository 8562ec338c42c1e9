import {Block, useTools} from './Block.tsx';
import type {Rect} from './layout.ts';
import {type PaneContent, paneRows} from './pane-rows.ts';

/** A bordered rectangle with a title. */
export function Pane({rect, content, isFocused}: {rect: Rect; content: PaneContent; isFocused: boolean}) {
	const {theme} = useTools();
	return <Block rect={rect} rows={paneRows(content, rect, {isFocused, theme})} />;
}
