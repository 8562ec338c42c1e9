import type {LogAnswer, LogPart, LogRequest} from '../../domain/log-reading.ts';
import {failed, type LogHands, noteCover} from './log-hands.ts';
import type {LogBusy} from './log-view.ts';

export type LogWork = {
	/**
	 * Asks for something that may take a while: shown as such, ended by Esc, by a failure (which is said) and by the next
	 * thing that is asked for; then there is no answer.
	 */
	run<R extends LogRequest>(
		what: LogBusy['what'],
		request: R,
		onPart?: (part: LogPart) => void,
	): Promise<LogAnswer<R['type']> | undefined>;
	cancel(): void;
	/** Ends it where someone has taken its sign off the screen. */
	look(): void;
};

/** One long thing at a time. */
export function createLogWork(hands: LogHands): LogWork {
	const {desk, view, later} = hands;
	let current: {id: number; cancel(): void} | undefined;
	let next = 0;

	const cancel = () => {
		current?.cancel();
		current = undefined;
		hush();
	};
	/** Its sign goes with the next frame, so that two things in a row do not flicker. */
	const hush = () => {
		if ((view().busy?.id ?? -1) >= 0) later({type: 'log-busy'});
	};
	return {
		cancel,
		look: () => {
			if (current && view().busy?.id !== current.id) cancel();
		},
		run: async <R extends LogRequest>(what: LogBusy['what'], request: R, onPart?: (part: LogPart) => void) => {
			cancel();
			const id = next++;
			const tell = (part: LogPart) => {
				if (current?.id !== id) return;
				onPart?.(part);
				later({type: 'log-busy', busy: {id, what, done: part.done}});
			};
			const asking = desk.ask(request, tell);
			current = {id, cancel: asking.cancel};
			later({type: 'log-busy', busy: {id, what, done: 0}});
			const answer: LogAnswer<R['type']> | undefined = await asking.answer.catch(failed(hands));
			if (current?.id !== id) return undefined;
			current = undefined;
			hush();
			if (answer) noteCover(hands, answer.cover);
			return answer;
		},
	};
}
