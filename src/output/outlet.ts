/**
 * The way of bytes to a terminal or a pipe. One that does not read (a stalled ssh, a slow line, a pager) must not stop the
 * process that watches over the lab, so where that can be had nothing here waits: what is not taken is kept, and offered
 * again. Node's own stdout would block the whole process until all is taken.
 */

import {closeSync, constants, fstatSync, openSync, writeSync} from 'node:fs';
import {isatty} from 'node:tty';

export type Outlet = {
	/** Puts text on its way, behind all that was written before. */
	write(text: string): void;
	/** Everything was taken: more would not pile up. */
	isFree(): boolean;
	/** Waits until everything was taken, blocking, at most so long; what was not taken then is dropped. */
	flush(ms: number): void;
	/** What was not taken until now is dropped. May be called twice. */
	close(): void;
};

type Settings = {
	output: NodeJS.WriteStream;
	/** What was kept is taken now. */
	onFree: () => void;
	/** The terminal is no more, or the pipe has no reader: what is written from now on is dropped. */
	onGone: () => void;
};

/** How soon one that took nothing is offered it again. */
const retryMs = 15;

export function openOutlet({output, onFree, onGone}: Settings): Outlet {
	const way = reopened(output);
	return way === undefined ? plainOutlet(output, onGone) : patientOutlet(way, {onFree, onGone});
}

/**
 * The same terminal or pipe opened once more, so that not to wait is a property of ours alone: who inherited ours (a
 * shell, a pager) would be surprised by it. Only Linux can: elsewhere, and where it is not allowed (after `su`), undefined.
 * A file never waits, and opened once more it would be written from its beginning.
 */
function reopened({fd}: NodeJS.WriteStream & {fd?: number}): number | undefined {
	if (fd === undefined) return undefined;
	try {
		if (!isatty(fd) && !fstatSync(fd).isFIFO()) return undefined;
		return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
	} catch {
		return undefined;
	}
}

/** Node's own way: it waits, or keeps as much as is written. */
function plainOutlet(output: NodeJS.WriteStream, onGone: () => void): Outlet {
	const write = output.write.bind(output);
	output.on('error', onGone);
	return {write: text => void write(text), isFree: () => true, flush() {}, close() {}};
}

function patientOutlet(way: number, {onFree, onGone}: Omit<Settings, 'output'>): Outlet {
	let kept = Buffer.alloc(0);
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;

	/** Offers what is kept; true when it was all taken. */
	const offer = (): boolean => {
		try {
			while (kept.length > 0) kept = kept.subarray(writeSync(way, kept));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return false;
			kept = Buffer.alloc(0);
			onGone();
		}
		return true;
	};
	const retry = () => {
		timer = undefined;
		if (offer()) onFree();
		else timer = setTimeout(retry, retryMs);
	};
	return {
		write: text => {
			if (isClosed) return;
			kept = Buffer.concat([kept, Buffer.from(text)]);
			if (timer === undefined && !offer()) timer = setTimeout(retry, retryMs);
		},
		isFree: () => kept.length === 0,
		flush: ms => {
			const until = performance.now() + ms;
			const pause = new Int32Array(new SharedArrayBuffer(4));
			while (!isClosed && !offer() && performance.now() < until) Atomics.wait(pause, 0, 0, retryMs);
			kept = Buffer.alloc(0);
		},
		close: () => {
			if (isClosed) return;
			isClosed = true;
			clearTimeout(timer);
			closeSync(way);
		},
	};
}
