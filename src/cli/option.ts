/**
 * Options as table rows: one row gives the command-line option, its environment variable (`LBTOP_RATE`), its key in
 * `lbtop.yaml` (same name in camelCase), its check and its line in the help. Precedence: option, environment, file, default.
 */

import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {closest} from 'fastest-levenshtein';
import {type Saying, say, t, told} from '../words/words.ts';
import type {OptionRow, Rows, Texts} from './option-row.ts';
import {applySources} from './option-sources.ts';
import {UsageError} from './usage-error.ts';

export {UsageError} from './usage-error.ts';

/** The values of a table of rows, under the table's own keys. */
export type Values<R extends Rows> = {
	[K in keyof R]: R[K] extends {many: true} ? ReturnType<R[K]['parse']>[] : ReturnType<R[K]['parse']>;
};

/**
 * A command line that was read. `given` names the keys that did not come from a default, `texts` has what was given for
 * them, `arguments` are the words that belong to no option.
 */
export type Parsed<R extends Rows> = {values: Values<R>; given: Set<string>; texts: Texts; arguments: string[]};

/**
 * `settings`: the file that its settings stand in, where that is not lbtop.yaml. `commands`: words that would have begun
 * another command, and are no arguments of this one.
 */
export type CommandHelp = {
	name: string;
	summary: Saying;
	example: string;
	arguments?: string;
	settings?: string;
	commands?: readonly string[];
};

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
	applySources(command, rows, {file, name: help.settings ?? 'lbtop.yaml', environment, texts});
	try {
		command.parse(argv, {from: 'user'});
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) process.exit(0);
		if (error.code === 'commander.unknownOption') throw new UsageError(unknownOption(error.message, help, rows));
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
		const name = optionName(flags);
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

/** What an option is for, and what it is where nobody says, unless that is nothing. */
function described({help, fallback}: OptionRow<unknown>): string {
	return fallback ? `${say(help)} (${t('default: {value}', {value: fallback})})` : say(help);
}

/** However far it is from all: the nearest is a beginning, and the help has the rest. */
function unknownOption(message: string, {name}: CommandHelp, rows: Rows): string {
	const option = /'([^=']*)/.exec(message)?.[1] ?? '';
	const names = Object.values(rows).map(({flags}) => optionName(flags));
	const near = closest(option, [...names, '--help']);
	return t("unknown option '{option}'; the nearest is {near}, {command} lists them all", {
		option,
		near,
		command: `${name} --help`,
	});
}

/** `--rate` of `--rate <R>`. */
/** `--rate` of `--rate <R>`. */
export function optionName(flags: string): string {
	return /--[\w-]+/.exec(flags)![0];
}

function oneLine(message: string): string {
	return message
		.replace(/^error: /, '')
		.replace(/\s*\n\s*/g, ' ')
		.trim();
}
