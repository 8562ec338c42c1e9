import {t} from '../../words/words.ts';
import type {LogAsk} from '../log/log-ask.ts';
import {timeForms} from '../log/log-view.ts';
import {keyOf} from './key-names.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';

const where: KeyRow['where'] = ['log'];
const ask = (what: LogAsk): Act[] => [{type: 'log', ask: what}];
const isHeld = ({view: {log}}: KeyContext) => log.held !== undefined || log.window?.isFollowing === false;

/** Why a key that reads the file cannot. */
function noFile({view}: KeyContext): string | undefined {
	return view.log.hasFile ? undefined : t('there is no log file here: only the last lines of it were kept');
}

function noSearch(context: KeyContext): string | undefined {
	return (
		noFile(context) ??
		(context.view.log.search
			? undefined
			: t('nothing is searched for: {key} asks', {key: keyOf('search', context.keymap)}))
	);
}

function noMarks(context: KeyContext): string | undefined {
	return (
		noFile(context) ??
		(context.view.log.marks.length > 0
			? undefined
			: t('no line is marked: {key} marks one', {key: keyOf('mark', context.keymap)}))
	);
}

function isWrapped({view, keymap}: KeyContext): string | undefined {
	return view.log.wrap
		? t('lines are wrapped: {key} cuts them, then they scroll sideways', {key: keyOf('wrap', keymap)})
		: undefined;
}

/** Keys of the log pane beside scrolling. */
export const logKeys: KeyRow[] = [
	{
		name: 'search',
		keys: ['/'],
		where,
		help: 'search the whole log: a text, or /pattern/ (/pattern/i)',
		hint: {label: 'search', rank: 9},
		refusal: noFile,
		act: () => viewAct({type: 'ask', prompt: {kind: 'log-search', text: ''}}),
	},
	{
		name: 'next-hit',
		keys: ['n'],
		where,
		help: 'next line that has it, or the one before; round at the ends',
		hint: {label: 'next, previous', rank: 10},
		refusal: noSearch,
		act: () => ask({type: 'next', to: 'newer'}),
	},
	{
		name: 'previous-hit',
		keys: ['N'],
		with: 'next-hit',
		where,
		help: 'the line before that has it',
		refusal: noSearch,
		act: () => ask({type: 'next', to: 'older'}),
	},
	{
		name: 'filter',
		keys: ['&'],
		where,
		help: 'filter by text, /pattern/, by:PART, label:LABEL; ! without',
		hint: {label: 'filter', rank: 8},
		refusal: noFile,
		act: () => viewAct({type: 'ask', prompt: {kind: 'log-filter', text: ''}}),
	},
	{
		name: 'unfilter',
		keys: ['backspace'],
		where,
		help: 'take the last filter away (the same one again: that one)',
		hint: {label: 'unfilter', rank: 8},
		refusal: context => noFile(context) ?? (context.view.log.filters.length > 0 ? undefined : t('no filter is set')),
		act: () => ask({type: 'unfilter'}),
	},
	{
		name: 'follow',
		keys: ['f'],
		where,
		help: 'follow the end of log.txt, or hold it still',
		hint: {label: context => (isHeld(context) ? t('follow') : t('hold')), rank: 8},
		refusal: ({shown}) => (shown.log.lines.length < 2 ? t('nothing to hold yet: log.txt has no lines') : undefined),
		act: context => {
			const {hasFile} = context.view.log;
			if (isHeld(context)) return hasFile ? ask({type: 'follow'}) : viewAct({type: 'follow'});
			const {lines, total} = context.shown.log;
			return hasFile ? ask({type: 'hold', by: 0}) : viewAct({type: 'scroll-log', lines, total, by: -1, height: 1});
		},
	},
	{
		name: 'story',
		keys: ['enter'],
		where,
		help: 'the story of the message: all its lines, gaps in ms',
		hint: {label: 'story', rank: 7},
		refusal: noFile,
		act: () => ask({type: 'enter'}),
	},
	{
		name: 'wrap',
		keys: ['w'],
		where,
		help: 'wrap long lines, or cut them',
		hint: {label: ({view}) => (view.log.wrap ? t('cut') : t('wrap')), rank: 5},
		act: () => viewAct({type: 'wrap'}),
	},
	{
		name: 'left',
		keys: ['h', 'left'],
		shown: glyphs => `h l ${glyphs.sideways}`,
		where,
		help: 'scroll sideways',
		hint: {label: 'sideways', rank: 2},
		refusal: isWrapped,
		act: () => viewAct({type: 'shift-log', by: -8}),
	},
	{
		name: 'right',
		keys: ['l', 'right'],
		with: 'left',
		where,
		help: 'scroll to the right',
		refusal: isWrapped,
		act: () => viewAct({type: 'shift-log', by: 8}),
	},
	{
		name: 'clock',
		keys: ['t'],
		where,
		help: 'time: whole, to the millisecond in front, or none',
		hint: {label: 'clock', rank: 4},
		act: ({view}) => {
			const next = (timeForms.indexOf(view.log.time) + 1) % timeForms.length;
			return viewAct({type: 'log-time', form: timeForms[next]!});
		},
	},
	{
		name: 'mark',
		keys: ['m'],
		where,
		help: 'mark the line, or take its mark away',
		hint: {label: 'mark', rank: 5},
		refusal: noFile,
		act: () => ask({type: 'mark'}),
	},
	{
		name: 'previous-mark',
		keys: ['['],
		where,
		help: 'the mark before, the next one',
		hint: {label: 'marks', rank: 6},
		refusal: noMarks,
		act: () => ask({type: 'to-mark', to: 'older'}),
	},
	{
		name: 'next-mark',
		keys: [']'],
		with: 'previous-mark',
		where,
		help: 'the next mark',
		refusal: noMarks,
		act: () => ask({type: 'to-mark', to: 'newer'}),
	},
	{
		name: 'unmark',
		keys: ['u'],
		where,
		help: 'take all marks away',
		refusal: noMarks,
		act: () => ask({type: 'unmark'}),
	},
	{
		name: 'copy',
		keys: ['y'],
		where,
		help: 'copy the line, or all marked ones, by OSC 52',
		hint: {label: 'copy', rank: 6},
		refusal: noFile,
		act: () => ask({type: 'copy'}),
	},
	{
		name: 'pager',
		keys: ['o'],
		where,
		help: 'open the log at this line in $PAGER',
		hint: {label: 'pager', rank: 5},
		refusal: noFile,
		act: () => ask({type: 'pager'}),
	},
];
