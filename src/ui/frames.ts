/** What the screen shows next and when: data at a bounded pace, keys at once, nothing when nothing changed. */

import {partsOf, type State} from '../state/state.ts';
import type {Store} from '../state/store.ts';
import {createHistory} from './history.ts';
import type {KeyRow} from './keymap/key-row.ts';
import {keymap as plainKeymap} from './keymap/keymap.ts';
import type {Size} from './terminal/painter.ts';
import {firstView, reduceView, type View, type ViewAction} from './view.ts';

/** All that a frame is drawn from. `shown` is `live`, or the moment that a frozen display shows. */
export type Frame = {live: State; shown: State; view: View; size: Size; keymap: KeyRow[]};

/** Frames one after the other. `snapshot` and `subscribe` are what React asks of a store. */
export type Frames = {
	snapshot(): Frame;
	subscribe(listener: () => void): () => void;
	/** The view as it is, also before it is on the screen. */
	view(): View;
	act(action: ViewAction): void;
	/** The same, seen with the next frame. */
	later(action: ViewAction): void;
	/** Makes a frame now, whatever the pace. */
	refresh(): void;
	close(): void;
};

/** At most eight frames a second for data: more is not read, and each costs. */
const leastMs = 120;

/** Where nothing moves, or the display is frozen, only clocks and the gauges of idle processes change. */
const restMs = 1000;

/** Drawing takes at most this part of the time: where a frame is dear (a large screen, a busy machine) there are fewer. */
const mostPart = 0.08;

/** `keymap`: with the person's own keys; `view`: how it begins. */
type Settings = {store: Store; size: () => Size; keymap?: KeyRow[]; view?: View};

export function createFrames({store, size, keymap = plainKeymap, view: begun = firstView}: Settings): Frames {
	const history = createHistory();
	let view = begun;
	let frame = frameOf();
	let timer: NodeJS.Timeout | undefined;
	let dueAt = Number.POSITIVE_INFINITY;
	let drawn = pulseOf(frame.live);
	let lastAt = performance.now();
	let costMs = 0;
	const listeners = new Set<() => void>();

	function frameOf(): Frame {
		const live = store.get();
		return {live, shown: view.frozen?.shown ?? live, view, size: size(), keymap};
	}
	const refresh = () => {
		clearTimeout(timer);
		timer = undefined;
		dueAt = Number.POSITIVE_INFINITY;
		frame = frameOf();
		drawn = pulseOf(frame.live);
		lastAt = performance.now();
		for (const listener of listeners) listener();
		// React draws in a microtask of its own, queued by the listeners just now: this one comes after it.
		queueMicrotask(() => {
			costMs = costMs * 0.8 + (performance.now() - lastAt) * 0.2;
		});
	};
	/** Draws by then, if it is not drawn sooner. */
	const drawWithin = (ms: number) => {
		const at = lastAt + Math.max(ms, Math.min(costMs / mostPart, restMs));
		if (timer && at >= dueAt) return;
		clearTimeout(timer);
		dueAt = at;
		timer = setTimeout(refresh, Math.max(0, at - performance.now()));
	};
	const onChange = () => {
		const live = store.get();
		history.note(live);
		drawWithin(view.frozen || pulseOf(live) === drawn ? restMs : leastMs);
	};
	const unsubscribe = store.subscribe(onChange);
	return {
		snapshot: () => frame,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		view: () => view,
		later: action => {
			view = reduceView(view, action);
			drawWithin(leastMs);
		},
		act: action => {
			view = reduceView(view, action.type === 'freeze' ? {past: history.past(), ...action} : action);
			refresh();
		},
		refresh,
		close: () => {
			clearTimeout(timer);
			unsubscribe();
			listeners.clear();
		},
	};
}

/** What people wait to see move: messages, parts and their routes, events, lines of the log. */
function pulseOf(state: State): string {
	const {clients, servers, events, log, phase, echo, faults} = state;
	const {attempts, acked, failed, inFlight} = clients;
	const parts = partsOf(state).map(({process}) => process);
	const routes = servers.map(({route}) => `${route?.state} ${route?.progress?.done}`);
	return [attempts, acked, failed, inFlight, ...parts, ...routes, events.length, events.at(-1)?.at]
		.concat([log.total, phase, echo?.at, faults.length])
		.join();
}
