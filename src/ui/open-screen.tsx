/** Opens the screen on a terminal: wires what is true, how it is looked at, and what is typed. */

import v8 from 'node:v8';
import {render} from 'ink';
import type {Command, CommandResult} from '../domain/command.ts';
import type {LogDesk} from '../domain/log-reading.ts';
import {errorSentence} from '../domain/system-error.ts';
import type {Store} from '../state/store.ts';
import {t, told} from '../words/words.ts';
import {App, contextOf} from './App.tsx';
import {noticeMarkCells} from './Footer.tsx';
import {createFrames} from './frames.ts';
import {keyOf} from './keymap/key-names.ts';
import {type Act, isWriting, placeOf} from './keymap/key-row.ts';
import {actsOf} from './keymap/keymap.ts';
import {pasteActs} from './keymap/paste.ts';
import {signCells} from './log/log-lines.ts';
import {createLogReading} from './log/log-reading.ts';
import {firstLogView} from './log/log-view.ts';
import {mouseActs} from './mouse.ts';
import {type SavedReport, savedWords} from './saved-report.ts';
import type {ScreenSettings} from './screen-settings.ts';
import {readAnswer} from './terminal/answers.ts';
import {createCanvas} from './terminal/canvas.ts';
import {copyOf} from './terminal/clipboard.ts';
import {openKeyboard} from './terminal/keyboard.ts';
import type {Input} from './terminal/keys.ts';
import {page, pagerOf} from './terminal/pager.ts';
import {createPainter} from './terminal/painter.ts';
import {createSuspension} from './terminal/suspension.ts';
import {openTerminal} from './terminal/terminal.ts';
import {createThemes, groundHint} from './theme.ts';
import {createToasts} from './toasts.ts';
import {firstView, type ViewAction} from './view.ts';

type ScreenOptions = {
	store: Store;
	/** Carries out a command; a refusal says why. */
	send(command: Command): Promise<CommandResult>;
	/** Ends the run, gently or now. The screen stays until `close`, and says what is being waited for. */
	quit(now: boolean): void;
	/** Keeps what the screen itself had to say, for those who look later. */
	tell(text: string): void;
	/** Writes a report of the run so far. */
	save(): Promise<SavedReport>;
	/** What a shell can be told to get the same as the report; absent: there is no such thing. */
	reportCommand?: string;
	settings: ScreenSettings;
	/** Who reads log.txt back; absent: there is no file, only what the state keeps of it. Closed with the screen. */
	log?: LogDesk;
	input?: NodeJS.ReadStream;
	output?: NodeJS.WriteStream;
};

/**
 * `say` tells a sentence at the bottom, which is among the events afterwards. `close` gives the terminal back, with
 * whatever others wrote meanwhile; it may be called twice, from anywhere.
 */
export type Screen = {say(text: string): void; close(): void};

