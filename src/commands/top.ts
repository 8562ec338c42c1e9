/** `lbtop top`: the panes over a HAProxy that runs elsewhere. Nothing is started; its servers can be told what its socket lets one tell. */

import {type CommandHelp, readOptions, UsageError, type Values} from '../cli/option.ts';
import {flag, row} from '../cli/option-kinds.ts';
import {options} from '../cli/options/index.ts';
import {screenOptions} from '../cli/options/screen.ts';
import {topOptions} from '../cli/options/top.ts';
import {shellWord} from '../domain/shell-word.ts';
import {placeText, type RuntimePlace, readPlace} from '../haproxy/runtime-place.ts';
import {NoBackend, openWatch, type Watch} from '../haproxy/watch.ts';
import {plainLine} from '../report/plain-lines.ts';
import {phrase, t, told} from '../words/words.ts';
import {print} from './ending.ts';
import {settingsOf} from './screen-usage.ts';

const {screenReader: _, ...screenRows} = screenOptions;
const json = row('--json', 'print one look at it as one JSON object, and end', flag);
const rows = {...topOptions, for: options.for, ...screenRows, json, lang: options.lang};
const help: CommandHelp = {
	name: 'lbtop top',
	summary:
		'Shows a running HAProxy on the same panes: its servers, sessions, queue and errors. Single keys drain and weigh its servers, after a question.',
	example:
		'lbtop top --haproxy /run/haproxy/admin.sock --backend pool\n  lbtop top --haproxy /run/haproxy/admin.sock --plain --for 10s\n  lbtop top --haproxy /run/haproxy/admin.sock --json',
	arguments: '',
};

/** On a terminal until someone quits, or for so long; plain lines elsewhere. Exit 4 where HAProxy does not answer. */
export async function top(argv: string[]): Promise<void> {
	const {values, arguments: words} = readOptions(help, rows, argv);
	if (values.haproxy === undefined || words.length > 0) throw new UsageError(wrongWords(values.haproxy, words));
	const place = placeOf(values.haproxy);
	const isTerminal = process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== 'dumb';
	const hasScreen = isTerminal && !values.plain && !values.json;
	const watch = await open(place, values, hasScreen || values.json ? undefined : printLine);
	if (values.json) {
		watch.close();
		const {type: _, ...look} = watch.store.get().watched!;
		return print(process.stdout, JSON.stringify(look));
	}
	const end = hasScreen ? await showScreen(watch, values) : watch.close;
	if (values.for !== undefined) setTimeout(end, values.for);
}

const printLine: NonNullable<Parameters<typeof openWatch>[0]['onEvent']> = (event, store) => {
	const line = plainLine(store.get(), event);
	if (line !== undefined) print(process.stdout, line);
};

async function open(
	place: RuntimePlace,
	{backend, every: everyMs}: Values<typeof rows>,
	onEvent: typeof printLine | undefined,
): Promise<Watch> {
	try {
		return await openWatch({place, backend, everyMs, ...(onEvent ? {onEvent} : {})});
	} catch (error) {
		const why = told((error as Error).message);
		if (error instanceof NoBackend) throw new UsageError(`top: ${placeText(place)}: ${why}`);
		throw new UsageError(
			t("top: HAProxy at {place}: {why}; its configuration names the socket, 'stats socket PATH level admin'", {
				...{place: placeText(place), why},
			}),
			4,
		);
	}
}

/** What was meant, as far as it can be told. */
function wrongWords(socket: string | undefined, [word]: string[]): string {
	const near = `lbtop top --haproxy ${shellWord(socket ?? word ?? '/run/haproxy/admin.sock')}`;
	if (word !== undefined && socket !== undefined)
		return t("unexpected argument '{word}'; see {command} --help", {word, command: help.name});
	return t("top: --haproxy SOCKET is missing; it is '{near}'", {near});
}

function placeOf(text: string): RuntimePlace {
	try {
		return readPlace(text);
	} catch (error) {
		throw new UsageError(`top: --haproxy: ${(error as Error).message}`);
	}
}

/** Gives what ends it. */
async function showScreen(watch: Watch, wishes: Values<typeof screenRows>): Promise<() => void> {
	const [{openScreen}, {screenSettings}, {watchedKeys}, {keymap}] = await Promise.all([
		import('../ui/open-screen.tsx'),
		import('../ui/screen-settings.ts'),
		import('../ui/watched/watched-keys.ts'),
		import('../ui/keymap/keymap.ts'),
	]);
	const quit = () => {
		watch.close();
		screen.close();
		process.exit(0);
	};
	const settings = settingsOf(() => screenSettings(wishes, process.env));
	const screen = openScreen({
		store: watch.store,
		send: watch.send,
		quit,
		tell: watch.screenSaid,
		save: async () => ({folder: '.', why: phrase('there is no run of ours here to report on')}),
		settings: {...settings, keymap: watchedKeys(settings.keymap ?? keymap)},
	});
	for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, quit);
	return quit;
}
