import {type LogCover, type LogDesk, stuckCode} from '../../domain/log-reading.ts';
import {codeWords} from '../../domain/system-error.ts';
import {t, told} from '../../words/words.ts';
import type {Frame} from '../frames.ts';
import type {ViewAction} from '../view.ts';
import type {LogView} from './log-view.ts';

/** What everything that works on the log pane has in hand. */
export type LogHands = {
	desk: LogDesk;
	frame(): Frame;
	view(): LogView;
	act(action: ViewAction): void;
	/** The same, seen with the next frame: for what changes by itself again and again. */
	later(action: ViewAction): void;
	say(text: string): void;
	/** Rows of the pane inside its border. */
	height(): number;
	/** Cells of a line inside its border, behind the signs. */
	width(): number;
};

/**
 * Says why the log could not be asked; gives what the answer would have: nothing. An expression that takes too long is
 * taken out of what is asked, so that the next question is answered.
 */
export function failed(hands: LogHands): (error: unknown) => undefined {
	return error => {
		const why = told(codeWords(error instanceof Error ? error.message : String(error)));
		const {file} = hands.frame().live.log;
		if (isStuck(error)) withoutPatterns(hands);
		hands.say(
			isStuck(error)
				? t('the expression takes too long, it is given up: try a simpler one')
				: t('{file} cannot be read: {why}', {file, why}),
		);
		return undefined;
	};
}

/** Whether an answer failed because an expression took too long. */
export function isStuck(error: unknown): boolean {
	return error instanceof Error && error.message === stuckCode;
}

function withoutPatterns({view, act}: LogHands): void {
	const {search, filters} = view();
	if (search?.term.type === 'pattern') act({type: 'log-search'});
	const simple = filters.filter(({term}) => term.type !== 'pattern');
	if (simple.length < filters.length) act({type: 'log-filters', filters: simple});
}

/** Keeps what the files hold, if an answer says so. */
export function noteCover({later, view}: LogHands, cover: LogCover): void {
	const known = view().cover;
	if (known?.end !== cover.end || known.begin !== cover.begin) later({type: 'log-cover', cover});
}
