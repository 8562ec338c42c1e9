import {Transform} from 'ink';
import {createContext, useContext, useEffect, useState} from 'react';
import type {KeyRow} from './keymap/key-row.ts';
import type {Rect} from './layout.ts';
import type {Canvas, Drawing} from './terminal/canvas.ts';
import type {Theme} from './theme.ts';

/** What components draw with. `keymap`: what keys are called where they name one. */
type Tools = {canvas: Canvas; theme: Theme; keymap: KeyRow[]};

/** Around all that is drawn. */
export const ToolsContext = createContext<Tools | undefined>(undefined);

/** The tools of the screen that this is drawn on. */
export function useTools(): Tools {
	const tools = useContext(ToolsContext);
	if (!tools) throw new Error('drawing outside of a ToolsContext');
	return tools;
}

/**
 * A rectangle of finished rows at its place on the screen, perhaps with the cell that keys go to and what clicks lead to.
 * See `terminal/canvas.ts` for why it is not plain text.
 */
export function Block({rect: {x, y, width}, ...content}: {rect: Rect} & Omit<Drawing, 'x' | 'y' | 'width'>) {
	const {canvas} = useTools();
	const [mark] = useState(canvas.allot);
	useEffect(() => () => canvas.free(mark), [canvas, mark]);
	const draw = () => {
		canvas.draw(mark, {x, y, width, ...content});
		return mark;
	};
	return <Transform transform={draw}>.</Transform>;
}
