/**
 * Options as table rows: one row gives the command-line option, its environment variable (`LBTOP_RATE`), its key in
 * `lbtop.yaml` (same name in camelCase), its check and its line in the help. Precedence: option, environment, file, default.
 */

import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {type Saying, say, t, told} from '../words/words.ts';

/** A mistake of the user's, told in one line; the program ends with `exitCode`. */
export class UsageError extends Error {
	readonly exitCode: number;
	constructor(message: string, exitCode = 2) {
		super(message);
		this.exitCode = exitCode;
	}
}

/** One option. `parse` gets one text and gives the value, or throws with what is wrong with it. */
export type OptionRow<T> = {
	/** As commander writes them: `--rate <R>`. A flag without an argument is a boolean. */
	flags: string;
	help: Saying;
	parse: (text: string) => T;
	/** The default as the user would write it; absent: undefined. */
	fallback?: string;
	many?: boolean;
	/** What a value of the file that is no plain one means, as one would write it on the command line. */
	textOf?: (value: unknown) => string;
	/** Not settable by environment or file (`--help`, `--config`). */
	hidden?: boolean;
};

export type Rows = Record<string, OptionRow<unknown>>;

/**
 * The values of a table of rows, under the table's own keys. `given` names the keys that did not come from a default,
 * `texts` has what was given for them, word for word.
 */
export type Values<R extends Rows> = {
	[K in keyof R]: R[K] extends {many: true} ? ReturnType<R[K]['parse']>[] : ReturnType<R[K]['parse']>;
};
export type Texts = Record<string, string[]>;
export type Parsed<R extends Rows> = {values: Values<R>; given: Set<string>; texts: Texts; arguments: string[]};

export type CommandHelp = {name: string; summary: Saying; example: string; arguments?: string};

/** Says why a text is no value for an option, in the language spoken; commander names the option. */
export function invalid(why: string): never {
	throw new InvalidArgumentError(why);
}

/**
 * Reads a command line by a table of rows. `file` holds what `lbtop.yaml` says, already read. Throws {@link UsageError}
 * for a mistake; prints and ends the process for `--help`.
 */
export function readOptions<R extends Rows>(
	help: CommandHelp,
	rows: R,
	argv: string[],
	file: Record<string, unknown> = {},
	environment: NodeJS.ProcessEnv = process.env,
): Parsed<R> {
	const command = new Command(help.name)
		.description(say(help.summary))
		.usage(`[${t('options')}]${help.arguments ? ` ${help.arguments}` : ''}`)
		.addHelpText('after', `\n${t('Example:')}\n  ${help.example}`)
		.helpOption('--help', t('show this help'))
		.exitOverride()
		.configureOutput({writeErr: () => {}})
		.configureHelp({helpWidth: 100, styleTitle: told, optionDescription: ({description}) => description})
		.allowExcessArguments(true);
	const texts: Texts = {};
	for (const [key, row] of Object.entries(rows)) command.addOption(toOption(key, row, texts));
	applySources(command, rows, {file, environment, texts});
	try {
		command.parse(argv, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) process.exit(0);
		throw new UsageError(told(oneLine(error.message)));
	}
	const [stray] = command.args;
	if (stray !== undefined && help.arguments === undefined)
		throw new UsageError(t("unexpected argument '{word}'; see {command} --help", {word: stray, command: help.name}));
	const values = command.opts() as Values<R>;
	const given = new Set(
		Object.keys(rows).filter(key => (command.getOptionValueSource(key) ?? 'default') !== 'default'),
	);
	for (const key of given) texts[key] ??= [String(values[key])];
	return {values, given, texts, arguments: command.args};
}

/** What was given for these rows, as arguments of a program that takes the same rows. */
export function toArguments(rows: Rows, texts: Texts): string[] {
	return Object.entries(rows).flatMap(([key, {flags}]) => {
		const name = /--[\w-]+/.exec(flags)![0];
		const given = texts[key] ?? [];
		return flags.includes('<') ? given.map(text => `${name}=${text}`) : given.includes('true') ? [name] : [];
	});
}

function toOption(key: string, row: OptionRow<unknown>, texts: Texts): Option {
	const option = new Option(row.flags, described(row));
	option.attributeName = () => key;
	const parse = row.parse;
	if (row.many) {
		let fresh = true;
		option.argParser((text: string, previous: unknown[]) => {
			const before = fresh ? [] : previous;
			texts[key] = [...(fresh ? [] : texts[key]!), text];
			fresh = false;
			return [...before, parse(text)];
		});
		option.default([]);
	} else if (option.required || option.optional) {
		option.argParser((text: string) => {
			texts[key] = [text];
			return parse(text);
		});
		if (row.fallback !== undefined) option.default(parse(row.fallback));
	}
	return option;
}

/** What an option is for, and what it is where nobody says. */
function described({help, fallback, many}: OptionRow<unknown>): string {
	const usual = fallback ?? (many ? t('none') : undefined);
	return usual === undefined ? say(help) : `${say(help)} (${t('default: {value}', {value: usual})})`;
}

type Sources = {file: Record<string, unknown>; environment: NodeJS.ProcessEnv; texts: Texts};

function applySources(command: Command, rows: Rows, {file, environment, texts}: Sources) {
	const set = (key: string, row: OptionRow<unknown>, values: unknown[], source: string) => {
		setFrom(command, key, row, values, source);
		texts[key] = values.map(value => (row.flags.includes('<') ? String(value) : String(isTrue(String(value)))));
	};
	for (const [key, row] of Object.entries(rows)) {
		if (row.hidden) continue;
		const variable = environmentName(key);
		const fromEnvironment = environment[variable];
		if (fromEnvironment !== undefined && fromEnvironment !== '')
			set(key, row, [fromEnvironment], t('environment variable {name}', {name: variable}));
		else if (key in file) {
			const values = [file[key]].flat().map(value => (isPlain(value) ? value : (row.textOf?.(value) ?? value)));
			set(key, row, values, t('lbtop.yaml, key {key}', {key}));
		}
	}
	const unknown = Object.keys(file).find(key => !(key in rows));
	if (unknown !== undefined) throw new UsageError(t("lbtop.yaml: unknown key '{key}'", {key: unknown}));
}

function isPlain(value: unknown): boolean {
	return typeof value !== 'object' || value === null;
}

function setFrom(command: Command, key: string, row: OptionRow<unknown>, texts: unknown[], source: string) {
	try {
		const isFlag = !row.flags.includes('<');
		const values = texts.map(text => (isFlag ? isTrue(String(text)) : row.parse(String(text))));
		command.setOptionValueWithSource(key, row.many ? values : values[0], 'config');
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		throw new UsageError(t("{source}: '{value}' is invalid. {why}", {source, value: texts.join(', '), why}));
	}
}

function isTrue(text: string): boolean {
	return !['', '0', 'false', 'no'].includes(text.toLowerCase());
}

/** `ackTimeout` → `LBTOP_ACK_TIMEOUT`. */
export function environmentName(key: string): string {
	return `LBTOP_${key.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()}`;
}

function oneLine(message: string): string {
	return message
		.replace(/^error: /, '')
		.replace(/\s*\n\s*/g, ' ')
		.trim();
}
