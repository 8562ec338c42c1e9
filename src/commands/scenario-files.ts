/** Where scenarios are: a file of the user's, or one that comes with lbtop, by its name. */

import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {closest} from 'fastest-levenshtein';
import {UsageError} from '../cli/option.ts';
import {planOptions} from '../cli/options/index.ts';
import {errorWords} from '../domain/system-error.ts';
import {readScenario} from '../scenario/read-scenario.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {t, told} from '../words/words.ts';

/** Beside dist/, in a checkout and in the package. */
const folder = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** Whether a word can only mean a scenario: a YAML file, or the name of one that comes with lbtop. */
export function meansScenario(word: string): boolean {
	return isFile(word) || shippedNames().includes(word);
}

/** Reads the scenario of that file or name. Throws {@link UsageError}, with the line where one is to blame. */
export function loadScenario(word: string): Scenario {
	const file = isFile(word) ? word : path.join(folder, `${word}.yaml`);
	const names = shippedNames();
	if (!isFile(word) && !names.includes(word))
		throw new UsageError(
			t(
				"no scenario is named '{word}'; did you mean '{near}'? lbtop run --list lists them; a file of yours ends in .yaml",
				{word, near: closest(word, names)},
			),
		);
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const why = told(errorWords(error));
		throw new UsageError(
			t('scenario {file}: cannot be read: {why}; name another, or see lbtop run --list', {file, why}),
		);
	}
	return readScenario(text, {file, rows: planOptions});
}

/** Those that come with lbtop, one after the other as a person reads them. */
export function listScenarios(): string {
	return shippedNames()
		.map(loadScenario)
		.map(({name, title, watchFor, learn}) =>
			[`${name}: ${told(title)}`, ...about(t('watch for'), watchFor), ...about(t('learn'), learn)].join('\n'),
		)
		.join('\n\n');
}

function about(label: string, text: string): string[] {
	return text === '' ? [] : [`  ${label}: ${told(text.trim().replace(/\s+/g, ' '))}`];
}

function isFile(word: string): boolean {
	return /\.ya?ml$/.test(word);
}

/** The names of those that come with lbtop. */
export function shippedNames(): string[] {
	return readdirSync(folder)
		.filter(isFile)
		.map(file => path.basename(file, path.extname(file)))
		.sort();
}
