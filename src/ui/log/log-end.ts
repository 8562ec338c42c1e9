import type {LogStart} from '../../domain/log-reading.ts';
import {failed, type LogHands} from './log-hands.ts';

/**
 * Behind the last line that is on the screen where no other place is looked at: the log's end, or of a frozen display the
 * end of its moment. What the log has lost since was before its beginning.
 */
export async function shownEnd(hands: LogHands): Promise<LogStart> {
	const {desk, frame} = hands;
	const {frozen} = frame().view;
	if (!frozen) return 'end';
	const last = frozen.shown.log.lines.at(-1);
	if (last === undefined) return 'begin';
	const line = await desk.ask({type: 'locate', text: last}).answer.catch(failed(hands));
	if (line?.place === undefined) return 'begin';
	const page = {type: 'page' as const, from: line.place, to: 'newer' as const, rows: 1, filters: []};
	const behind = await desk.ask(page).answer.catch(failed(hands));
	const [found] = behind?.rows ?? [];
	// Where the line itself is gone, the place is that of the first one after it.
	return found && last.startsWith(found.text) ? behind!.reached : line.place;
}
