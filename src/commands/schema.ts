/** `lbtop schema`: what editors and CI need to know of lbtop's files. */

import {closest} from 'fastest-levenshtein';
import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import type {Schema} from '../cli/option-row.ts';
import {options, planOptions} from '../cli/options/index.ts';
import {settingRows} from '../cli/options/settings.ts';
import {settingsSchema} from '../cli/settings-schema.ts';
import {t} from '../words/words.ts';
import {print} from './ending.ts';

const {lang, color} = options;

/** Each kind of file, by the word for it. */
const schemas: Record<string, () => Schema | Promise<Schema>> = {
	settings: () => settingsSchema(settingRows),
	scenario: async () => (await import('../scenario/file-schema.ts')).scenarioFileSchema(planOptions),
};

const help: CommandHelp = {
	name: 'lbtop schema',
	summary:
		'Prints the JSON Schema of lbtop.yaml, or of the files of scenarios, for editors that complete and check what one writes.',
	example: 'lbtop schema > lbtop.schema.json        lbtop schema scenario > scenario.schema.json',
	arguments: `[${Object.keys(schemas).join(' | ')}]`,
};

/** Prints one schema and ends. */
export async function schema(argv: string[]): Promise<void> {
	const {arguments: words} = readOptions(help, {lang, color}, argv);
	const [name = 'settings', stray] = words;
	if (stray !== undefined)
		throw new UsageError(t("unexpected argument '{word}'; see {command} --help", {word: stray, command: help.name}));
	if (!Object.hasOwn(schemas, name))
		throw new UsageError(
			t("schema: there is none of '{word}'; did you mean '{near}'?", {
				word: name,
				near: `${help.name} ${closest(name, Object.keys(schemas))}`,
			}),
		);
	print(process.stdout, schemaText(await schemas[name]!()));
}

/** As it stands in a file, without the last line's end. */
export function schemaText(schema: Schema): string {
	return JSON.stringify(schema, null, '\t');
}
