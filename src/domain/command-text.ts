/** Commands as one line of a scenario, `kill server-1`, `rate 100..500/10s`: made from the schema of commands, so that a new one needs nothing here. */

import type {z} from 'zod';
import {type Command, commandSchema} from './command.ts';

/** A command, or why it is none, in a sentence. */
export type ReadCommand = {ok: true; command: Command} | {ok: false; reason: string};

type Shape = Record<string, z.ZodType>;

const shapes: Map<string, Shape> = new Map(
	commandSchema.options.flatMap(option => {
		const {type, ...rest} = option.shape as unknown as Shape & {type: {values: Set<string>}};
		return [...type.values].map(name => [name, rest] as const);
	}),
);

/** Names of all commands. */
export const commandNames = [...shapes.keys()];

/**
 * Reads `kill server-1` or `{type: kill, part: server-1}`. In a text, words stand for the command's fields in their order;
 * the last of them is all the rest of the text, so a name may have spaces. `further` are fields that stand elsewhere.
 */
export function readCommand(given: unknown, further: Record<string, unknown> = {}): ReadCommand {
	if (typeof given === 'string') return readText(given, further);
	if (typeof given !== 'object' || given === null || Array.isArray(given))
		return {ok: false, reason: "it is a command such as 'kill server-1' or {type: kill, part: server-1}"};
	return parse({...given, ...further});
}

/** The shortest form that {@link readCommand} takes back: a text where one will do, otherwise the data. */
export function writeCommand(command: Command): string | Command {
	const {type, ...fields} = command as Command & Record<string, unknown>;
	const values = Object.values(fields).map(value => (typeof value === 'object' ? undefined : String(value)));
	const text = [type, ...values].join(' ');
	const read = values.includes(undefined) ? undefined : readText(text, {});
	return read?.ok && JSON.stringify(read.command) === JSON.stringify(command) ? text : command;
}

/** How a command is written: `kill PART`. */
export function commandUsage(type: string): string {
	return [type, ...wordsOf(shapes.get(type) ?? {}).map(field => field.toUpperCase())].join(' ');
}

function readText(text: string, further: Record<string, unknown>): ReadCommand {
	const [type = '', ...words] = text.trim().split(/\s+/);
	const shape = shapes.get(type);
	if (!shape) return {ok: false, reason: `there is no command '${type}'; there are ${commandNames.join(', ')}`};
	const names = wordsOf(shape);
	const fields: Record<string, unknown> = {...further};
	for (const [index, name] of names.entries()) {
		const isLast = index === names.length - 1;
		const value = isLast ? words.slice(index).join(' ') : words[index];
		if (value) fields[name] = fitting(shape[name]!, value);
	}
	if (words.length > 0 && names.length === 0) return {ok: false, reason: `it is '${commandUsage(type)}'`};
	return parse({type, ...fields});
}

/** What a text says: the fields that must be there, or, where none must, the first that may. */
function wordsOf(shape: Shape): string[] {
	const names = Object.keys(shape);
	const required = names.filter(name => !shape[name]!.safeParse(undefined).success);
	return required.length > 0 ? required : names.slice(0, 1);
}

/** A word is the text itself where the field takes one, otherwise what it would be in YAML: a number, true or false. */
function fitting(field: z.ZodType, word: string): unknown {
	if (field.safeParse(word).success) return word;
	if (word === 'true' || word === 'false') return word === 'true';
	return Number.isNaN(Number(word)) ? word : Number(word);
}

function parse(given: Record<string, unknown>): ReadCommand {
	const {type} = given;
	if (typeof type !== 'string' || !shapes.has(type))
		return {ok: false, reason: `there is no command '${String(type)}'; there are ${commandNames.join(', ')}`};
	const parsed = commandSchema.safeParse(given);
	if (parsed.success) return {ok: true, command: parsed.data};
	const issues = parsed.error.issues.map(({path, message}) => `${path.join('.')} ${message}`.trim());
	return {ok: false, reason: `it is '${commandUsage(type)}': ${issues.join('; ')}`};
}
