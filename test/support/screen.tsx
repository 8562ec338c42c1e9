/** Draws the app for a state into a terminal's cells, through the painter, without a terminal. */

import {EventEmitter} from 'node:events';
import xterm from '@xterm/headless';
import {render} from 'ink';
import type {ThemeChoice} from '../../src/domain/theme-name.ts';
import type {State} from '../../src/state/state.ts';
import {App, contextOf} from '../../src/ui/App.tsx';
import {createFrames} from '../../src/ui/frames.ts';
import {bindKeys, type OwnKeys} from '../../src/ui/keymap/bind-keys.ts';
import type {KeyRow} from '../../src/ui/keymap/key-row.ts';
import {actsOf, keymap} from '../../src/ui/keymap/keymap.ts';
import {pasteActs} from '../../src/ui/keymap/paste.ts';
import {mouseActs} from '../../src/ui/mouse.ts';
import {createCanvas} from '../../src/ui/terminal/canvas.ts';
import type {MouseReport} from '../../src/ui/terminal/mouse-report.ts';
import {createPainter} from '../../src/ui/terminal/painter.ts';
import {createThemes} from '../../src/ui/theme.ts';

export type Cell = {text: string; width: number; foreground: number};

export type TestScreen = Awaited<ReturnType<typeof openTestScreen>>;

type Options = {
	columns: number;
	rows: number;
	ascii?: boolean;
	color?: boolean;
	theme?: ThemeChoice;
	own?: OwnKeys;
	table?: KeyRow[];
};

/** A screen over a state that the test changes; `press` acts on the view, commands are collected in `sent`. */
export async function openTestScreen(
	state: State,
	{columns, rows, ascii = false, color = true, theme, own = {}, table = keymap}: Options,
) {
	const vt = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 100});
	const size = {columns, rows};
	const listeners = new Set<() => void>();
	const sent: unknown[] = [];
	const writes: string[] = [];
	let current = state;
	const store = {
		get: () => current,
		subscribe: (listener: () => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const canvas = createCanvas();
	const written: Promise<void>[] = [];
	const write = (text: string) => {
		writes.push(text);
		written.push(new Promise(resolve => vt.write(text, resolve)));
	};
	const painter = createPainter({canvas, size: () => size, write, isFree: () => true});
	const frames = createFrames({store, size: () => size, keymap: bindKeys(table, own)});
	const themes = createThemes({ascii, color, theme}, {level: 3});
	const app = render(<App frames={frames} canvas={canvas} themes={themes} />, {
		stdout: painter.stdout,
		stdin: new EventEmitter() as NodeJS.ReadStream,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});
	const settled = async () => {
		await new Promise(resolve => setImmediate(resolve));
		await Promise.all(written.splice(0));
	};
	await settled();
	const cellRows = (): Cell[][] =>
		Array.from({length: size.rows}, (_, y) =>
			Array.from({length: size.columns}, (_, x) => {
				const cell = vt.buffer.active.getLine(vt.buffer.active.baseY + y)!.getCell(x)!;
				return {
					text: cell.getChars() || (cell.getWidth() === 0 ? '' : ' '),
					width: cell.getWidth(),
					foreground: cell.getFgColor(),
				};
			}),
		);
	return {
		sent,
		writes,
		cells: cellRows,
		/** The rows as text. */
		text: () => cellRows().map(row => row.map(({text}) => text).join('')),
		view: () => frames.snapshot().view,
		layout: () => contextOf(frames.snapshot()).layout,
		async press(...keys: string[]) {
			for (const key of keys)
				for (const act of actsOf(key, {...contextOf(frames.snapshot()), live: current}))
					if (act.type === 'view') frames.act(act.action);
					else sent.push(act);
			await settled();
		},
		/** A report of the mouse, at a cell. */
		async mouse(action: MouseReport['action'], x: number, y: number) {
			const context = {...contextOf(frames.snapshot()), live: current};
			for (const act of mouseActs({action, x, y}, context, canvas.targetAt))
				if (act.type === 'view') frames.act(act.action);
				else sent.push(act);
			await settled();
		},
		/** Pasted text, as the keyboard hands it on. */
		async paste(text: string) {
			for (const act of pasteActs(text, {...contextOf(frames.snapshot()), live: current}))
				if (act.type === 'view') frames.act(act.action);
				else sent.push(act);
			await settled();
		},
		/** Where the terminal's cursor is. */
		cursor: () => ({x: vt.buffer.active.cursorX, y: vt.buffer.active.cursorY}),
		async show(next: State) {
			current = next;
			for (const listener of listeners) listener();
			frames.refresh();
			await settled();
		},
		async resize(to: {columns: number; rows: number}) {
			Object.assign(size, to);
			vt.resize(to.columns, to.rows);
			painter.renew();
			frames.refresh();
			await settled();
		},
		close() {
			frames.close();
			painter.close();
			app.unmount();
			vt.dispose();
		},
	};
}
