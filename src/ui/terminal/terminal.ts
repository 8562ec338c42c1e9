/**
 * Owns the terminal while the screen is up: alternate screen, raw mode, no cursor, no line wrap, bracketed paste. Gives
 * it back as it was, on every way out but SIGKILL. What anyone else writes meanwhile is held and shown afterwards.
 */

import {holdWrites} from './held-writes.ts';
import type {Size} from './painter.ts';

export type Terminal = {
	size(): Size;
	write(text: string): void;
	enter(): void;
	/** Gives the terminal back, until `enter`. May be called twice. */
	leave(): void;
	onResize(listener: () => void): void;
	/** Leaves for good. May be called twice, also while the process exits. */
	close(): void;
};

/** Signals that end a process where nobody listens; whoever runs the lab answers the usual ones (INT, TERM, HUP) itself. */
const deadly = ['SIGQUIT', 'SIGABRT', 'SIGALRM', 'SIGUSR2', 'SIGXCPU'] as const;

const enterModes = '\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[?25l\x1b[2J\x1b[H';
const leaveModes = '\x1b[?2026l\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?7h\x1b[?1049l';

/** Enters at once: raw mode before the first frame, so that an early Ctrl-C is a key and not a signal. */
export function openTerminal({input, output}: {input: NodeJS.ReadStream; output: NodeJS.WriteStream}): Terminal {
	const listeners: (() => void)[] = [];
	let isOpen = false;
	let isGone = false;
	let release = () => {};
	const write = output.write.bind(output);

	// A terminal that was closed under us cannot be written to: the end of the run comes by SIGHUP or the end of input.
	const onError = () => {
		isGone = true;
	};
	const onResize = () => {
		for (const listener of listeners) listener();
	};
	const onDeadly = (signal: NodeJS.Signals) => {
		terminal.close();
		process.kill(process.pid, signal);
	};
	const terminal: Terminal = {
		size: () => ({columns: output.columns || 80, rows: output.rows || 24}),
		write: text => {
			if (isOpen && !isGone) write(text);
		},
		enter: () => {
			if (isOpen) return;
			isOpen = true;
			setRaw(input, true);
			release = holdWrites([output, process.stderr].filter(stream => stream.isTTY));
			write(enterModes);
		},
		leave: () => {
			if (!isOpen) return;
			isOpen = false;
			setRaw(input, false);
			if (!isGone) write(leaveModes);
			release();
		},
		onResize: listener => void listeners.push(listener),
		close: () => {
			terminal.leave();
			output.off('resize', onResize);
			process.off('exit', terminal.leave);
			for (const signal of deadly) process.off(signal, onDeadly);
		},
	};
	output.on('error', onError);
	output.on('resize', onResize);
	process.on('exit', terminal.leave);
	for (const signal of deadly) process.on(signal, onDeadly);
	terminal.enter();
	return terminal;
}

function setRaw(input: NodeJS.ReadStream, isRaw: boolean) {
	try {
		if (input.isTTY) input.setRawMode(isRaw);
	} catch {
		// The terminal is gone (EIO, EBADF): there are no modes left to set.
	}
}
