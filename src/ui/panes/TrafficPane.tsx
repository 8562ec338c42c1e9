import type {State} from '../../state/state.ts';
import {useTools} from '../Block.tsx';
import {paneKey, type Rect} from '../layout.ts';
import {Pane} from '../Pane.tsx';
import {span} from '../text/line.ts';
import {trafficLines} from '../traffic/traffic-lines.ts';

/** Rate and latency over the last minute, with marks where something was killed or came back. */
export function TrafficPane({state, rect, isFocused}: {state: State; rect: Rect; isFocused: boolean}) {
	const {theme} = useTools();
	const {lines, seconds} = trafficLines({state, width: rect.width - 2, height: rect.height - 2, theme});
	const note = [span(`last ${seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`}`, 'muted')];
	return <Pane rect={rect} isFocused={isFocused} content={{key: paneKey('traffic'), title: 'Traffic', note, lines}} />;
}
