import {t} from '../../words/words.ts';
import {longestLine, type PaletteView, recalled} from '../palette/palette-view.ts';
import {actsOfLine, offerFor} from '../palette/suggest.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';
import {withoutLast, writingKeys} from './prompt-keys.ts';

const where: KeyRow['where'] = ['palette'];

/** The keys of the open palette. */
export const paletteKeys: KeyRow[] = [
	{
		name: 'write-command',
		keys: writingKeys,
		writes: true,
		isFixed: true,
		shown: 'a-z 0-9 =',
		where,
		help: 'write; a few letters of a command are enough',
		act: (context, key) => written(lineOf(context) + (key === 'space' ? ' ' : key)),
	},
	{
		name: 'complete',
		keys: ['tab'],
		isFixed: true,
		shown: 'Tab',
		where,
		help: 'complete: the first that is offered, then the next; Shift-Tab the one before',
		hint: {label: 'complete', rank: 9},
		act: context => picked(context, 1),
	},
	{
		name: 'complete-back',
		keys: ['shift-tab'],
		isFixed: true,
		with: 'complete',
		where,
		help: 'the one before',
		act: context => picked(context, -1),
	},
	{
		name: 'older-line',
		keys: ['up'],
		isFixed: true,
		shown: glyphs => glyphs.arrows,
		where,
		help: 'what was said before',
		hint: {label: 'history', rank: 7},
		refusal: emptyRefusal,
		act: context => recall(context, -1),
	},
	{
		name: 'newer-line',
		keys: ['down'],
		isFixed: true,
		with: 'older-line',
		where,
		help: 'what was said after it',
		refusal: emptyRefusal,
		act: context => recall(context, 1),
	},
	{
		name: 'erase-command',
		keys: ['backspace'],
		isFixed: true,
		where,
		help: 'take the last character back; in an empty line: leave',
		act: context => {
			const line = lineOf(context);
			return line === '' ? viewAct({type: 'palette'}) : written(withoutLast(line));
		},
	},
	{
		name: 'erase-word',
		keys: ['ctrl-w'],
		isFixed: true,
		where,
		help: 'take the last word back',
		act: context => written(lineOf(context).replace(/\S*\s*$/, '')),
	},
	{
		name: 'erase-line',
		keys: ['ctrl-u'],
		isFixed: true,
		where,
		help: 'take all of it back',
		act: () => written(''),
	},
	{
		name: 'say-command',
		keys: ['enter'],
		isFixed: true,
		where,
		help: 'do it; what is not complete is completed first',
		hint: {label: 'do it', rank: 11},
		act: say,
	},
	{
		name: 'leave-palette',
		keys: ['escape'],
		isFixed: true,
		where,
		help: 'leave',
		hint: {label: 'leave', rank: 10},
		act: () => viewAct({type: 'palette'}),
	},
];

function emptyRefusal({view}: KeyContext): string | undefined {
	return view.history.length === 0 ? t('nothing has been said yet') : undefined;
}

/** The line as it is seen: what is written, or the suggestion that stands for it. */
export function lineOf(context: KeyContext): string {
	const {text, pick} = openPalette(context);
	return pick === undefined ? text : (offerFor(text, context).suggestions[pick]?.line ?? text);
}

function openPalette({view}: KeyContext): PaletteView {
	if (!view.palette) throw new Error('a key of the palette was pressed without one');
	return view.palette;
}

function written(text: string): Act[] {
	return viewAct({type: 'palette', palette: {text: text.slice(0, longestLine)}});
}

function picked(context: KeyContext, step: 1 | -1): Act[] {
	const {text, pick} = openPalette(context);
	const {suggestions} = offerFor(text, context);
	if (suggestions.length === 0) return [];
	if (suggestions.length === 1) return written(suggestions[0]!.line);
	const from = pick ?? (step === 1 ? -1 : 0);
	return viewAct({type: 'palette', palette: {text, pick: (from + step + suggestions.length) % suggestions.length}});
}

function recall(context: KeyContext, step: -1 | 1): Act[] {
	return viewAct({type: 'palette', palette: recalled(openPalette(context), context.view.history, step)});
}

/** Does what the line says. A line that is no command yet becomes the first that is offered; only a beginning of its name does it at once. */
function say(context: KeyContext): Act[] {
	const line = lineOf(context);
	const acts = actsOfLine(line, context);
	if (typeof acts !== 'string') return [...viewAct({type: 'said', line: line.trim()}), ...acts];
	const [first] = offerFor(line, context).suggestions;
	const isName = first !== undefined && line.trim() !== '' && !line.includes(' ') && first.line.trim() !== line.trim();
	if (!isName) return viewAct({type: 'palette', palette: {text: line, wrong: acts}});
	const meant = first.line.startsWith(line.trim()) ? actsOfLine(first.line, context) : acts;
	if (typeof meant === 'string') return written(first.line);
	return [...viewAct({type: 'said', line: first.line.trim()}), ...meant];
}
