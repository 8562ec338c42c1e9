/** What can be asked of log.txt and the files it was rotated into, and what the answers are made of. */

/**
 * Where a line begins: one number, in the order of the lines through all files. The file's own number times
 * {@link placesPerFile}, plus the byte.
 */
export type LogPlace = number;
export const placesPerFile = 2 ** 40;

/** Where to read from: a place, or an end of the log. */
export type LogStart = LogPlace | 'begin' | 'end';

/** Towards the beginning of the log, or towards its end. */
export type LogDirection = 'older' | 'newer';

/** What a line is looked at for. A pattern is a regular expression; `by` and `label` look at these parts of a line. */
export type LogTerm =
	| {type: 'text'; text: string}
	| {type: 'pattern'; source: string; flags: string}
	| {type: 'by'; part: string}
	| {type: 'label'; label: string};

/** Lines that have it, or those that have it not. */
export type LogFilter = {term: LogTerm; excludes: boolean};

/** A line as it may be shown: escaped. `hits` are the beginnings and ends of what was searched for; `cutBytes`: too long by so much. */
export type LogRow = {place: LogPlace; text: string; hits: [from: number, to: number][]; cutBytes: number};

/** A line of a message's story; `wallMs` is unknown where the line bears no time. */
export type StoryRow = LogRow & {wallMs: number | undefined};

/** Which lines count: those that pass the filters, and what is searched for in them. */
type Among = {filters: LogFilter[]; search?: LogTerm | undefined};

/** A question to the log. */
export type LogRequest =
	/** Lines from a place on, or those before it. */
	| ({type: 'page'; from: LogStart; to: LogDirection; rows: number} & Among)
	/** The first line with what is searched for: from a place on, or before it. */
	| ({type: 'find'; from: LogStart; to: LogDirection} & Among)
	/** How many lines have what is searched for, from a place to the end. */
	| ({type: 'count'; from: LogStart} & Among)
	/** The first line at or after a time of day, of the day of the line at `near` unless the time names one. */
	| {type: 'time'; time: LogTime; near: LogStart}
	/** The last place of exactly this line, near the end. */
	| {type: 'locate'; text: string}
	/** Every line with this message's ID, in the run around `near`. */
	| {type: 'story'; id: string; near: LogPlace};

/** What the files hold as of an answer, the oldest first. */
export type LogCover = {
	bytes: number;
	begin: LogPlace;
	end: LogPlace;
	files: {path: string; begin: LogPlace; bytes: number}[];
};

/** What is answered, by the kind of question. */
export type LogAnswers = {
	/** In the order of the file. `reached`: how far was looked; `isEdge`: there is nothing more in that direction. */
	page: {rows: LogRow[]; reached: LogPlace; isEdge: boolean};
	find: {place: LogPlace | undefined};
	count: {hits: number; reached: LogPlace};
	/** `stamp`: the time of the line found, or without a place of the last line that has one. */
	time: {place: LogPlace | undefined; stamp: string | undefined};
	locate: {place: LogPlace | undefined};
	story: {rows: StoryRow[]; isCut: boolean};
};

/** What is known before the answer: how much of the way is done, 0–1, and what was found so far. */
export type LogPart = {done: number; rows?: LogRow[]; reached?: LogPlace; hits?: number};

/** An answer, and what the log held when it was given. */
export type LogAnswer<T extends LogRequest['type'] = LogRequest['type']> = LogAnswers[T] & {cover: LogCover};

/** Why there is no answer when an expression takes too long. */
export const stuckCode = 'STUCK';

/** `answer` is undefined once cancelled; it rejects where the log cannot be read, with the cause as the message. */
export type LogAsking<T extends LogRequest['type']> = {answer: Promise<LogAnswer<T> | undefined>; cancel(): void};

/** Who answers, without keeping anyone waiting at the keys. `close` may be called twice. */
export type LogDesk = {
	ask<R extends LogRequest>(request: R, onPart?: (part: LogPart) => void): LogAsking<R['type']>;
	close(): void;
};

/** A time of day to the millisecond, `14:02:31.000`, and a day where one was named, `2026-09-14`. */
export type LogTime = {day?: string; clock: string};
