/** `lbtop replay`: a run that was kept, once more on the screen. No process is started. */

import {createReadStream} from 'node:fs';
import {createInterface} from 'node:readline';
import {setTimeout as wait} from 'node:timers/promises';
import {type CommandHelp, invalid, readOptions, UsageError, type Values} from '../cli/option.ts';
import {row, text} from '../cli/option-kinds.ts';
import {options} from '../cli/options/index.ts';
import {screenOptions} from '../cli/options/screen.ts';
import type {Event} from '../domain/event.ts';
import {errorWords} from '../domain/system-error.ts';
import {plainLine} from '../report/plain-lines.ts';
import {judge, summarize} from '../report/summary.ts';
import {readBeginning, readEvent} from '../state/event-lines.ts';
import {createStore, type WritableStore} from '../state/store.ts';
import type {Screen} from '../ui/open-screen.tsx';
import {phrase, t, told} from '../words/words.ts';
import {print, printClosing} from './ending.ts';
import {saveReport} from './save-report.ts';
import {settingsOf} from './screen-usage.ts';

const {screenReader: _, ...screenRows} = screenOptions;
const speed = row('--speed <N>', 'so many times as fast, 0.1 to 1000, or max', {...text, parse: parseSpeed}, '1');
const help: CommandHelp = {
	name: 'lbtop replay',
	summary: 'Shows the events that --events kept, on the same screen or as plain lines. Nothing is started.',
	example: 'lbtop run kill-one --events run.ndjson; lbtop replay run.ndjson --speed 4',
	arguments: 'FILE',
};

/** What nothing happened in is passed over after so long: a recorder that slept is not worth waiting for. */
const longestPauseMs = 2000;

/** How many events are applied before others have their turn. */
const atOnce = 500;

/** Shows the file to its end; on the screen it stays until someone quits. Exit 2 where the file is not one of events. */
export async function replay(argv: string[]): Promise<void> {
	const {values, arguments: words} = readOptions(help, {speed, ...screenRows, lang: options.lang}, argv);
	const [file, ...more] = words;
	if (file === undefined || more.length > 0)
		throw new UsageError(t("replay: it is '{usage}'", {usage: 'lbtop replay FILE'}));
	const lines = linesOf(file);
	const first = await lines.next();
	const beginning = first.done ? undefined : readBeginning(first.value);
	if (!beginning) throw new UsageError(`${file}:1: ${t('not a file of events; lbtop run --events FILE makes one')}`);
	const store = createStore(beginning);
	const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb';
	const screen = isTerminal && !values.plain ? await showScreen(store, values) : undefined;
	const broken: string[] = [];
	await play(lines, {
		speed: values.speed,
		apply: event => {
			store.apply(event);
			const line = screen ? undefined : plainLine(store.get(), event);
			if (line !== undefined) print(process.stdout, line);
		},
		onBroken: (number, why) => {
			const text = phrase('{place}: {why}; it is left out', {place: `${file}:${number}`, why});
			broken.push(text);
			if (screen) store.apply({at: store.get().now, type: 'noted', text});
			else print(process.stderr, `lbtop: ${told(text)}`);
		},
	});
	if (screen) return screen.say(t('the replay is over'));
	const state = store.get();
	printClosing(judge(summarize(state), state.checks));
	process.exitCode = broken.length > 0 ? 1 : 0;
}

type Playing = {speed: number; apply(event: Event): void; onBroken(line: number, why: string): void};

/** Applies each event when its time has come. A line that is none, or that the state cannot take, is told and left out. */
async function play(lines: AsyncIterable<string>, {speed: times, apply, onBroken}: Playing): Promise<void> {
	let number = 1;
	let beganAt: number | undefined;
	let reachedMs = 0;
	let lastAt = 0;
	for await (const line of lines) {
		number++;
		if (line === '') continue;
		const event = readEvent(line);
		if (!event) {
			onBroken(number, phrase('not an event'));
			continue;
		}
		beganAt ??= performance.now();
		reachedMs += number === 2 ? 0 : Math.min(Math.max(0, event.at - lastAt), longestPauseMs * times);
		lastAt = Math.max(lastAt, event.at);
		const aheadMs = beganAt + reachedMs / times - performance.now();
		if (aheadMs > 4 || number % atOnce === 0) await wait(Math.max(0, aheadMs));
		try {
			apply(event);
		} catch (error) {
			onBroken(number, phrase('not an event as this lbtop knows them ({why})', {why: (error as Error).message}));
		}
	}
}

async function* linesOf(file: string): AsyncGenerator<string> {
	const stream = createReadStream(file, 'utf8');
	try {
		yield* createInterface({input: stream, crlfDelay: Number.POSITIVE_INFINITY});
	} catch (error) {
		const why = told(errorWords(error));
		throw new UsageError(t('{file}: cannot be read: {why}; name a file that --events has kept', {file, why}));
	} finally {
		stream.destroy();
	}
}

async function showScreen(store: WritableStore, wishes: Values<typeof screenRows>): Promise<Pick<Screen, 'say'>> {
	const [{openScreen}, {screenSettings}] = await Promise.all([
		import('../ui/open-screen.tsx'),
		import('../ui/screen-settings.ts'),
	]);
	const quit = () => {
		screen.close();
		process.exit(0);
	};
	const folder = process.cwd();
	const screen = openScreen({
		store,
		send: async () => ({ok: false, reason: phrase('this is a replay: nothing runs that could be told')}),
		quit,
		tell: text => store.apply({type: 'screen-said', at: store.get().now, text}),
		save: async () => saveReport(judge(summarize(store.get()), store.get().checks), {folder, at: new Date()}),
		settings: settingsOf(() => screenSettings(wishes, process.env)),
	});
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, quit);
	return screen;
}

function parseSpeed(text: string): number {
	if (text === 'max') return Number.POSITIVE_INFINITY;
	const number = Number(text);
	return number >= 0.1 && number <= 1000 ? number : invalid(t('It is a number from 0.1 to 1000, or max.'));
}
