/** How someone looks at a run: focus, selection, scroll, zoom. Apart from what is true, and pure. */

import type {LayoutName} from '../domain/layout-name.ts';
import type {PartId} from '../domain/plan.ts';
import {nextTheme, type ThemeChoice} from '../domain/theme-name.ts';
import type {State} from '../state/state.ts';
import type {Dialog} from './dialog/dialog.ts';
import type {Prompt} from './dialog/prompt.ts';
import {type EventList, type EventMove, movedInEvents} from './events/event-list.ts';
import type {PaneId} from './layout.ts';
import {backInLog, firstLogView, type LogAction, type LogView, reduceLogView} from './log/log-view.ts';
import {type PaletteView, withLine} from './palette/palette-view.ts';
import {noPast, type Past} from './past.ts';
import type {ServerSort} from './servers/server-order.ts';
import {firstTrafficView, type TrafficView} from './traffic/traffic-view.ts';

/**
 * A list that is followed at its end, or held: a copy of what was kept when someone scrolled away, so that it stands
 * still whatever arrives. `end` counts the held entries up to the last one shown; `total` is how many there were ever.
 */
type Scroll<T> = {held?: {entries: T[]; total: number; end: number}};

/** What a frozen display shows, what it showed when it was frozen, and the moments before that. */
export type Frozen = {shown: State; last: State; past: Past};
/** `echoAt`: when the newest echo was made; a newer one takes its place. `tone`: absent: something could not be done. */
export type Notice = {text: string; echoAt: number | undefined; tone?: 'good'};

/** How the screen is looked at: everything that keys change and that is not true of the run. */
export type View = {
	focus: PaneId;
	zoomed: boolean;
	layout: LayoutName;
	/** By identity; absent: the first server. */
	selected?: PartId;
	/** How the servers are sorted; absent: as planned. */
	sort?: ServerSort;
	/** Held lines only where there is no file to read them back from. */
	log: Scroll<string> & LogView;
	events: EventList;
	traffic: TrafficView;
	/** The incident that is looked at, by its id; absent: the newest. */
	incident?: number;
	/** Rows scrolled in the help, when it is open. */
	help?: number;
	/** Rows scrolled in the details of the selected part, when they are open. */
	details?: number;
	/** The list of faults for a part, when it is open: the place of the selected one. */
	picker?: {part: PartId; selected: number};
	/** What is being asked; while it is open, keys write its answer. */
	prompt?: Prompt;
	/** The display stands still. */
	frozen?: Frozen;
	/** Why the prompt's answer is none. */
	wrong?: string;
	palette?: PaletteView;
	/** What has been said in the palette, the newest last. */
	history: string[];
	/** The question that waits for its answer. */
	dialog?: Dialog;
	/** The theme chosen while it runs; absent: as it was started. */
	theme?: ThemeChoice;
	/** A message of the screen's own, shown until it has been read or something newer is echoed. */
	notice?: Notice;
};

/** What changes the view. */
export type ViewAction =
	| {type: 'focus'; pane: PaneId}
	| {type: 'zoom'}
	| {type: 'layout'; layout: LayoutName}
	| {type: 'back'}
	| {type: 'select'; part: PartId}
	| {type: 'scroll-log'; lines: string[]; total: number; by: number; height: number}
	| ({type: 'scroll-events'} & EventMove)
	/** Without an id: the newest, whichever that is. */
	| {type: 'select-incident'; id?: number}
	/** Without a sort: as planned. */
	| {type: 'sort'; sort?: ServerSort}
	| {type: 'look-at-traffic'; traffic: Partial<TrafficView>}
	| {type: 'follow'}
	| LogAction
	| {type: 'help'; open: boolean}
	| {type: 'scroll-help'; by: number; most: number}
	| {type: 'details'; open: boolean}
	| {type: 'scroll-details'; by: number; most: number}
	/** Without a list: it is closed. */
	| {type: 'pick'; picker?: {part: PartId; selected: number}}
	| {type: 'ask'; prompt: Prompt}
	| {type: 'write'; text: string}
	| {type: 'wrong'; reason: string}
	| {type: 'answered'}
	/** Without a past there is none to go back to. */
	| {type: 'freeze'; state: State; past?: Past}
	| {type: 'scrub'; seconds: number}
	/** Without one: it is closed. */
	| {type: 'palette'; palette?: PaletteView}
	/** The palette's line is done with, and kept. */
	| {type: 'said'; line: string}
	/** Without a question: it is answered. */
	| {type: 'confirm'; dialog?: Dialog}
	| {type: 'thaw'}
	| ({type: 'notice'} & Notice)
	| {type: 'hush'}
	/** Without a name: the next one. */
	| {type: 'theme'; name?: ThemeChoice};

/** How a screen begins. */
export const firstView: View = {
	focus: 'servers',
	zoomed: false,
	layout: 'default',
	log: firstLogView,
	events: {},
	traffic: firstTrafficView,
	history: [],
};