/** Takes the terminal and paints the first frame before it returns. Nothing else may write to the terminal until `close`. */
export function openScreen(options: ScreenOptions): Screen {
	const {
		store,
		send,
		quit,
		tell,
		save,
		reportCommand,
		settings,
		log,
		input = process.stdin,
		output = process.stdout,
	} = options;
	// Much of what a frame makes lives until the next: collected as often as elsewhere it would cost a third more.
	v8.setFlagsFromString('--semi-space-growth-factor=2');
	const {mouse = false, cursor = false} = settings;
	const terminal = openTerminal({input, output, mouse, cursor});
	const canvas = createCanvas();
	const painter = createPainter({canvas, ...terminal});
	const {keymap, layout} = settings;
	const view = {...firstView, ...(layout ? {layout} : {}), log: {...firstLogView, hasFile: log !== undefined}};
	const frames = createFrames({store, size: terminal.size, view, ...(keymap ? {keymap} : {})});
	const toasts = createToasts({hush: () => frames.act({type: 'hush'}), tell});
	const themes = createThemes(settings, {hint: groundHint(process.env)});
	const suspension = createSuspension({terminal, onLeave: painter.pause, onBack: repaint});

	function repaint() {
		painter.renew();
		frames.refresh();
	}
	const say = (text: string) => show({type: 'notice', text, echoAt: store.get().echo?.at});
	const show = (action: ViewAction) => {
		if (action.type === 'notice') toasts.shown(action.text);
		frames.act(action);
	};
	/** The run has told it by itself. */
	const refused = (text: string) => {
		toasts.shown(text, {isKept: false});
		frames.act({type: 'notice', text, echoAt: store.get().echo?.at});
	};
	const keepReport = async () => {
		const saved = await save();
		const advice = {key: keyOf('save', frames.snapshot().keymap), command: reportCommand};
		toasts.shown(savedWords(saved, advice)); // whole among the events
		const room = terminal.size().columns - noticeMarkCells;
		const tone = 'files' in saved ? ({tone: 'good'} as const) : {};
		const text = savedWords(saved, {...advice, room});
		frames.act({type: 'notice', text, echoAt: store.get().echo?.at, ...tone});
	};
	const carryOut = async (command: Command) => {
		try {
			const result = await send(command);
			if (!result.ok) refused(told(result.reason));
		} catch (error) {
			say(t('could not do it: {reason}', {reason: told(errorSentence(error))}));
		}
	};
	const perform = (act: Act) => {
		switch (act.type) {
			case 'view':
				return show(act.action);
			case 'send':
				return void carryOut(act.command);
			case 'log':
				return reading?.perform(act.ask);
			case 'quit':
				return quit(act.now);
			case 'save':
				return void keepReport();
			case 'repaint':
				return repaint();
			case 'suspend':
				return suspension.refusal === undefined ? suspension.suspend() : say(suspension.refusal);
			case 'mouse':
				terminal.setMouse(!terminal.takesMouse());
				return say(
					terminal.takesMouse()
						? t('mouse on: Shift selects text, {key} gives it back', {key: keyOf('mouse', frames.snapshot().keymap)})
						: t('mouse off: text is selected as ever'),
				);
		}
	};
	const context = () => ({...contextOf(frames.snapshot()), live: store.get()});
	const onInput = (given: Input) => {
		if (given.type === 'reply') return listen(given.text);
		const acts =
			given.type === 'key' ? () => actsOf(given.key, context()) : () => mouseActs(given, context(), canvas.targetAt);
		if (given.type === 'mouse' && given.action === 'other') return;
		for (const act of acts()) perform(act);
	};
	/** What the terminal answers to the questions of the beginning. */
	const listen = (reply: string) => {
		const answer = readAnswer(reply);
		if (answer?.type === 'last') terminal.answered();
		if (answer?.type === 'background' && themes.onGround(answer.ground)) frames.refresh();
		if (answer?.type !== 'column' || answer.column <= 2 || !themes.needAscii()) return;
		painter.doubt();
		frames.refresh();
	};
	const keyboard = openKeyboard({
		input,
		onInput,
		onPaste: (text, {isMore}) => {
			if (isMore && !isWriting(placeOf(frames.snapshot()))) return;
			for (const act of pasteActs(text, context())) perform(act);
		},
		onEnd: () => quit(false),
	});
	const openPager = async (path: string, byte: number) => {
		keyboard.rest();
		const told = await suspension.lend(() => page(path, byte, pagerOf(process.env)));
		keyboard.go();
		if (told !== undefined) say(told);
	};
	const copy = (text: string) => {
		const {sequence, told} = copyOf(text, process.env);
		terminal.write(sequence);
		say(told);
	};
	const logRect = () => contextOf(frames.snapshot()).layout?.panes.log;
	const height = () => (logRect()?.height ?? 12) - 2;
	const width = () => (logRect()?.width ?? 80) - 2 - signCells;
	const reading = log && createLogReading({desk: log, frames, say, height, width, copy, openPager});
	terminal.onResize(repaint);
	terminal.onFree(() => painter.isBehind() && frames.refresh());
	if (settings.theme) frames.act({type: 'theme', name: settings.theme});
	const app = render(<App frames={frames} canvas={canvas} themes={themes} />, {
		stdout: painter.stdout,
		debug: true,
		patchConsole: false,
		exitOnCtrlC: false,
	});

	let isClosed = false;
	const close = () => {
		if (isClosed) return;
		isClosed = true;
		reading?.close();
		toasts.close();
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
	return {say, close};
}
