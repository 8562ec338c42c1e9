/**
 * Owns the terminal while the screen is up: alternate screen, raw mode, no line wrap, bracketed paste, the mouse where it
 * is wanted. Gives it back as it was, on every way out but SIGKILL (`lbtop reset` is for that). What anyone else writes
 * meanwhile is held and shown afterwards.
 */

import {openOutlet} from '../../output/outlet.ts';
import {questionsFor} from './answers.ts';
import {drainAnswers} from './drain.ts';
import {holdWrites} from './held-writes.ts';
import type {Size} from './painter.ts';

export type Terminal = {
	size(): Size;
	/** Never waits: what a slow terminal does not take is kept, and written behind what was written before. */
	write(text: string): void;
	/** The terminal has taken all that was written. */
	isFree(): boolean;
	/** A terminal that was slow has taken everything. */
	onFree(listener: () => void): void;
	enter(): void;
	/** Gives the terminal back, until `enter`. May be called twice. */
	leave(): void;
	onResize(listener: () => void): void;
	/** Whether the terminal reports clicks and the wheel; then it selects no text by them. */
	takesMouse(): boolean;
	setMouse(isTaken: boolean): void;
	/** Every question asked at the start is answered: nothing more comes, nothing need be waited for. */
	answered(): void;
	/** Leaves for good. May be called twice, also while the process exits. */
	close(): void;
};

/** Signals that end a process where nobody listens; whoever runs the lab answers the usual ones (INT, TERM, HUP) itself. */
const deadly = ['SIGQUIT', 'SIGABRT', 'SIGALRM', 'SIGUSR2', 'SIGXCPU'] as const;

const enterModes = '\x1b[?1049h\x1b[?7l\x1b[?2004h';
const blank = '\x1b[2J\x1b[H';
const mouseOn = '\x1b[?1000h\x1b[?1006h';
const mouseOff = '\x1b[?1006l\x1b[?1000l';
/** Also what undoes another program's leftovers, where `lbtop reset` says it. */
const leaveModes = `\x1b[?2026l${mouseOff}\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?7h\x1b[?1049l`;

/** Whoever gets the terminal next should find it right; longer than this a terminal that does not read is not waited for. */
const leaveMs = 5000;

/** A terminal that has not answered by then does not know the questions. */
const answerMs = 1000;

type Settings = {
	input: NodeJS.ReadStream;
	output: NodeJS.WriteStream;
	mouse?: boolean;
	/** The cursor is seen where it is; otherwise it is only put there, for screen readers and magnifiers. */
	cursor?: boolean;
};

/** Enters at once: raw mode before the first frame, so that an early Ctrl-C is a key and not a signal. */
export function openTerminal({input, output, mouse = false, cursor = false}: Settings): Terminal {
	const listeners: (() => void)[] = [];
	const whenFree: (() => void)[] = [];
	const openedAt = performance.now();
	let questions = questionsFor(process.env);
	let isAnswered = false;
	let takesMouse = mouse;
	let isOpen = false;
	let isGone = false;
	let release = () => {};
	// A terminal that was closed under us cannot be written to: the end of the run comes by SIGHUP or the end of input.
	const onError = () => {
		isGone = true;
	};
	const outlet = openOutlet({
		output,
		onFree: () => {
			for (const listener of whenFree) listener();
		},
		onGone: onError,
	});
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
			if (isOpen && !isGone) outlet.write(text);
		},
		isFree: outlet.isFree,
		onFree: listener => void whenFree.push(listener),
		enter: () => {
			if (isOpen) return;
			isOpen = true;
			setRaw(input, true);
			release = holdWrites([output, process.stderr].filter(stream => stream.isTTY));
			outlet.write(`${enterModes}${takesMouse ? mouseOn : ''}\x1b[?25${cursor ? 'h' : 'l'}${questions}${blank}`);
			questions = '';
		},
		leave: () => {
			if (!isOpen) return;
			isOpen = false;
			if (!isAnswered && !isGone && performance.now() - openedAt < answerMs) drainAnswers();
			setRaw(input, false);
			if (!isGone) outlet.write(leaveModes);
			outlet.flush(leaveMs);
			release();
		},
		onResize: listener => void listeners.push(listener),
		takesMouse: () => takesMouse,
		setMouse: isTaken => {
			takesMouse = isTaken;
			terminal.write(isTaken ? mouseOn : mouseOff);
		},
		answered: () => {
			isAnswered = true;
		},
		close: () => {
			terminal.leave();
			outlet.close();
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
