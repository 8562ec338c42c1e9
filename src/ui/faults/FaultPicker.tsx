import {type FaultKind, faultTable, faultUsage} from '../../domain/fault.ts';
import {t, told} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {type Line, span, wrapLine} from '../text/line.ts';

/** `kinds` are those offered, `selected` one of them by its place. */
type PickerProps = {rect: Rect; name: string; kinds: FaultKind[]; selected: number};

/** The faults that a part can have, and what the selected one does to its connections. */
export function FaultPicker({rect, name, kinds, selected}: PickerProps) {
	const {theme} = useTools();
	const width = rect.width - 2;
	const kind = kinds[selected];
	const words = kind === undefined ? [] : wrapLine([span(` ${told(faultTable[kind].line)}`)], width);
	const height = Math.max(1, rect.height - 3 - words.length);
	const first = Math.max(0, Math.min(selected - Math.floor(height / 2), kinds.length - height));
	const rows = kinds.slice(first, first + height).map((each, index): Line => {
		const isSelected = first + index === selected;
		const style = isSelected ? 'strong' : 'plain';
		return [span(` ${isSelected ? theme.glyphs.cursor : ' '} `, 'cursor'), span(faultUsage(each), style)];
	});
	const blank = Array.from({length: height - rows.length}, (): Line => []);
	const content = {
		title: t('Break {name}', {name}),
		lines: [...rows, ...blank, [span(theme.glyphs.horizontal.repeat(width), 'faint')], ...words],
		foot: [span(t('{place} of {count}', {place: selected + 1, count: kinds.length}), 'muted')],
	};
	return <Pane rect={rect} isFocused content={content} />;
}
