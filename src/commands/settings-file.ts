/** The settings file. */

import {existsSync, readFileSync} from 'node:fs';
import {UsageError} from '../cli/option.ts';
import {t, told} from '../words/words.ts';

/** What `lbtop.yaml` (or the file that `--config` names) says, as plain keys. Throws {@link UsageError} naming file and line. */
export async function readSettingsFile(argv: string[]): Promise<Record<string, unknown>> {
	const named = namedFile(argv) ?? process.env.LBTOP_CONFIG;
	const file = named ?? 'lbtop.yaml';
	if (!named && !existsSync(file)) return {};
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const code = String((error as NodeJS.ErrnoException).code);
		throw new UsageError(t('settings file {file}: cannot be read ({code}); name another with --config', {file, code}));
	}
	const {parseDocument} = await import('yaml'); // only who has a file pays for reading it
	const document = parseDocument(text);
	const [problem] = document.errors;
	if (problem) {
		const why = told(problem.message.split('\n')[0]!.replace(/ at line.*$/, ''));
		throw new UsageError(`${file}:${problem.linePos?.[0].line ?? 1}: ${why}`);
	}
	const settings: unknown = document.toJS();
	if (settings === null || settings === undefined) return {};
	if (typeof settings !== 'object' || Array.isArray(settings))
		throw new UsageError(`${file}:1: ${t('not a list of KEY: VALUE lines')}`);
	return settings as Record<string, unknown>;
}

function namedFile(argv: string[]): string | undefined {
	const index = argv.findIndex(argument => argument === '--config' || argument.startsWith('--config='));
	if (index < 0) return undefined;
	return argv[index]!.includes('=') ? argv[index]!.slice('--config='.length) : argv[index + 1];
}
