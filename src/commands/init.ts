/** `lbtop init`: a settings file to begin with. */

import {existsSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {type CommandHelp, readOptions, UsageError} from '../cli/option.ts';
import {flag, row} from '../cli/option-kinds.ts';
import {options} from '../cli/options/index.ts';
import {settingRows, settingSections} from '../cli/options/settings.ts';
import {settingsSchema} from '../cli/settings-schema.ts';
import {t} from '../words/words.ts';
import {print} from './ending.ts';
import {schemaText} from './schema.ts';
import {settingsText} from './settings-text.ts';
import {unwritable} from './unwritable.ts';

const {lang, color} = options;
const force = row('--force', 'write over a file that is there', flag);
const schema = row('--schema', 'write its JSON Schema beside it, and tell editors in its first line', flag);
const usualFile = 'lbtop.yaml';
const help: CommandHelp = {
	name: 'lbtop init',
	summary:
		'Writes a file of settings to begin with: every key with what it is for and its default, commented out. FILE is lbtop.yaml unless named; - prints it instead.',
	example: 'lbtop init        lbtop init --schema        lbtop init ci.yaml && lbtop run --config ci.yaml --for 10s',
	arguments: '[FILE]',
};

/** Writes the file or prints it, and ends: 2 usage, 4 where there is a file already or none can be written. */
export function init(argv: string[]): void {
	const {values, arguments: words} = readOptions(help, {schema, force, lang, color}, argv);
	const [file = usualFile, stray] = words;
	if (stray !== undefined)
		throw new UsageError(t("unexpected argument '{word}'; see {command} --help", {word: stray, command: help.name}));
	if (file === '-') {
		if (values.schema)
			throw new UsageError(t('init: --schema writes a file beside another, and - prints; give one of the two'));
		return void process.stdout.write(settingsText(settingSections));
	}
	const schemaFile = values.schema ? `${file.replace(/\.[^./\\]*$/, '')}.schema.json` : undefined;
	const texts = {
		[file]: settingsText(settingSections, {schemaFile: schemaFile && `./${path.basename(schemaFile)}`}),
		...(schemaFile === undefined ? {} : {[schemaFile]: `${schemaText(settingsSchema(settingRows, 'editor'))}\n`}),
	};
	writeAll(texts, {isForced: values.force === true});
	const command = path.normalize(file) === usualFile ? 'lbtop' : `lbtop --config ${file}`;
	print(
		process.stdout,
		`lbtop: ${t('wrote {files}; {command} takes its settings from there', {files: Object.keys(texts).join(', '), command})}`,
	);
}

/** All of them or, where one is in the way, none. */
function writeAll(texts: Record<string, string>, {isForced}: {isForced: boolean}): void {
	const inTheWay = Object.keys(texts).find(file => !isForced && existsSync(file));
	if (inTheWay !== undefined) throw new UsageError(thereAlready(inTheWay), 4);
	for (const [file, text] of Object.entries(texts)) {
		try {
			writeFileSync(file, text, {flag: isForced ? 'w' : 'wx'});
		} catch (error) {
			const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
			throw new UsageError(isThere ? thereAlready(file) : unwritable('init', file, error), 4);
		}
	}
}

function thereAlready(file: string): string {
	return t('init {file}: it is there already; name another file, or write over it with --force', {file});
}
