import type {ChartId} from './traffic-charts.ts';
import type {TimeScale} from './traffic-window.ts';

/** How the traffic pane is looked at: its first chart, and the minutes that all show at least. */
export type TrafficView = {chart: ChartId; minutes: TimeScale};

/** How the pane begins. */
export const firstTrafficView: TrafficView = {chart: 'rate', minutes: 1};
