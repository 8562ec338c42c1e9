import {t} from '../words/words.ts';
import {Block, useTools} from './Block.tsx';
import {keyOf} from './keymap/key-names.ts';
import {leastSize} from './layout.ts';
import type {Size} from './terminal/painter.ts';
import {type Line, span} from './text/line.ts';
import {wrapWords} from './text/wrap-words.ts';

/** One sentence where a screen does not fit. */
export function TooSmall({size: {columns, rows}}: {size: Size}) {
	const {theme, keymap} = useTools();
	const sentence = t(
		'lbtop needs {leastColumns} columns and {leastRows} rows, this terminal has {columns} and {rows}: make it larger, or press {key} to quit.',
		{leastColumns: leastSize.columns, leastRows: leastSize.rows, columns, rows, key: keyOf('quit', keymap)},
	);
	const lines: Line[] = wrapWords([span(sentence, 'warn')], Math.max(1, columns)).slice(0, rows);
	const rect = {x: 0, y: 0, width: columns, height: rows};
	return <Block rect={rect} rows={Array.from({length: rows}, (_, row) => theme.row(lines[row] ?? [], columns))} />;
}