/** The view after an action. */
export function reduceView(view: View, action: ViewAction): View {
	switch (action.type) {
		case 'focus':
			return without(without({...view, focus: action.pane}, 'help'), 'details');
		case 'zoom':
			return {...view, zoomed: !view.zoomed};
		case 'layout':
			return {...view, layout: action.layout, zoomed: false};
		case 'back':
			return back(view);
		case 'select':
			return {...view, selected: action.part};
		case 'scroll-log': {
			const {lines: entries, total} = action;
			return {...view, log: scrolled(view.log, {...action, entries, total})};
		}
		case 'scroll-events':
			return {...view, events: movedInEvents(view.events, action)};
		case 'select-incident':
			return action.id === undefined ? without(view, 'incident') : {...view, incident: action.id};
		case 'sort':
			return action.sort ? {...view, sort: action.sort} : without(view, 'sort');
		case 'look-at-traffic':
			return {...view, traffic: {...view.traffic, ...action.traffic}};
		case 'follow':
			return {...view, log: without(view.log, 'held'), events: {}};
		case 'help':
			return action.open ? {...view, help: 0} : without(view, 'help');
		case 'scroll-help':
			return view.help === undefined ? view : {...view, help: within(view.help + action.by, action.most)};
		case 'details':
			return action.open ? {...view, details: 0} : without(view, 'details');
		case 'scroll-details':
			return view.details === undefined ? view : {...view, details: within(view.details + action.by, action.most)};
		case 'pick':
			return action.picker ? {...view, picker: action.picker} : without(view, 'picker');
		case 'ask':
			return without({...view, prompt: action.prompt}, 'wrong');
		case 'write':
			return view.prompt ? without({...view, prompt: {...view.prompt, text: action.text}}, 'wrong') : view;
		case 'wrong':
			return {...view, wrong: action.reason};
		case 'answered':
			return without(without(view, 'prompt'), 'wrong');
		case 'palette':
			return action.palette ? {...view, palette: action.palette} : without(view, 'palette');
		case 'said':
			return without({...view, history: withLine(view.history, action.line)}, 'palette');
		case 'confirm':
			return action.dialog ? {...view, dialog: action.dialog} : without(view, 'dialog');
		case 'freeze':
			return {...view, frozen: {shown: action.state, last: action.state, past: action.past ?? noPast}};
		case 'scrub':
			return scrubbed(view, action.seconds);
		case 'thaw':
			return thawed(view);
		case 'notice': {
			const {type: _, ...notice} = action;
			return {...view, notice};
		}
		case 'hush':
			return without(view, 'notice');
		case 'theme':
			return {...view, theme: action.name ?? nextTheme(view.theme ?? 'auto')};
		default:
			return {...view, log: reduceLogView(view.log, action)};
	}
}

/** Esc undoes the last thing that lies over the normal view: help, details, zoom, a scrolled list, a frozen display. */
function back(view: View): View {
	if (view.help !== undefined) return without(view, 'help');
	if (view.details !== undefined) return without(view, 'details');
	const log = backInLog(view.log);
	if (log && view.focus === 'log') return {...view, log};
	if (view.zoomed) return {...view, zoomed: false};
	if (log) return {...view, log};
	if (view.log.held || view.events.held) return reduceView(view, {type: 'follow'});
	return thawed(view);
}

/** The log is read back from its file again where the end is followed: what was shown of it ends with the moment. */
function thawed(view: View): View {
	const {frozen: _, ...rest} = view;
	return view.frozen && view.log.window?.isFollowing ? {...rest, log: without(view.log, 'window')} : rest;
}

function within(value: number, most: number): number {
	return Math.max(0, Math.min(most, value));
}

/** All panes at another moment: nothing that is held from before stays in their way. */
function scrubbed(view: View, seconds: number): View {
	const {frozen} = view;
	if (!frozen) return view;
	const found = frozen.past.from(frozen.shown.now, seconds);
	const isPastEnd = seconds > 0 && frozen.shown.now + seconds * 1000 >= frozen.last.now;
	const shown = found === undefined || isPastEnd ? (seconds > 0 ? frozen.last : frozen.shown) : found;
	const log = without(without(without(view.log, 'held'), 'story'), 'window');
	return {...view, log, events: {}, frozen: {...frozen, shown}};
}

type ScrollRequest<T> = {entries: T[]; total: number; by: number; height: number};

/** Scrolling away from the end holds the list; reaching its end again follows. `by` may be ±Infinity. */
function scrolled<T, S extends Scroll<T>>(scroll: S, {entries, total, by, height}: ScrollRequest<T>): S {
	const held = scroll.held ?? {entries: entries.slice(), total, end: entries.length};
	const least = Math.min(height, held.entries.length);
	const end = Math.min(held.entries.length, Math.max(least, held.end + by));
	return end === held.entries.length ? without(scroll, 'held') : {...scroll, held: {...held, end}};
}

/** The same without an optional key. */
function without<T extends object>(value: T, key: keyof T): T {
	const copy = {...value};
	delete copy[key];
	return copy;
}
