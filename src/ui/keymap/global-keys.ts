import {nextAlgorithm} from '../../domain/algorithm.ts';
import {paneIds} from '../layout.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';
import {fasterRate, slowerRate} from './rate-steps.ts';

const isEnding = ({live}: KeyContext) => live.phase === 'stopping' || live.phase === 'ended';

/** Keys that work in every pane. */
export const globalKeys: KeyRow[] = [
	{
		keys: ['tab', 'shift-tab'],
		shown: 'Tab',
		where: 'everywhere',
		help: 'focus the next pane; Shift-Tab the one before',
		hint: {label: 'pane', rank: 4},
		act: ({view}, key) => {
			const step = key === 'tab' ? 1 : paneIds.length - 1;
			const next = paneIds[(paneIds.indexOf(view.focus) + step) % paneIds.length]!;
			return viewAct({type: 'focus', pane: next});
		},
	},
	{
		keys: ['1', '2', '3', '4', '5', '6'],
		shown: '1-6',
		where: 'everywhere',
		help: 'focus a pane: servers, traffic, incidents, clients, events, log.txt',
		act: (_, key) => viewAct({type: 'focus', pane: paneIds[Number(key) - 1]!}),
	},
	{
		keys: ['z'],
		where: 'everywhere',
		help: 'give the focused pane the whole screen, or take it back',
		hint: {label: ({view}) => (view.zoomed ? 'unzoom' : 'zoom'), rank: 4},
		act: () => viewAct({type: 'zoom'}),
	},
	{
		keys: ['+', '=', '-', '_'],
		shown: '+ -',
		where: 'everywhere',
		help: 'message rate: faster, slower (1, 2, 5 and so on to max); in 2 Traffic its time scale',
		hint: {label: 'rate', rank: 5},
		refusal: context => (isEnding(context) ? 'the lab is stopping' : undefined),
		act: (context, key) => rateAct(context, key === '+' || key === '=' ? 'faster' : 'slower'),
	},
	{
		keys: ['a'],
		where: 'everywhere',
		help: 'next algorithm of the balancer; nothing is lost',
		hint: {label: 'algorithm', rank: 4},
		refusal: context => (isEnding(context) ? 'the lab is stopping' : undefined),
		act: ({live}) => [{type: 'send', command: {type: 'algorithm', algorithm: nextAlgorithm(live.balancer.algorithm)}}],
	},
	{
		keys: ['space'],
		shown: 'Space',
		where: 'everywhere',
		help: 'freeze the display; the lab goes on',
		hint: {label: ({view}) => (view.frozen ? 'unfreeze' : 'freeze'), rank: 4},
		act: ({view, live}) => viewAct(view.frozen ? {type: 'thaw'} : {type: 'freeze', state: live}),
	},
	{
		keys: ['escape'],
		shown: 'Esc',
		where: 'everywhere',
		help: 'back: help, zoom, scrolling, freeze',
		act: () => viewAct({type: 'back'}),
	},
	{keys: ['ctrl-l'], shown: '^L', where: 'everywhere', help: 'paint the screen anew', act: () => [{type: 'repaint'}]},
	{
		keys: ['ctrl-z'],
		shown: '^Z',
		where: 'everywhere',
		help: 'suspend lbtop; fg brings it back',
		act: () => [{type: 'suspend'}],
	},
	{
		keys: ['?', 'f1'],
		where: 'everywhere',
		help: 'this help',
		hint: {label: 'help', rank: 10},
		act: ({view}) => viewAct({type: 'help', open: view.help === undefined}),
	},
	{
		keys: ['q'],
		where: 'everywhere',
		help: 'quit gently: what is in flight is finished',
		hint: {label: 'quit', rank: 11},
		refusal: context => (isEnding(context) ? 'stopping already: Q or Ctrl-C ends it now' : undefined),
		act: () => [{type: 'quit', now: false}],
	},
	{
		keys: ['Q'],
		where: 'everywhere',
		help: 'quit now',
		hint: {label: 'quit now', rank: 1},
		act: () => [{type: 'quit', now: true}],
	},
	{
		keys: ['ctrl-c'],
		shown: '^C',
		where: 'everywhere',
		help: 'quit gently; twice: now',
		act: context => [{type: 'quit', now: isEnding(context)}],
	},
];

function rateAct({live}: KeyContext, direction: 'faster' | 'slower'): Act[] {
	const {rate, rateSetAt = live.runningAt ?? live.startedAt} = live.clients;
	const rateNow = {rate, ageMs: live.now - rateSetAt, reachedPerSecond: live.samples.at(-1)?.acked ?? 0};
	const next = direction === 'faster' ? fasterRate(rateNow) : slowerRate(rateNow);
	if (next !== undefined) return [{type: 'send', command: {type: 'rate', rate: next}}];
	const text = direction === 'faster' ? 'the rate is max already' : 'the rate is 1 a second already, the slowest step';
	return viewAct({type: 'notice', text, echoAt: live.echo?.at});
}
