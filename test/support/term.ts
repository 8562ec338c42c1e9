/** A program in a real pseudo-terminal, its screen readable cell by cell. */

import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {until} from './until.ts';

export type Term = ReturnType<typeof launch>;

/** `answers` false: a terminal that knows no questions. */
export type TermOptions = {
	columns?: number;
	rows?: number;
	env?: Record<string, string>;
	cwd?: string;
	answers?: boolean;
};

/** The environment of a person at a terminal: none of the test runner's, none of a build server's. */
function terminalEnvironment(extra: Record<string, string>): Record<string, string> {
	const isForeign = (name: string) =>
		/^(CI|CONTINUOUS_INTEGRATION|GITHUB_|VITEST|NODE_ENV|NODE_OPTIONS|NO_COLOR|FORCE_COLOR|LBTOP_|npm_)/.test(name);
	const kept = Object.entries(process.env).filter(
		(pair): pair is [string, string] => pair[1] !== undefined && !isForeign(pair[0]),
	);
	return {...Object.fromEntries(kept), TERM: 'xterm-256color', COLORTERM: 'truecolor', ...extra};
}

/** Starts `file`; `close` ends it for sure. Arguments must be strings: anything else crashes node-pty. */
export function launch(file: string, args: string[] = [], options: TermOptions = {}) {
	const {columns = 80, rows = 24, env = {}, cwd, answers = true} = options;
	const vt = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
	const pty: IPty = spawn(file, args, {
		cols: columns,
		rows,
		name: env.TERM ?? 'xterm-256color',
		env: terminalEnvironment(env),
		...(cwd === undefined ? {} : {cwd}),
	});
	if (answers) vt.onData(data => pty.write(data));
	let raw = '';
	let exit: {exitCode: number; signal?: number} | undefined;
	let unread = 0;
	let brokenOffAt = -1;
	pty.onData(data => {
		raw += data;
		unread++;
		vt.write(data, () => unread--);
	});
	const exited = new Promise<{exitCode: number; signal?: number}>(resolve => {
		pty.onExit(result => {
			exit = result;
			// Behind all that was read before: who waits for the end looks at the last screen.
			vt.write('', () => resolve(result));
		});
	});
	const begun = () => raw.lastIndexOf('\x1b[?2026h');
	/** No frame is half drawn: its pieces may be read one by one. */
	const isWhole = () => raw.lastIndexOf('\x1b[?2026l') >= begun() || begun() === brokenOffAt || exit !== undefined;
	const line = (y: number) => vt.buffer.active.getLine(vt.buffer.active.viewportY + y);
	const text = () => Array.from({length: vt.rows}, (_, y) => line(y)?.translateToString(true) ?? '');
	const screen = () => text().join('\n');
	return {
		pid: pty.pid,
		exited,
		/** All that was ever written to the terminal. */
		raw: () => raw,
		/** The screen's rows, without blanks at their ends. */
		text,
		screen,
		cell: (x: number, y: number) => {
			const cell = line(y)?.getCell(x);
			return {text: cell?.getChars() ?? '', foreground: cell?.getFgColor() ?? -1, isBold: Boolean(cell?.isBold())};
		},
		isAlternateScreen: () => vt.buffer.active.type === 'alternate',
		cursor: () => ({x: vt.buffer.active.cursorX, y: vt.buffer.active.cursorY}),
		/** What the terminal does with the mouse: `none`, or it is reported. */
		mouse: () => vt.modes.mouseTrackingMode,
		modes: () => vt.modes,
		isCursorHidden: () => raw.lastIndexOf('\x1b[?25l') > raw.lastIndexOf('\x1b[?25h'),
		press: (keys: string) => pty.write(keys),
		resize: (to: {columns: number; rows: number}) => {
			vt.resize(to.columns, to.rows);
			pty.resize(to.columns, to.rows);
		},
		/** Waits until the screen shows something, or a condition holds, with everything read so far drawn and no frame half. */
		until: (what: RegExp | (() => boolean), bound: number | {looks: number} = 20_000) =>
			until(() => unread === 0 && isWhole() && (typeof what === 'function' ? what() : what.test(screen())), {
				...(typeof bound === 'number' ? {ms: bound} : bound),
				what: () => `${String(what)}\n--- screen\n${screen()}\n--- exit ${JSON.stringify(exit)}`,
			}),
		/** The program is gone, by `kill -9`: if the frame it had begun is not whole, it never will be. */
		breakOff: () => {
			brokenOffAt = begun();
		},
		/** Reads nothing more, as a stalled connection does: what the kernel has no room for the program cannot write. */
		stall: () => pty.pause(),
		/** Reads again. */
		resume: () => pty.resume(),
		/** Closes the terminal under the program, as a window that is closed does. */
		hangUp: () => (pty as IPty & {destroy(): void}).destroy(),
		close: () => {
			try {
				pty.kill('SIGKILL');
			} catch {
				// It has ended by itself.
			}
			vt.dispose();
		},
	};
}
