/** The open palette as it stands: pure, apart from what its lines lead to. */

/**
 * `text`: what is written. `pick`: the suggestion that Tab has come to, which stands in the line instead. `past`: how far
 * back in the history, `draft`: what stood there before. `wrong`: why the line led to nothing.
 */
export type PaletteView = {text: string; pick?: number; past?: number; draft?: string; wrong?: string};

/** The longest line; longer is no command. */
export const longestLine = 300;

/** Lines that are kept in a session, the newest last. */
const keptLines = 100;

/** The history after a line. What is said twice in a row is kept once. */
export function withLine(history: string[], line: string): string[] {
	return line === '' || history.at(-1) === line ? history : [...history, line].slice(-keptLines);
}

/** An older line, or a newer one and in the end what was being written. */
export function recalled(palette: PaletteView, history: string[], step: -1 | 1): PaletteView {
	const {past = history.length, draft = palette.text} = palette;
	const to = Math.max(0, Math.min(history.length, past + step));
	return to === history.length ? {text: draft} : {text: history[to]!, past: to, draft};
}
