/** The text of a settings file that changes nothing: every key with what it is for and its default, commented out. */

import {stringify} from 'yaml';
import type {OptionRow} from '../cli/option-row.ts';
import type {settingSections} from '../cli/options/settings.ts';
import {exampleValue, usualValue} from '../cli/settings-schema.ts';
import {say, t} from '../words/words.ts';

/** Words begin with this, so that they are comments still when a `# ` is taken from every line. */
const wordSign = '## ';
const settingSign = '# ';

const widest = 100;

/** `schemaFile`: where an editor finds the schema, as seen from the file. */
export function settingsText(
	sections: typeof settingSections,
	{schemaFile}: {schemaFile?: string | undefined} = {},
): string {
	const lines = [
		...(schemaFile === undefined ? [] : [`# yaml-language-server: $schema=${schemaFile}`]),
		...words(t('Settings of lbtop and lbtop run. Before them come options and environment.')),
		...words(
			t(
				'As it is, this file changes nothing: it shows the defaults, and examples where there is none. Take the {sign} from a line, and it counts.',
				{sign: `'${settingSign}'`},
			),
		),
		...sections.flatMap(({heading, rows}) => [
			'',
			`${wordSign}${`── ${say(heading)} `.padEnd(widest - wordSign.length, '─')}`,
			...Object.entries(rows)
				.filter(([, {hidden}]) => !hidden)
				.flatMap(([key, row]) => ['', ...words(say(row.help)), `${settingSign}${setting(key, row)}`]),
		]),
	];
	return `${lines.join('\n')}\n`;
}

/** One line, lists and data in brackets: what is commented out line by line is whole then. */
function setting(key: string, row: OptionRow<unknown>): string {
	const usual = usualValue(row);
	const value = stringify(usual ?? exampleValue(row), {
		...{collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0, singleQuote: true},
	});
	return `${key}: ${value.trim()}${usual === undefined ? `  # ${t('example')}` : ''}`;
}

function words(text: string): string[] {
	const lines = [''];
	for (const word of text.split(' ')) {
		const line = lines.at(-1)!;
		const longer = line === '' ? word : `${line} ${word}`;
		if (wordSign.length + longer.length <= widest) lines[lines.length - 1] = longer;
		else lines.push(word);
	}
	return lines.map(line => `${wordSign}${line}`);
}
