/** The settings file. */

import {existsSync, readFileSync} from 'node:fs';
import type {Document} from 'yaml';
import {UsageError} from '../cli/option.ts';
import {yamlWords} from '../cli/yaml-words.ts';
import {errorWords} from '../domain/system-error.ts';
import {t, told} from '../words/words.ts';

const usualFile = 'lbtop.yaml';

/** What `lbtop.yaml` (or the file that `--config` names) says, as plain keys. Throws {@link UsageError} naming file and line. */
export async function readSettingsFile(argv: string[]): Promise<Record<string, unknown>> {
	const named = namedFile(argv);
	const file = named ?? usualFile;
	if (!named && !existsSync(file)) return {};
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const why = told(errorWords(error));
		throw new UsageError(t('settings file {file}: cannot be read: {why}; name another with --config', {file, why}));
	}
	const {parseDocument} = await import('yaml'); // only who has a file pays for reading it
	const document = parseDocument(text);
	const [problem] = document.errors;
	if (problem) throw new UsageError(`${file}:${problem.linePos?.[0].line ?? 1}: ${yamlWords(problem)}`);
	const settings = toData(document, file);
	if (settings === null || settings === undefined) return {};
	if (typeof settings !== 'object' || Array.isArray(settings))
		throw new UsageError(`${file}:1: ${t('not a list of KEY: VALUE lines')}`);
	return settings as Record<string, unknown>;
}

/** Aliases are only followed now. */
function toData(document: Document, file: string): unknown {
	try {
		return document.toJS();
	} catch (error) {
		throw new UsageError(`${file}:1: ${yamlWords(error as Error)}`);
	}
}

/** What its mistakes are told of. */
export function settingsFileName(argv: string[]): string {
	return namedFile(argv) ?? usualFile;
}

function namedFile(argv: string[]): string | undefined {
	const index = argv.findIndex(argument => argument === '--config' || argument.startsWith('--config='));
	if (index < 0) return process.env.LBTOP_CONFIG;
	return argv[index]!.includes('=') ? argv[index]!.slice('--config='.length) : argv[index + 1];
}
