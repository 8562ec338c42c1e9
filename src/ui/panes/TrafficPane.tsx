import {type State, wallOf} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {useTools} from '../Block.tsx';
import {keyOf, paneKey} from '../keymap/key-names.ts';
import type {Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {span} from '../text/line.ts';
import {clockText} from '../text/number-text.ts';
import {loadNote} from '../text/status-text.ts';
import {type ChartId, chartsOf, trafficCharts} from '../traffic/traffic-charts.ts';
import {trafficLines} from '../traffic/traffic-lines.ts';
import type {TrafficView} from '../traffic/traffic-view.ts';

type Props = {state: State; view: TrafficView; isFrozen: boolean; rect: Rect; isFocused: boolean};

/** Rate, latency and what waits over the last minutes, with marks where something was killed or came back. */
export function TrafficPane({state, view, isFrozen, rect, isFocused}: Props) {
	const {theme, keymap} = useTools();
	const nowText = isFrozen ? clockText(wallOf(state, state.now)) : t('now');
	const size = {width: rect.width - 2, height: rect.height - 2};
	const {lines, charts, seconds} = trafficLines({state, view, nowText, ...size, theme});
	const told = loadNote(state);
	const stale = told.length > 0 ? [span('  '), ...told] : [];
	const content = {
		key: paneKey('traffic', keymap),
		title: t('Traffic'),
		note: [span(seconds < 120 ? t('last {count} s', {count: seconds}) : lastMinutes(seconds), 'muted'), ...stale],
		foot:
			charts.length < chartsOf(state).length
				? [span(othersText(chartsOf(state), charts, keyOf('next-chart', keymap)), 'muted')]
				: [],
		lines,
	};
	return <Pane rect={rect} isFocused={isFocused} content={content} />;
}

function lastMinutes(seconds: number): string {
	const minutes = Number((seconds / 60).toFixed(1));
	return t('last {count} min', {count: minutes});
}

/** What else there is to look at. */
function othersText(all: ChartId[], charts: string[], key: string): string {
	const others = all.filter(id => !charts.includes(id)).map(id => trafficCharts[id].name());
	return t('{key}: {charts}', {key, charts: others.join(', ')});
}
