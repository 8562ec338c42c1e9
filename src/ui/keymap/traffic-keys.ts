import {t} from '../../words/words.ts';
import {chartsFrom, chartsOf} from '../traffic/traffic-charts.ts';
import {timeScales} from '../traffic/traffic-window.ts';
import {type Act, type KeyContext, type KeyRow, viewAct} from './key-row.ts';

/** Keys of the traffic pane. Its own + and - come before the general ones. */
export const trafficKeys: KeyRow[] = [
	{
		name: 'next-chart',
		keys: ['c', 'j', 'down'],
		shown: glyphs => `c C ${glyphs.arrows}`,
		where: ['traffic'],
		help: 'the next chart, the one before',
		hint: {label: 'chart', rank: 9},
		act: context => chartAct(context, 1),
	},
	{
		name: 'previous-chart',
		keys: ['C', 'k', 'up'],
		with: 'next-chart',
		where: ['traffic'],
		help: 'the chart before',
		act: context => chartAct(context, -1),
	},
	{
		name: 'less-time',
		keys: ['+', '='],
		shown: '+ -',
		where: ['traffic'],
		help: 'time scale of the charts: less time, more (1, 2, 5, 10 minutes)',
		hint: {label: 'time scale', rank: 8},
		refusal: context => (scaleAt(context, -1) ? undefined : t('it shows 1 minute already, the least')),
		act: context => scaleAct(context, -1),
	},
	{
		name: 'more-time',
		keys: ['-', '_'],
		with: 'less-time',
		where: ['traffic'],
		help: 'time scale of the charts: more time',
		refusal: context => (scaleAt(context, 1) ? undefined : t('it shows 10 minutes already, all there is')),
		act: context => scaleAct(context, 1),
	},
];

function chartAct({view, live}: KeyContext, step: 1 | -1): Act[] {
	const all = chartsOf(live);
	const chart = chartsFrom(view.traffic.chart, all).at(step % all.length)!;
	return viewAct({type: 'look-at-traffic', traffic: {chart}});
}

function scaleAct(context: KeyContext, step: 1 | -1): Act[] {
	return viewAct({type: 'look-at-traffic', traffic: {minutes: scaleAt(context, step)!}});
}

function scaleAt({view}: KeyContext, step: 1 | -1) {
	return timeScales[timeScales.indexOf(view.traffic.minutes) + step];
}
