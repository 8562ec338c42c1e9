import {t} from '../../words/words.ts';
import type {LogAsk} from '../log/log-ask.ts';
import {timeForms} from '../log/log-view.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';

const where: KeyRow['where'] = ['log'];
const ask = (what: LogAsk): Act[] => [{type: 'log', ask: what}];
const isHeld = ({view: {log}}: KeyContext) => log.held !== undefined || log.window?.isFollowing === false;

/** Why a key that reads the file cannot. */
function noFile({view}: KeyContext): string | undefined {
	return view.log.hasFile ? undefined : t('there is no log file here: only the last lines of it were kept');
}

function noSearch(context: KeyContext): string | undefined {
	return noFile(context) ?? (context.view.log.search ? undefined : t('nothing is searched for: / asks'));
}

function noMarks(context: KeyContext): string | undefined {
	return noFile(context) ?? (context.view.log.marks.length > 0 ? undefined : t('no line is marked: m marks one'));
}

/** Keys of the log pane beside scrolling. */
export const logKeys: KeyRow[] = [
	{
		keys: ['/'],
		where,
		help: t('search the whole log: a text, or /pattern/ (/pattern/i)'),
		hint: {label: t('search'), rank: 9},
		refusal: noFile,
		act: () => viewAct({type: 'ask', prompt: {kind: 'log-search', text: ''}}),
	},
	{
		keys: ['n', 'N'],
		shown: 'n N',
		where,
		help: t('next line that has it, or the one before; round at the ends'),
		hint: {label: t('next, previous'), rank: 10},
		refusal: noSearch,
		act: (_, key) => ask({type: 'next', to: key === 'n' ? 'newer' : 'older'}),
	},
	{
		keys: ['&'],
		where,
		help: t('filter by text, /pattern/, by:PART, label:LABEL; ! without'),
		hint: {label: t('filter'), rank: 8},
		refusal: noFile,
		act: () => viewAct({type: 'ask', prompt: {kind: 'log-filter', text: ''}}),
	},
	{
		keys: ['backspace'],
		shown: 'Backspace',
		where,
		help: t('take the last filter away (the same one again: that one)'),
		hint: {label: t('unfilter'), rank: 8},
		refusal: context => noFile(context) ?? (context.view.log.filters.length > 0 ? undefined : t('no filter is set')),
		act: () => ask({type: 'unfilter'}),
	},
	{
		keys: ['f'],
		where,
		help: t('follow the end of log.txt, or hold it still'),
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
		keys: ['enter'],
		shown: 'Enter',
		where,
		help: t('the story of the message: all its lines, gaps in ms'),
		hint: {label: t('story'), rank: 7},
		refusal: noFile,
		act: () => ask({type: 'enter'}),
	},
	{
		keys: [':'],
		where,
		help: t('go to a time: 14:02:31, or 2026-09-14 14:02'),
		hint: {label: t('time'), rank: 4},
		refusal: noFile,
		act: () => viewAct({type: 'ask', prompt: {kind: 'log-time', text: ''}}),
	},
	{
		keys: ['w'],
		where,
		help: t('wrap long lines, or cut them'),
		hint: {label: ({view}) => (view.log.wrap ? t('cut') : t('wrap')), rank: 5},
		act: () => viewAct({type: 'wrap'}),
	},
	{
		keys: ['h', 'l', 'left', 'right'],
		shown: glyphs => `h l ${glyphs.sideways}`,
		where,
		help: t('scroll sideways'),
		hint: {label: t('sideways'), rank: 2},
		refusal: ({view}) => (view.log.wrap ? t('lines are wrapped: w cuts them, then they scroll sideways') : undefined),
		act: (_, key) => viewAct({type: 'shift-log', by: key === 'l' || key === 'right' ? 8 : -8}),
	},
	{
		keys: ['t'],
		where,
		help: t('time: whole, to the millisecond in front, or none'),
		hint: {label: t('clock'), rank: 4},
		act: ({view}) => {
			const next = (timeForms.indexOf(view.log.time) + 1) % timeForms.length;
			return viewAct({type: 'log-time', form: timeForms[next]!});
		},
	},
	{
		keys: ['m'],
		where,
		help: t('mark the line, or take its mark away'),
		hint: {label: t('mark'), rank: 5},
		refusal: noFile,
		act: () => ask({type: 'mark'}),
	},
	{
		keys: ['[', ']'],
		shown: '[ ]',
		where,
		help: t('the mark before, the next one'),
		hint: {label: t('marks'), rank: 6},
		refusal: noMarks,
		act: (_, key) => ask({type: 'to-mark', to: key === ']' ? 'newer' : 'older'}),
	},
	{
		keys: ['u'],
		where,
		help: t('take all marks away'),
		refusal: noMarks,
		act: () => ask({type: 'unmark'}),
	},
	{
		keys: ['y'],
		where,
		help: t('copy the line, or all marked ones, by OSC 52'),
		hint: {label: t('copy'), rank: 6},
		refusal: noFile,
		act: () => ask({type: 'copy'}),
	},
	{
		keys: ['o'],
		where,
		help: t('open the log at this line in $PAGER'),
		hint: {label: t('pager'), rank: 5},
		refusal: noFile,
		act: () => ask({type: 'pager'}),
	},
];
