import {closeSync, constants, openSync, readSync} from 'node:fs';

/** The longest that leaving waits for answers under way: about a slow line's way there and back. */
const longestMs = 150;
const stepMs = 5;

/**
 * Reads away the answers that the terminal still owes, so that no shell gets them for typed text. Blocks, at most 150 ms;
 * where there is no `/dev/tty` (Windows), nothing is read.
 */
export function drainAnswers(): void {
	const until = performance.now() + longestMs;
	const pause = new Int32Array(new SharedArrayBuffer(4));
	const bytes = Buffer.alloc(256);
	let read = '';
	let tty: number | undefined;
	try {
		tty = openSync('/dev/tty', constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: the answer that comes last
		while (performance.now() < until && !/\x1b\[\?[\d;]*c/.test(read)) {
			try {
				const length = readSync(tty, bytes);
				if (length === 0) return;
				read += bytes.toString('latin1', 0, length);
			} catch (error) {
				if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
				Atomics.wait(pause, 0, 0, stepMs);
			}
		}
	} catch {
		// No terminal of our own to read from: nothing is owed to anyone.
	} finally {
		if (tty !== undefined) closeSync(tty);
	}
}
