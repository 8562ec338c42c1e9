/** What the screen itself can do, as entries of the palette: whatever has a key, and what a key alone cannot say. */

import {closest} from 'fastest-levenshtein';
import {layoutNames} from '../../domain/layout-name.ts';
import {readLogTime} from '../../domain/log-query.ts';
import {themeChoices} from '../../domain/theme-name.ts';
import {type Saying, t} from '../../words/words.ts';
import {helpOf} from '../keymap/key-names.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from '../keymap/key-row.ts';
import {movementKeys} from '../keymap/movement-keys.ts';
import {type PaneId, paneIds} from '../layout.ts';
import {paneName} from '../text/pane-names.ts';
import type {Entry} from './entry.ts';
import {fuzzyFind} from './fuzzy.ts';

type Choice = {name: string; help: () => string; act: () => Act[]};

/** One of a few words behind a name. */
function choiceEntry(name: string, {usage, help, choices}: {usage: string; help: Saying; choices: Choice[]}): Entry {
	return {
		...{name, usage: `${name} ${usage}`, help, isOpen: true},
		candidates: argument =>
			fuzzyFind(argument.trim(), choices, each => each.name).map(each => ({
				argument: each.name,
				label: each.name,
				help: each.help(),
			})),
		run: argument => {
			const names = choices.map(each => each.name);
			const choice = choices.find(each => each.name === argument.trim());
			if (choice) return choice.act();
			return argument.trim() === ''
				? t("it is '{usage}'", {usage: `${name} ${names.join('|')}`})
				: t("there is no '{name}'; did you mean '{other}'?", {name: argument.trim(), other: closest(argument, names)});
		},
	};
}

/** To a moment in log.txt. */
const goEntry: Entry = {
	...{name: 'go', usage: 'go TIME', help: 'go to a time: 14:02:31, or 2026-09-14 14:02', isOpen: true},
	candidates: () => [],
	run: (argument, {view}) => {
		if (!view.log.hasFile) return t('there is no log file here: only the last lines of it were kept');
		const text = argument.trim();
		const read = readLogTime(text);
		return typeof read === 'string'
			? read
			: [...viewAct({type: 'focus', pane: 'log'}), {type: 'log', ask: {type: 'time', text}}];
	},
};

export const screenEntries: Entry[] = [
	goEntry,
	choiceEntry('focus', {
		usage: 'PANE',
		help: 'give a pane the keys',
		choices: paneIds.map(pane => ({
			name: pane === 'delivery' ? 'clients' : pane,
			help: () => paneName(pane),
			act: () => viewAct({type: 'focus', pane}),
		})),
	}),
	choiceEntry('layout', {
		usage: 'NAME',
		help: 'how the panes stand',
		choices: layoutNames.map(layout => ({name: layout, help: () => '', act: () => viewAct({type: 'layout', layout})})),
	}),
	choiceEntry('theme', {
		usage: 'NAME',
		help: 'the colours of the screen',
		choices: themeChoices.map(name => ({name, help: () => '', act: () => viewAct({type: 'theme', name})})),
	}),
];

/** The rows of the table of keys that say it all by their name. `taken`: names that mean a command of the run. */
export function keyEntries(keymap: KeyRow[], taken: Set<string>): Entry[] {
	return keymap
		.filter(row => !row.isFixed && !row.name.startsWith('pane-') && !taken.has(row.name))
		.filter(({name}) => name !== 'palette' && !movementKeys.some(row => row.name === name))
		.map(row => ({
			...{name: row.name, usage: row.name, help: () => helpOf(row, keymap), isOpen: false},
			candidates: () => [],
			run: (argument, context) =>
				argument.trim() === '' ? pressed(row, context) : t("it is '{usage}'", {usage: row.name}),
		}));
}

/** As if its key were pressed, in the pane where it means something. */
function pressed(row: KeyRow, context: KeyContext): Act[] | string {
	const {focus} = context.view;
	const isHere = row.where === 'everywhere' || row.where.includes(focus);
	const pane = isHere ? focus : (row.where as PaneId[]).find(where => paneIds.includes(where));
	if (pane === undefined) return t("'{name}' means nothing here", {name: row.name});
	const {palette: _, ...view} = context.view;
	const there = {...context, view: {...view, focus: pane}};
	const reason = row.refusal?.(there);
	if (reason !== undefined) return reason;
	const acts = row.act(there, row.keys[0]!);
	return isHere ? acts : [...viewAct({type: 'focus', pane}), ...acts];
}
