import type {LogCover, LogDesk} from '../../domain/log-reading.ts';
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
};

/** Says why the log could not be asked; gives what the answer would have: nothing. */
export function failed({say}: LogHands): (error: unknown) => undefined {
	return error => {
		say(error instanceof Error ? error.message : String(error));
		return undefined;
	};
}

/** Keeps what the files hold, if an answer says so. */
export function noteCover({later, view}: LogHands, cover: LogCover): void {
	const known = view().cover;
	if (known?.end !== cover.end || known.begin !== cover.begin) later({type: 'log-cover', cover});
}
