/** How the screen looks and what it takes, for every command that has one. */

import {layoutNames} from '../../domain/layout-name.ts';
import {type ThemeChoice, themeChoices} from '../../domain/theme-name.ts';
import {type PlainText, t} from '../../words/words.ts';
import {invalid, UsageError} from '../option.ts';
import {flag, oneOf, row, suchAs, written} from '../option-kinds.ts';
import type {Rows} from '../option-row.ts';

const aKeyALine = 'lbtop.yaml, key keys: it is a list of NAME: KEY lines, such as kill: K' satisfies PlainText;
const keysPattern = '^\\s*(?:[a-z0-9-]+=\\S+(?:\\s+|$))*$';

/** As {@link keysText} takes it; which names and keys there are, the screen knows. */
const keyNames = {type: ['string', 'integer'], pattern: '^\\S+$'};
const keysSchema = {
	type: ['object', 'string'],
	pattern: keysPattern,
	propertyNames: {pattern: '^[a-z0-9-]+$'},
	additionalProperties: {anyOf: [keyNames, {type: 'array', items: keyNames, minItems: 1}]},
};

export const screenOptions = {
	plain: row('--plain', 'plain lines instead of the screen', flag),
	screenReader: row('--screen-reader', 'sentences instead of the screen, commands typed as lines', flag),
	theme: row<ThemeChoice>(
		'--theme <NAME>',
		() => t('colours: {names}; auto asks the terminal for its background', {names: themeChoices.join(', ')}),
		oneOf(...themeChoices),
		'auto',
	),
	ascii: row('--ascii', 'draw with ASCII characters only', flag),
	layout: row(
		'--layout <NAME>',
		() => t('how the panes stand: {names}', {names: layoutNames.join(', ')}),
		oneOf(...layoutNames),
		'default',
	),
	keys: {
		...row(
			'--keys <KEYS>',
			"keys of your own, as 'kill=K palette=ctrl-p'; the palette names them",
			suchAs({kill: 'K', palette: 'ctrl-p'}, written({pattern: keysPattern, read: parseKeys, demand: aKeyALine})),
		),
		schema: keysSchema,
		textOf: keysText,
	},
	mouse: row(
		'--mouse',
		'click and wheel; text is then selected with Shift held (the command mouse switches it while it runs)',
		flag,
	),
	noMouse: {...row('--no-mouse', 'no mouse, whatever lbtop.yaml says', flag), hidden: true},
	cursor: row('--cursor', "show the terminal's cursor on the focused row, for magnifiers", flag),
	color: row('--no-color', 'no colours', flag),
} satisfies Rows;

/** `kill=K palette=ctrl-p,f1`: what each is bound to; the screen knows what there is to bind. */
function parseKeys(text: string): Record<string, string[]> {
	const pairs = text.split(/\s+/).filter(Boolean);
	return Object.fromEntries(
		pairs.map(pair => {
			const [, name, keys] = /^([a-z0-9-]+)=(.+)$/.exec(pair) ?? invalid(t("'{text}' is not NAME=KEY.", {text: pair}));
			return [name!, [...keys!.matchAll(/(,|[^,]+)(?:,|$)/g)].map(match => match[1]!)];
		}),
	);
}

/** `{kill: K, palette: [ctrl-p, ':']}`, as lbtop.yaml has it, in one text. */
function keysText(value: unknown): string {
	if (Array.isArray(value) || typeof value !== 'object' || value === null) throw new UsageError(t(aKeyALine));
	return Object.entries(value)
		.map(([name, keys]) => `${name}=${[keys].flat().join(',')}`)
		.join(' ');
}
