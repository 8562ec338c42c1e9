/** Reads keys from a terminal's input: splits what comes, waits a moment to know a lone Esc, never takes a paste for keys. */

import {StringDecoder} from 'node:string_decoder';
import {flushKeys, type Key, nothingPending, readKeys} from './keys.ts';

/** A sequence's bytes come together; an ESC with nothing behind it for this long is the key. */
const escapeMs = 50;

/** What follows an unmarked paste this closely is its rest: a long one comes in several chunks. */
const pasteTailMs = 100;

type Settings = {
	input: NodeJS.ReadStream;
	onKey: (key: Key) => void;
	onPaste: () => void;
	/** The input has ended or broken: nobody can press a key any more. */
	onEnd: () => void;
};

/** Starts reading. `close` stops it and lets the process end; it may be called twice. */
export function openKeyboard({input, onKey, onPaste, onEnd}: Settings): {close(): void} {
	const decoder = new StringDecoder('utf8');
	let pending = nothingPending;
	let timer: NodeJS.Timeout | undefined;
	let pastedAt = Number.NEGATIVE_INFINITY;

	const onData = (chunk: Buffer | string) => {
		clearTimeout(timer);
		const read = readKeys(pending, typeof chunk === 'string' ? chunk : decoder.write(chunk));
		pending = read.pending;
		const isTail = performance.now() - pastedAt < pasteTailMs;
		if (read.pasted || isTail) {
			if (!isTail) onPaste();
			pastedAt = performance.now();
		}
		if (!isTail) for (const key of read.keys) onKey(key);
		if (pending.text !== '' && !pending.inPaste) timer = setTimeout(flush, escapeMs);
	};
	const flush = () => {
		const flushed = flushKeys(pending);
		pending = flushed.pending;
		for (const key of flushed.keys) onKey(key);
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
		close: () => {
			clearTimeout(timer);
			isClosed = true;
			input.off('data', onData);
			input.off('end', onGone);
			input.pause();
		},
	};
}
