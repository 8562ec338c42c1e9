import {Block, useTools} from './Block.tsx';
import type {Rect} from './layout.ts';
import {type PaneContent, paneRows} from './pane-rows.ts';
import type {Place} from './terminal/canvas.ts';

/** A bordered rectangle with a title. */
export function Pane({rect, content, isFocused}: {rect: Rect; content: PaneContent; isFocused: boolean}) {
	const {theme} = useTools();
	const cursor = isFocused ? cursorOf(content) : undefined;
	const targets = content.targets && [undefined, ...content.targets.slice(0, rect.height - 2)];
	return <Block rect={rect} rows={paneRows(content, rect, {isFocused, theme})} cursor={cursor} targets={targets} />;
}

/** Where keys go in a focused pane: to the line with the cursor's sign, or to the pane as a whole: its title. */
function cursorOf({lines}: PaneContent): Place {
	const selected = lines.findIndex(line =>
		line.slice(0, 2).some(({text, style}) => style === 'cursor' && text.trim() !== ''),
	);
	return selected < 0 ? {x: 3, y: 0} : {x: 1, y: selected + 1};
}
