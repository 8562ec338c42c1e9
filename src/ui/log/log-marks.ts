import type {LogDirection, LogRow} from '../../domain/log-reading.ts';
import {t} from '../../words/words.ts';
import type {LogMark} from './log-view.ts';

/** More lines are not marked: their texts are kept to be copied. */
const mostMarks = 100;

/** The marks with this line's, or without it where it had one. A string says why not; `unmark` is the key that helps. */
export function toggled(marks: LogMark[], {place, text}: LogRow, unmark: string): LogMark[] | string {
	const others = marks.filter(mark => mark.place !== place);
	if (others.length < marks.length) return others;
	if (marks.length >= mostMarks)
		return t('{count} lines are marked: {key} takes all marks away', {count: mostMarks, key: unmark});
	return [...marks, {place, text}].sort((a, b) => a.place - b.place);
}

/** The next mark in a direction from a place, round at the ends. */
export function nextMark(marks: LogMark[], place: number, to: LogDirection): LogMark | undefined {
	return to === 'newer'
		? (marks.find(mark => mark.place > place) ?? marks[0])
		: (marks.findLast(mark => mark.place < place) ?? marks.at(-1));
}
