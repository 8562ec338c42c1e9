import {nextAlgorithm} from '../../domain/algorithm.ts';
import {nextLayout} from '../../domain/layout-name.ts';
import {t} from '../../words/words.ts';
import {type PaneId, paneIds} from '../layout.ts';
import {paneName} from '../text/pane-names.ts';
import {keyedPane, keyOf} from './key-names.ts';
import {type Act, type KeyContext, type KeyRow, noticeAct, viewAct} from './key-row.ts';
import {fasterRate, slowerRate} from './rate-steps.ts';
import {endingRefusal} from './refusals.ts';

const isEnding = ({live}: KeyContext) => live.phase === 'stopping' || live.phase === 'ended';

/** Keys that work in every pane. */
export const globalKeys: KeyRow[] = [
	{
		name: 'next-pane',
		keys: ['tab'],
		shown: 'Tab',
		where: 'everywhere',
		help: keymap => t('focus the next pane; {key} the one before', {key: keyOf('previous-pane', keymap)}),
		hint: {label: 'pane', rank: 4},
		act: context => focusAct(context, 1),
	},
	{
		name: 'previous-pane',
		keys: ['shift-tab'],
		with: 'next-pane',
		where: 'everywhere',
		help: 'focus the pane before',
		act: context => focusAct(context, -1),
	},
	...paneIds.map((pane, index): KeyRow => {
		const names = (keymap: KeyRow[]) => paneIds.map(each => keyedPane(each, keymap)).join(', ');
		const row = {name: `pane-${pane}`, keys: [String(index + 1)], where: 'everywhere'} as const;
		const act = () => viewAct({type: 'focus', pane});
		const first = `pane-${paneIds[0]}`;
		return index === 0
			? {
					...row,
					keys: [...row.keys],
					shown: `1-${paneIds.length}`,
					help: keymap => t('focus a pane: {names}', {names: names(keymap)}),
					act,
				}
			: {...row, keys: [...row.keys], with: first, help: () => t('focus {name}', {name: paneName(pane)}), act};
	}),
	{
		name: 'zoom',
		keys: ['z'],
		where: 'everywhere',
		help: 'give the focused pane the whole screen, or take it back',
		hint: {label: ({view}) => (view.zoomed ? t('unzoom') : t('zoom')), rank: 4},
		act: () => viewAct({type: 'zoom'}),
	},
	{
		name: 'layout',
		keys: ['L'],
		where: 'everywhere',
		help: 'another layout of the panes',
		hint: {label: 'layout', rank: 2},
		act: context => {
			const layout = nextLayout(context.view.layout);
			return [...viewAct({type: 'layout', layout}), ...noticeAct(context, t('layout {name}', {name: layout}), 'good')];
		},
	},
	{
		name: 'faster',
		keys: ['+', '='],
		shown: '+ -',
		where: 'everywhere',
		help: keymap =>
			t('message rate: faster, slower (1, 2, 5 and so on to max); in {pane} its time scale', {
				pane: keyedPane('traffic', keymap),
			}),
		hint: {label: 'rate', rank: 5},
		refusal: ({live}) => endingRefusal(live.phase),
		act: context => rateAct(context, 'faster'),
	},
	{
		name: 'slower',
		keys: ['-', '_'],
		with: 'faster',
		where: 'everywhere',
		help: 'message rate: slower',
		refusal: ({live}) => endingRefusal(live.phase),
		act: context => rateAct(context, 'slower'),
	},
	{
		name: 'algorithm',
		keys: ['a'],
		where: 'everywhere',
		help: 'next algorithm of the balancer; nothing is lost',
		hint: {label: 'algorithm', rank: 4},
		refusal: ({live}) => endingRefusal(live.phase),
		act: ({live}) => [{type: 'send', command: {type: 'algorithm', algorithm: nextAlgorithm(live.balancer.algorithm)}}],
	},
	{
		name: 'freeze',
		keys: ['space'],
		where: 'everywhere',
		help: 'freeze the display; the lab goes on',
		hint: {label: ({view}) => (view.frozen ? t('unfreeze') : t('freeze')), rank: 4},
		act: ({view, live}) => viewAct(view.frozen ? {type: 'thaw'} : {type: 'freeze', state: live}),
	},
	{
		name: 'back',
		keys: ['escape'],
		isFixed: true,
		where: 'everywhere',
		help: 'back: help, zoom, scrolling, freeze',
		act: () => viewAct({type: 'back'}),
	},
	{
		name: 'palette',
		keys: [':'],
		where: 'everywhere',
		help: 'say a command: all there are, found by a few of their letters',
		hint: {label: 'command', rank: 6},
		act: () => viewAct({type: 'palette', palette: {text: ''}}),
	},
	{
		name: 'save',
		keys: ['S'],
		where: 'everywhere',
		help: 'save a report of the run so far, as JSON and as Markdown',
		hint: {label: 'save', rank: 0},
		act: () => [{type: 'save'}],
	},
	{
		name: 'repaint',
		isAlways: true,
		keys: ['ctrl-l'],
		where: 'everywhere',
		help: 'paint the screen anew',
		act: () => [{type: 'repaint'}],
	},
	{
		name: 'suspend',
		isAlways: true,
		keys: ['ctrl-z'],
		where: 'everywhere',
		help: 'suspend lbtop; fg brings it back',
		act: () => [{type: 'suspend'}],
	},
	{
		name: 'help',
		isAlways: true,
		keys: ['?', 'f1'],
		where: 'everywhere',
		help: 'this help',
		hint: {label: 'help', rank: 10},
		act: ({view}) => viewAct({type: 'help', open: view.help === undefined}),
	},
	{
		name: 'quit',
		keys: ['q'],
		where: 'everywhere',
		help: 'quit gently: what is in flight is finished',
		hint: {label: 'quit', rank: 11},
		refusal: context =>
			context.live.phase === 'stopping'
				? t('stopping already: {key} or Ctrl-C ends it now', {key: keyOf('quit-now', context.keymap)})
				: undefined,
		act: () => [{type: 'quit', now: false}],
	},
	{
		name: 'quit-now',
		keys: ['Q'],
		where: 'everywhere',
		help: 'quit now',
		hint: {label: 'quit now', rank: 1},
		act: () => [{type: 'quit', now: true}],
	},
	{
		name: 'interrupt',
		isAlways: true,
		keys: ['ctrl-c'],
		isFixed: true,
		where: 'everywhere',
		help: 'quit gently; twice: now',
		act: context => [{type: 'quit', now: isEnding(context)}],
	},
];

function focusAct({view}: KeyContext, step: number): Act[] {
	const pane: PaneId = paneIds.at((paneIds.indexOf(view.focus) + step) % paneIds.length)!;
	return viewAct({type: 'focus', pane});
}

function rateAct(context: KeyContext, direction: 'faster' | 'slower'): Act[] {
	const {clients, runningAt, startedAt, now, samples} = context.live;
	const {rate, rateSetAt = runningAt ?? startedAt} = clients;
	const rateNow = {rate, ageMs: now - rateSetAt, reachedPerSecond: samples.at(-1)?.acked ?? 0};
	const next = direction === 'faster' ? fasterRate(rateNow) : slowerRate(rateNow);
	if (next !== undefined) return [{type: 'send', command: {type: 'rate', rate: next}}];
	const text =
		direction === 'faster' ? t('the rate is max already') : t('the rate is 1 a second already, the slowest step');
	return noticeAct(context, text);
}
