/**
 * The only writer of log.txt, used by every part: appends whole lines with one write a turn, follows the file by its
 * name, rotates it, and outlives a disk that is full or gone: what cannot be kept is counted and later written down.
 */

import type {LogDetail} from '../domain/plan.ts';
import type {LogTick} from '../domain/tick.ts';
import {openLogFile} from './log-file.ts';
import {escapeLogText, formatReadyLine, formatValues, type Label, type LogValues} from './log-line.ts';

/** `by` is who writes: the value of `by=` unless a line says otherwise. `keep`: rotated files beside the growing one. */
export type LogSettings = {file: string; detail: LogDetail; maxSizeBytes: number; keep: number; by: string};

export type LogManager = {
	/** Which message lines are written: 'all', 'clients' (only the clients' own), 'off' (none; other labels still are). */
	readonly detail: LogDetail;
	/** Queues one line. `text` and `values` are escaped here. `by=` defaults to the settings' `by`. */
	write(label: Label, text: string, values?: LogValues & {by?: string}): void;
	/** The hot path: `text` already escaped (see escapeLogText), `values` already formatted, such as `by=client-1 id=c1-17`. */
	writeReady(label: Label, text: string, values: string): void;
	/** Puts all queued lines into the file with one write, for whoever must know they are there before it acts. Never throws. */
	flush(): void;
	/**
	 * The same where nobody must know: at once when the log has been at rest, so that the lines of a slow run stand in
	 * the order of what happened; else together with others, at most {@link restMs} later. Called by itself each turn.
	 */
	settle(): void;
	tick(): LogTick;
	/** A last flush, and the file is closed. May be called twice; lines written after it are counted as dropped. */
	close(): void;
};

/** The most characters that wait while the file cannot be written; further lines are dropped and counted. */
export const queueBound = 8 * 1024 * 1024;

const flushAt = 256 * 1024;
const checkMs = 400;
/** Milliseconds after a write within which lines nobody waits for are gathered. */
const restMs = 5;
const retryMs = 100;

/** Opens (creates) the file. Throws an Error with a `code` and a message in one line when it cannot be written. */
export function openLogManager(settings: LogSettings): LogManager {
	const file = openLogFile(settings);
	let queue = '';
	let queuedLines = 0;
	let lines = 0;
	let bytes = 0;
	let dropped = 0;
	let untoldDropped = 0;
	/** The code of the write that failed last; empty while all is well. */
	let lastError = '';
	let lossCause = '';
	let retryAt = 0;
	let scheduled = false;
	let wroteAt = Number.NEGATIVE_INFINITY;
	let restTimer: NodeJS.Timeout | undefined;
	let closed = false;

	const writeReady = (label: Label, text: string, values: string) => {
		if (closed || (queue.length >= queueBound && lastError)) {
			dropped++;
			untoldDropped++;
			return;
		}
		queue += `${formatReadyLine(label, Date.now(), text, values)}\n`;
		queuedLines++;
		if (queue.length >= flushAt && !lastError) flush();
		else if (!scheduled) {
			scheduled = true;
			setImmediate(flushTurn);
		}
	};

	const flushTurn = () => {
		scheduled = false;
		settle();
	};

	const settle = () => {
		if (queuedLines === 0) return;
		const waitMs = wroteAt + restMs - performance.now();
		if (waitMs <= 0) return flush();
		restTimer ??= setTimeout(() => {
			restTimer = undefined;
			flush();
		}, waitMs);
	};

	const flush = () => {
		if (queuedLines === 0 || closed) return;
		if (lastError && performance.now() < retryAt) return;
		writeQueue();
		if (!lastError && untoldDropped > 0) tellDropped();
	};

	const writeQueue = () => {
		wroteAt = performance.now();
		const result = file.append(queue);
		bytes += result.bytes;
		if (result.error === undefined) {
			lines += queuedLines;
			queue = '';
			queuedLines = 0;
			lastError = '';
			return;
		}
		lines += result.lines;
		queuedLines -= result.lines;
		queue = result.rest;
		lastError = result.error;
		lossCause = result.error;
		retryAt = performance.now() + retryMs;
	};

	const tellDropped = () => {
		const values = {by: settings.by, dropped: untoldDropped, cause: lossCause};
		untoldDropped = 0;
		queue = `${formatReadyLine('Lab', Date.now(), `${values.dropped} log lines were lost`, formatValues(values))}\n`;
		queuedLines = 1;
		writeQueue();
	};

	const timer = setInterval(() => {
		file.follow();
		flush();
	}, checkMs);
	timer.unref();

	return {
		detail: settings.detail,
		write: (label, text, {by = settings.by, ...values} = {}) =>
			writeReady(label, escapeLogText(text), formatValues({by, ...values})),
		writeReady,
		flush,
		settle,
		tick: () => {
			const error = lastError || file.rotationError();
			return {type: 'log-tick', lines, bytes, dropped, ...(error ? {error} : {})};
		},
		close: () => {
			if (closed) return;
			clearInterval(timer);
			clearTimeout(restTimer);
			retryAt = 0;
			flush();
			closed = true;
			dropped += queuedLines;
			queue = '';
			queuedLines = 0;
			file.close();
		},
	};
}
