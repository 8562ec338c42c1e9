import {t} from '../../words/words.ts';
import {chartIds, chartsFrom} from '../traffic/traffic-charts.ts';
import {timeScales} from '../traffic/traffic-window.ts';
import {type KeyContext, type KeyRow, viewAct} from './key-row.ts';

/** Keys of the traffic pane. Its own + and - come before the general ones. */
export const trafficKeys: KeyRow[] = [
	{
		keys: ['c', 'C', 'j', 'k', 'down', 'up'],
		shown: glyphs => `c C ${glyphs.arrows}`,
		where: ['traffic'],
		help: t('the next chart, the one before'),
		hint: {label: t('chart'), rank: 9},
		act: ({view}, key) => {
			const isBack = key === 'C' || key === 'k' || key === 'up';
			const chart = chartsFrom(view.traffic.chart).at(isBack ? -1 : 1 % chartIds.length)!;
			return viewAct({type: 'look-at-traffic', traffic: {chart}});
		},
	},
	{
		keys: ['+', '=', '-', '_'],
		shown: '+ -',
		where: ['traffic'],
		help: t('time scale of the charts: less time, more (1, 2, 5, 10 minutes)'),
		hint: {label: t('time scale'), rank: 8},
		act: (context, key) => {
			const minutes = nextScale(context, key);
			if (minutes !== undefined) return viewAct({type: 'look-at-traffic', traffic: {minutes}});
			const text = isCloser(key)
				? t('it shows 1 minute already, the least')
				: t('it shows 10 minutes already, all there is');
			return viewAct({type: 'notice', text, echoAt: context.live.echo?.at});
		},
	},
];

function nextScale({view}: KeyContext, key: string) {
	return timeScales[timeScales.indexOf(view.traffic.minutes) + (isCloser(key) ? -1 : 1)];
}

function isCloser(key: string): boolean {
	return key === '+' || key === '=';
}
