import type {LogDirection} from '../../domain/log-reading.ts';

/** What a key asks of the log that takes the file, the clipboard or the terminal to do. */
export type LogAsk =
	/** Stops following, with the cursor so many lines from the last one shown. */
	| {type: 'hold'; by: number}
	| {type: 'follow'}
	| {type: 'begin'}
	| {type: 'time'; text: string}
	| {type: 'search'; text: string}
	/** To the next line that has what is searched for. */
	| {type: 'next'; to: LogDirection}
	/** Adds a filter; one that is there already is taken away, with an empty text all are. */
	| {type: 'filter'; text: string}
	/** Takes the last filter away. */
	| {type: 'unfilter'}
	| {type: 'mark'}
	| {type: 'unmark'}
	| {type: 'to-mark'; to: LogDirection}
	| {type: 'copy'}
	| {type: 'pager'}
	/** The story of the message under the cursor; in a story, the line that is selected. */
	| {type: 'enter'};
