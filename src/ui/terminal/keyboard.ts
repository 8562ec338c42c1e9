/**
 * Reads a terminal's input: splits what comes into keys, mouse reports and replies, waits a moment to know a lone Esc,
 * never takes a paste, a late reply or a chopped report for keys.
 */

import {StringDecoder} from 'node:string_decoder';
import {flushKeys, type Input, isReportBegun, nothingPending, readKeys} from './keys.ts';

/** A sequence's bytes come together; an ESC with nothing behind it for this long is the key. */
const escapeMs = 50;

/** A slow line may tear a report apart: its rest is waited for so long. */
const reportMs = 1000;

/** For so long what comes may be the rest of a sequence whose ESC was taken for the key. */
const lostMs = 150;

/** What follows an unmarked paste this closely is its rest: a long one comes in several chunks. */
const pasteTailMs = 100;

type Settings = {
	input: NodeJS.ReadStream;
	onInput: (input: Input) => void;
	/** `isMore`: the rest of a paste that came in pieces. */
	onPaste: (text: string, how: {isMore: boolean}) => void;
	/** The input has ended or broken: nobody can press a key any more. */
	onEnd: () => void;
};

type Keyboard = {
	/** Leaves what is typed to someone else, until `go`. */
	rest(): void;
	go(): void;
	/** Stops reading and lets the process end. May be called twice. */
	close(): void;
};

/** Starts reading. */
export function openKeyboard({input, onInput, onPaste, onEnd}: Settings): Keyboard {
	const decoder = new StringDecoder('utf8');
	let pending = nothingPending;
	let timer: NodeJS.Timeout | undefined;
	let lostTimer: NodeJS.Timeout | undefined;
	let begunAt = 0;
	let pastedAt = Number.NEGATIVE_INFINITY;

	const onData = (chunk: Buffer | string) => {
		clearTimeout(timer);
		const before = pending.text;
		const read = readKeys(pending, typeof chunk === 'string' ? chunk : decoder.write(chunk));
		pending = read.pending;
		const isTail = performance.now() - pastedAt < pasteTailMs;
		if (read.pasted || isTail) {
			onPaste(read.pastedText, {isMore: isTail});
			// A single key is dropped too, but nobody who holds one down waits for ever.
			if (read.pasted || read.inputs.length > 1) pastedAt = performance.now();
		}
		for (const each of read.inputs) if (!isTail || each.type === 'reply') onInput(each);
		waitForRest(before);
	};
	const waitForRest = (before: string) => {
		if (pending.text === '' || pending.inPaste) return;
		if (before === '' || !pending.text.startsWith(before)) begunAt = performance.now();
		const waitMs = isReportBegun(pending) ? reportMs - (performance.now() - begunAt) : escapeMs;
		timer = setTimeout(flush, Math.max(0, waitMs));
	};
	const flush = () => {
		const flushed = flushKeys(pending);
		pending = flushed.pending;
		clearTimeout(lostTimer);
		lostTimer = setTimeout(() => {
			if (pending.lost !== undefined) pending = {text: pending.text, inPaste: pending.inPaste};
		}, lostMs);
		for (const key of flushed.keys) onInput({type: 'key', key});
	};
	let isClosed = false;
	const onGone = () => {
		if (!isClosed) onEnd();
	};
	input.on('data', onData);
	input.on('end', onGone);
	// Stays: an error of an input that nobody reads any more is nobody's concern, and must not end the process.
	input.on('error', onGone);
	input.resume();
	return {
		rest: () => void input.pause(),
		go: () => {
			if (!isClosed) input.resume();
		},
		close: () => {
			clearTimeout(timer);
			clearTimeout(lostTimer);
			isClosed = true;
			input.off('data', onData);
			input.off('end', onGone);
			input.pause();
		},
	};
}
