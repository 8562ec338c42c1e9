import {isAlive} from '../domain/status.ts';
import {partsOf, type State} from '../state/state.ts';
import {Block, useTools} from './Block.tsx';
import {type KeyContext, shownKey} from './keymap/key-row.ts';
import {hintsOf} from './keymap/keymap.ts';
import {type Prompt, promptKind} from './keymap/prompts.ts';
import type {Rect} from './layout.ts';
import {type Line, lineCells, packPieces, span, spread} from './text/line.ts';
import {countText} from './text/number-text.ts';
import type {Theme} from './theme.ts';

/** The last command or message, and the keys that do something here and now. */
export function Footer({context, rect}: {context: KeyContext; rect: Rect}) {
	const {theme} = useTools();
	const echo = echoLine(context, rect.width, theme);
	const rows = [echo, hintsLine(context, rect.width, theme)];
	// While something is written, the cursor is where it goes on: on the sign at the line's end.
	const cursor = context.view.prompt && {x: Math.min(rect.width, lineCells(echo)) - 1, y: 0};
	return <Block rect={rect} rows={rows.map(line => theme.row(line, rect.width))} cursor={cursor} />;
}

/** The newest of: what a key did as a command one can type, why it did nothing, what the screen itself has to say. */
export function echoLine({live, view}: KeyContext, width: number, theme: Theme): Line {
	const said = view.notice && view.notice.echoAt === live.echo?.at ? view.notice.text : undefined;
	if (said !== undefined) return [span(' ! ', 'warn'), span(said, 'warn')];
	if (view.prompt) return promptLine(view.prompt);
	const waiting = waitingLine(live, theme);
	return waiting.length > 0 ? spread(waiting, commandLine(live), width - 1) : commandLine(live);
}

function promptLine(prompt: Prompt): Line {
	return [span(` ${promptKind(prompt).question(prompt)} `, 'strong'), span(prompt.text, 'key'), span('_', 'key')];
}

function commandLine({echo}: State): Line {
	if (!echo) return [];
	return echo.refused
		? [span(' ! refused: ', 'warn'), span(echo.text, 'warn')]
		: [span(' $ ', 'good'), span(echo.text, 'strong')];
}

/** While the lab stops: what is still being waited for. */
function waitingLine(state: State, {glyphs}: Theme): Line {
	if (state.phase !== 'stopping') return [];
	const alive = partsOf(state).filter(({process}) => isAlive(process));
	const {inFlight} = state.clients;
	const waits = [
		...(inFlight > 0 ? [`${countText(inFlight)} in flight`] : []),
		...alive.map(({name, process}) => `${name} ${process}`),
	];
	if (waits.length === 0) return [];
	return [span(` waiting for ${waits.join(` ${glyphs.dot} `)}`, 'warn')];
}

/** The pane's own keys at the left, help and quit always at the right end. */
export function hintsLine(context: KeyContext, width: number, {glyphs}: Theme): Line {
	const hints = hintsOf(context).map(row => {
		const {label, rank} = row.hint!;
		const words = typeof label === 'string' ? label : label(context);
		return {line: [span(shownKey(row, glyphs), 'key'), span(` ${words}`, 'muted')], rank};
	});
	return [span(' '), ...packPieces(hints, width - 2, 2)];
}
