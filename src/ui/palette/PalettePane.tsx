import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import type {KeyContext} from '../keymap/key-row.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import type {PaneContent} from '../pane-rows.ts';
import {type Line, span} from '../text/line.ts';
import type {Theme} from '../theme.ts';
import {offerFor} from './suggest.ts';

/** Rows of the palette on a screen of so many: with its border, without the line that is written at the bottom. */
export function paletteRows(rows: number): number {
	return rows >= 40 ? 14 : rows >= 30 ? 10 : 8;
}

/** What is offered for what stands in the line at the bottom; below, how the command is written or why it is none. */
export function PalettePane({context, rect}: {context: KeyContext; rect: Rect}) {
	const {theme} = useTools();
	return <Pane rect={rect} isFocused content={paletteContent(context, rect, theme)} />;
}

function paletteContent(context: KeyContext, rect: Pick<Rect, 'height' | 'width'>, theme: Theme): PaneContent {
	const {text, pick, wrong} = context.view.palette!;
	const {suggestions, hint} = offerFor(text, context);
	const height = rect.height - 3;
	const first = Math.max(0, Math.min((pick ?? 0) - Math.floor(height / 2), suggestions.length - height));
	const shown = suggestions.slice(first, first + height);
	const widest = Math.max(12, ...shown.map(({label}) => label.length));
	const rows = shown.map(({label, help}, index): Line => {
		const isPicked = first + index === pick;
		return [
			span(` ${isPicked ? theme.glyphs.cursor : ' '} `, 'cursor'),
			span(label.padEnd(Math.min(widest, 34)), isPicked ? 'strong' : 'key'),
			span(`  ${help}`, isPicked ? 'plain' : 'muted'),
		];
	});
	const blank = Array.from({length: height - rows.length}, (): Line => []);
	const last: Line = wrong === undefined ? [span(` ${hint}`, 'muted')] : [span(` ! ${wrong}`, 'warn')];
	const place = pick === undefined ? '' : `${pick + 1} / `;
	return {
		title: t('Commands'),
		lines: [...rows, ...blank, last],
		foot: [span(`${place}${suggestions.length}`, 'muted')],
	};
}
