/** What is wrong with a YAML file, in plain sentences: the reader's own messages are for who knows YAML's grammar. */

import {t} from '../words/words.ts';

/** A mistake as the reader `yaml` tells it; what it only finds out while it makes data has no code. */
type YamlMistake = {code?: string; message: string};

/** `part`: which of the mistakes with that code; what it catches is handed to `say`. Absent: all others. */
type Row = {code: string; part?: RegExp; say: (caught: string) => string};

const none = '';

/** One row a code, or a message among those of a code; the first that fits is taken. */
const rows: Row[] = [
	{code: 'ALIAS_PROPS', say: () => t('an alias (*name) has neither an anchor (&name) nor a tag (!name) of its own')},
	{code: 'BAD_ALIAS', say: () => t('an anchor or an alias stands here without its name')},
	{code: 'BAD_COLLECTION_TYPE', say: () => t('this tag (!name) does not fit what it stands before')},
	{code: 'BAD_DIRECTIVE', say: () => t('this line begins with %, and is no directive of YAML')},
	{
		code: 'BAD_DQ_ESCAPE',
		say: () => t('this means nothing after a \\ in double quotes; write \\\\ for one, or use single quotes'),
	},
	{
		...{code: 'BAD_INDENT', part: /^Flow .*(\S)$/},
		say: sign => t("the closing '{sign}' is missing, or stands too far to the left", {sign}),
	},
	{code: 'BAD_INDENT', part: /^All sequence/, say: () => t('the items of a list begin below each other')},
	{code: 'BAD_INDENT', part: /^All mapping/, say: () => t('keys that belong together begin below each other')},
	{code: 'BAD_INDENT', say: () => t('this is not indented far enough')},
	{
		code: 'BAD_PROP_ORDER',
		say: () => t("an anchor (&name) or a tag (!name) stands behind '-', '?' or ':', not before"),
	},
	{
		...{code: 'BAD_SCALAR_START', part: / (\S)$/},
		say: sign => t("a value cannot begin with '{sign}'; put it in quotes", {sign}),
	},
	{code: 'BAD_SCALAR_START', say: () => t('a value cannot begin like this; put it in quotes')},
	{
		...{code: 'BLOCK_AS_IMPLICIT_KEY', part: /^Nested/},
		say: () => t("a line holds one KEY: VALUE; put a value with ': ' in it in quotes"),
	},
	{
		code: 'BLOCK_AS_IMPLICIT_KEY',
		say: () => t('a list stands where a key should be; the items of a list begin below each other'),
	},
	{
		code: 'BLOCK_IN_FLOW',
		say: () => t("within brackets there are ',' between the items, and neither '-' nor keys one below the other"),
	},
	{code: 'DUPLICATE_KEY', say: () => t('this key stands there twice')},
	{code: 'IMPOSSIBLE', say: () => t('this is no YAML')},
	{code: 'KEY_OVER_1024_CHARS', say: () => t('a key has at most 1024 characters')},
	{code: 'MISSING_CHAR', part: /closing (.)quote/, say: sign => t('the closing {sign} is missing', {sign})},
	{code: 'MISSING_CHAR', part: /must end with a (\S)$/, say: sign => t('the closing {sign} is missing', {sign})},
	{code: 'MISSING_CHAR', part: /^Implicit map/, say: () => t("this key has no ':' behind it")},
	{code: 'MISSING_CHAR', part: /^Comments/, say: () => t("a space is missing before '#'")},
	{code: 'MISSING_CHAR', part: /^Missing ,/, say: () => t("a ',' is missing before this")},
	{
		code: 'MISSING_CHAR',
		part: /directives-end/,
		say: () => t("a line '---' is missing, or content stands behind it on its line"),
	},
	{code: 'MISSING_CHAR', say: () => t('a space, a new line or a sign is missing before this')},
	{code: 'MULTILINE_IMPLICIT_KEY', say: () => t("a key and its ':' stand on one line")},
	{code: 'MULTIPLE_ANCHORS', say: () => t('a value has at most one anchor (&name)')},
	{code: 'MULTIPLE_DOCS', say: () => t("a second document begins here ('---' or '...'); there may be one")},
	{code: 'MULTIPLE_TAGS', say: () => t('a value has at most one tag (!name)')},
	{code: 'NON_STRING_KEY', say: () => t('a key is a text')},
	{code: 'RESOURCE_EXHAUSTION', say: () => t('lists and data are nested too deeply')},
	{code: 'TAB_AS_INDENT', say: () => t('lines are indented with spaces, not with tabs')},
	{code: 'TAG_RESOLVE_FAILED', say: () => t('this tag (!name) means nothing here')},
	{code: 'UNEXPECTED_TOKEN', part: /^Unexpected , /, say: () => t("there is a ',' too many")},
	{
		...{code: 'UNEXPECTED_TOKEN', part: /^Unexpected flow-(?:map|seq)-end token.*"(.)"/},
		say: sign => t("this '{sign}' closes nothing", {sign}),
	},
	{
		code: 'UNEXPECTED_TOKEN',
		part: /^Unexpected block-seq-ind/,
		say: () => t('a list begins on a line of its own, below its key'),
	},
	{code: 'UNEXPECTED_TOKEN', part: /at node end/, say: () => t('nothing may follow the value here')},
	{code: 'UNEXPECTED_TOKEN', say: () => t('this does not belong here')},
	{
		...{code: none, part: /^Unresolved alias.*: (.*)$/},
		say: name => t("the alias '*{name}' has no anchor '&{name}' before it", {name}),
	},
	{code: none, part: /^Excessive alias/, say: () => t('aliases of aliases make too much of this file')},
];

/** Says it in the language spoken; what is not in the table is left as it came, without the place in the file. */
export function yamlWords({code = none, message}: YamlMistake): string {
	const line = message.split('\n')[0]!.replace(/ at line.*$/, '');
	for (const row of rows) {
		const caught = row.code === code ? (row.part ?? /^/).exec(line) : null;
		if (caught) return row.say(caught[1] ?? '');
	}
	return line;
}

/** The codes that have a sentence. */
export const yamlCodes = [...new Set(rows.map(({code}) => code))].filter(Boolean);
