/** Commands as one line, `kill server-1`, `rate 100..500/10s`, and back: what {@link commandForms} says about each. */

import {t, told} from '../words/words.ts';
import {type Command, commandSchema} from './command.ts';
import {
	type CommandForm,
	type CommandType,
	commandForms,
	commandTypes,
	commandUsage,
	fieldsOf,
	splitParameters,
} from './command-forms.ts';
import {formatFault} from './fault.ts';
import {issueWords} from './issue-words.ts';
import {formatRate} from './rate.ts';
import {formatServerFields} from './server-spec.ts';

/** A command, or why it is none, in a sentence. */
export type ReadCommand = {ok: true; command: Command} | {ok: false; reason: string};

/** Names of all commands, as people write them. */
export const commandNames = commandTypes.map(type => commandForms[type].name);

/** Other names: as the data has them, and as HAProxy's users look for them. */
const aliases: Record<string, CommandType> = {
	'servers weight': 'weight',
	...Object.fromEntries(commandTypes.map(type => [type, type])),
	...Object.fromEntries(commandTypes.map(type => [commandForms[type].name, type])),
};

/**
 * Reads `kill server-1` or `{type: kill, part: server-1}`. `further` are fields that stand elsewhere. A name may have
 * spaces, and `lbtop ctl` may stand before the line, so that what was echoed can be said again.
 */
export function readCommand(given: unknown, further: Record<string, unknown> = {}): ReadCommand {
	if (typeof given === 'string') return readText(given, further);
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		return no(t("it is a command such as 'kill server-1' or {data}", {data: '{type: kill, part: server-1}'}));
	return parse({...given, ...further});
}

/** The shortest form that {@link readCommand} takes back: a text where one will do, otherwise the data. */
export function writeCommand(command: Command): string | Command {
	const {type, ...fields} = withTexts(command);
	const values = Object.values(fields).map(value => (typeof value === 'object' ? undefined : String(value)));
	const text = [commandForms[type].name, ...values].join(' ');
	const read = values.includes(undefined) ? undefined : readText(text, {});
	return read?.ok && JSON.stringify(read.command) === JSON.stringify(command) ? text : command;
}

/** A command as one would write it. */
export function commandText(one: Command): string {
	const written = writeCommand(one);
	return typeof written === 'string' ? written : JSON.stringify(written);
}

/** Its fields, those in words that have their own way of writing. */
function withTexts(command: Command): {type: CommandType} & Record<string, unknown> {
	if (command.type === 'rate') return {...command, rate: formatRate(command.rate)};
	if (command.type === 'add-server' && command.weight !== undefined)
		return {type: command.type, spec: formatServerFields(command)};
	if (command.type !== 'fault') return command;
	const {forMs, ...rest} = command;
	return {...rest, fault: formatFault(command.fault), ...(forMs === undefined ? {} : {forMs: `for=${forMs}ms`})};
}

/** The command whose name, of one word or two, a line begins with, and the words after it. */
export function readName(line: string): {type: CommandType; words: string[]} | undefined {
	const words = line
		.trim()
		.replace(/^(?:lbtop )?ctl /, '')
		.split(/\s+/);
	for (const count of [2, 1]) {
		const name = words.slice(0, count).join(' ');
		if (words.length >= count && Object.hasOwn(aliases, name)) return {type: aliases[name]!, words: words.slice(count)};
	}
	return undefined;
}

function readText(text: string, further: Record<string, unknown>): ReadCommand {
	const named = readName(text);
	if (!named) return noSuch(text.trim().split(/\s+/)[0]!);
	const {type, words} = named;
	const form: CommandForm = commandForms[type];
	const texts = splitParameters(form, words);
	if (texts.length < form.parameters.length && !form.isOptional) return no(t("it is '{usage}'", usageOf(type)));
	const fields: Record<string, unknown> = type === 'quit' ? {now: false} : {};
	for (const [index, one] of texts.entries()) {
		const read = fieldsOf(form.parameters[index]!, one);
		if (typeof read === 'string') return no(read);
		Object.assign(fields, read);
	}
	return parse({type, ...fields, ...further});
}

function parse(given: Record<string, unknown>): ReadCommand {
	const {type} = given;
	if (typeof type !== 'string' || !Object.hasOwn(commandForms, type)) return noSuch(String(type));
	const parsed = commandSchema.safeParse(given, {error: issueWords});
	if (parsed.success) return {ok: true, command: parsed.data};
	// What we say ourselves of a value is a whole sentence.
	const issues = parsed.error.issues.map(({code, path, message}) =>
		code === 'custom' ? told(message) : `${path.join('.')} ${told(message)}`.trim(),
	);
	return no(`${t("it is '{usage}'", usageOf(type as CommandType))}: ${issues.join('; ')}`);
}

function usageOf(type: CommandType): {usage: string} {
	return {usage: commandUsage(type)};
}

function noSuch(name: string): ReadCommand {
	return no(t("there is no command '{name}'; there are {names}", {name, names: commandNames.join(', ')}));
}

function no(reason: string): ReadCommand {
	return {ok: false, reason};
}
