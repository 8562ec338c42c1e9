import {isAlive} from '../domain/status.ts';
import {partsOf, type State} from '../state/state.ts';
import {t, told} from '../words/words.ts';
import {Block, useTools} from './Block.tsx';
import {hintKeys} from './keymap/key-names.ts';
import {isWriting, type KeyContext, placeOf} from './keymap/key-row.ts';
import {hintsOf} from './keymap/keymap.ts';
import {lineOf} from './keymap/palette-keys.ts';
import {promptKind} from './keymap/prompts.ts';
import type {Rect} from './layout.ts';
import {cellsOf} from './text/cells.ts';
import {type Line, lineCells, packPieces, span, spread} from './text/line.ts';
import {countText} from './text/number-text.ts';
import type {Theme} from './theme.ts';
import type {Notice} from './view.ts';

/** The last command or message, and the keys that do something here and now. */
export function Footer({context, rect}: {context: KeyContext; rect: Rect}) {
	const {theme} = useTools();
	const echo = echoLine(context, rect.width, theme);
	const rows = [echo, hintsLine(context, rect.width, theme)];
	// While something is written, the cursor is where it goes on: on the sign at the line's end.
	const cursor = isWriting(placeOf(context)) ? {x: Math.min(rect.width, lineCells(echo)) - 1, y: 0} : undefined;
	return <Block rect={rect} rows={rows.map(line => theme.row(line, rect.width))} cursor={cursor} />;
}

/** What is being written; otherwise the newest of: what a key did as a command, why it did nothing, what the screen has to say. */
function echoLine(context: KeyContext, width: number, theme: Theme): Line {
	const {live, view} = context;
	const place = placeOf(context);
	if (place === 'palette') return writtenLine(': ', lineOf(context), {width});
	const notice = view.notice && view.notice.echoAt === live.echo?.at ? view.notice : undefined;
	if (place === 'prompt') {
		const {prompt, wrong = notice?.text} = view;
		return writtenLine(`${promptKind(prompt!).question(prompt!)} `, prompt!.text, {width, wrong});
	}
	if (notice) return noticeLine(notice, theme);
	const waiting = waitingLine(live, theme);
	return waiting.length > 0 ? spread(waiting, commandLine(live), width - 1) : commandLine(live);
}

/** A line that is being written, its end always in view; beside it, why it is no answer. */
function writtenLine(
	question: string,
	text: string,
	{width, wrong}: {width: number; wrong?: string | undefined},
): Line {
	const room = width - cellsOf(question) - 3;
	const tail = text.length > room ? text.slice(text.length - room) : text;
	const line = [span(` ${question}`, 'strong'), span(tail, 'key'), span('_', 'key')];
	return wrong === undefined ? line : [...line, span('   ! ', 'warn'), span(wrong, 'warn')];
}

/** The sign before a message and the blanks around it. */
export const noticeMarkCells = 3;

function noticeLine({text, tone}: Notice, {glyphs}: Theme): Line {
	return tone === 'good' ? [span(` ${glyphs.good} `, 'good'), span(text)] : [span(' ! ', 'warn'), span(text, 'warn')];
}

function commandLine({echo}: State): Line {
	if (!echo) return [];
	return echo.refused
		? [span(` ! ${t('refused:')} `, 'warn'), span(told(echo.text), 'warn')]
		: [span(' $ ', 'good'), span(echo.text, 'strong')];
}

/** While the lab stops: what is still being waited for. */
function waitingLine(state: State, {glyphs}: Theme): Line {
	if (state.phase !== 'stopping') return [];
	const alive = partsOf(state).filter(({process}) => isAlive(process));
	const {inFlight} = state.clients;
	const waits = [
		...(inFlight > 0 ? [t('{count} in flight', {count: countText(inFlight)})] : []),
		...alive.map(({name, process}) => `${name} ${process}`),
	];
	if (waits.length === 0) return [];
	return [span(` ${t('waiting for {what}', {what: waits.join(` ${glyphs.dot} `)})}`, 'warn')];
}

/** The pane's own keys at the left, help and quit always at the right end. */
function hintsLine(context: KeyContext, width: number, {glyphs}: Theme): Line {
	const hints = hintsOf(context).map(row => {
		const {label, rank} = row.hint!;
		const words = typeof label === 'string' ? t(label) : label(context);
		return {line: [span(hintKeys(row, context.keymap, glyphs), 'key'), span(` ${words}`, 'muted')], rank};
	});
	return [span(' '), ...packPieces(hints, width - 2, 2)];
}
