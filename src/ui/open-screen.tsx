/** Opens the screen on a terminal: wires what is true, how it is looked at, and what is typed. */

import {render} from 'ink';
import type {Command, CommandResult} from '../domain/command.ts';
import type {Store} from '../state/store.ts';
import {App, contextOf} from './App.tsx';
import {createFrames} from './frames.ts';
import type {Act} from './keymap/key-row.ts';
import {actsOf} from './keymap/keymap.ts';
import {createCanvas} from './terminal/canvas.ts';
import {openKeyboard} from './terminal/keyboard.ts';
import {createPainter} from './terminal/painter.ts';
import {createSuspension} from './terminal/suspension.ts';
import {openTerminal} from './terminal/terminal.ts';
import {createTheme, type ScreenSettings} from './theme.ts';

export type ScreenOptions = {
	store: Store;
	/** Carries out a command; a refusal says why. */
	send(command: Command): Promise<CommandResult>;
	/** Ends the run, gently or now. The screen stays until `close`, and says what is being waited for. */
	quit(now: boolean): void;
	settings: ScreenSettings;
	input?: NodeJS.ReadStream;
	output?: NodeJS.WriteStream;
};

/** `close` gives the terminal back, with whatever others wrote meanwhile; it may be called twice, from anywhere. */
export type Screen = {close(): void};

/** Takes the terminal and paints the first frame before it returns. Nothing else may write to the terminal until `close`. */
export function openScreen(options: ScreenOptions): Screen {
	const {store, send, quit, settings, input = process.stdin, output = process.stdout} = options;
	const terminal = openTerminal({input, output});
	const canvas = createCanvas();
	const painter = createPainter({canvas, size: terminal.size, write: terminal.write});
	const frames = createFrames({store, size: terminal.size});
	const suspension = createSuspension({terminal, onLeave: painter.pause, onBack: repaint});

	function repaint() {
		painter.renew();
		frames.refresh();
	}
	const say = (text: string) => frames.act({type: 'notice', text, echoAt: store.get().echo?.at});
	const carryOut = async (command: Command) => {
		try {
			const result = await send(command);
			if (!result.ok) say(result.reason);
		} catch (error) {
			say(`could not do it: ${error instanceof Error ? error.message : String(error)}`);
		}
	};
	const perform = (act: Act) => {
		switch (act.type) {
			case 'view':
				return frames.act(act.action);
			case 'send':
				return void carryOut(act.command);
			case 'quit':
				return quit(act.now);
			case 'repaint':
				return repaint();
			case 'suspend':
				return suspension.suspend();
		}
	};
	const keyboard = openKeyboard({
		input,
		onKey: key => {
			if (frames.snapshot().view.notice) frames.act({type: 'hush'});
			for (const act of actsOf(key, {...contextOf(frames.snapshot()), live: store.get()})) perform(act);
		},
		onPaste: () => say('pasted text is not taken for keys'),
		onEnd: () => quit(false),
	});
	terminal.onResize(repaint);
	const app = render(<App frames={frames} tools={{canvas, theme: createTheme(settings)}} />, {
		stdout: painter.stdout,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});

	let isClosed = false;
	const close = () => {
		if (isClosed) return;
		isClosed = true;
		frames.close();
		painter.close();
		keyboard.close();
		suspension.close();
		terminal.close();
		app.unmount();
	};
	// A component that throws unmounts everything: without this the screen would just stand still.
	app.waitUntilExit().catch((error: unknown) => {
		if (isClosed) return;
		close();
		throw error;
	});
	return {close};
}
