/** One row of the table of keys: from it come the act itself, the hint at the bottom, the help and the palette's line. */

import type {Command} from '../../domain/command.ts';
import {type PartState, partsOf, type State} from '../../state/state.ts';
import type {PlainText} from '../../words/words.ts';
import type {Layout, PaneId} from '../layout.ts';
import type {LogAsk} from '../log/log-ask.ts';
import type {Key} from '../terminal/keys.ts';
import type {Glyphs} from '../text/glyphs.ts';
import type {View, ViewAction} from '../view.ts';

/**
 * What a key looks at. `shown` differs from `live` while the display is frozen; `helpBelow`: lines of the open help
 * that do not fit on the screen, `detailsBelow` those of the open details; `keymap`: the table with the person's own
 * keys in it.
 */
export type KeyContext = {
	live: State;
	shown: State;
	view: View;
	layout: Layout | undefined;
	helpBelow: number;
	detailsBelow?: number;
	keymap: KeyRow[];
};

/** What a key leads to. */
export type Act =
	| {type: 'view'; action: ViewAction}
	| {type: 'send'; command: Command}
	| {type: 'log'; ask: LogAsk}
	| {type: 'quit'; now: boolean}
	| {type: 'save'}
	| {type: 'repaint'}
	| {type: 'suspend'}
	| {type: 'mouse'};

/** What the keys go to: the open question, list of faults, palette, prompt, help or details, otherwise the focused pane. */
export type Place = PaneId | 'help' | 'details' | 'prompt' | 'palette' | 'picker' | 'dialog';

/** A row of the keymap: what a key is called, where it acts, and what it does. */
export type KeyRow = {
	/** What it is called in `keys:` of lbtop.yaml, and in the palette. */
	name: string;
	keys: Key[];
	/** True for keys that nobody binds otherwise: those that write, and those that always get one out. */
	isFixed?: boolean;
	/** True: also while something is written or chosen. */
	isAlways?: boolean;
	/** True: it writes whatever character is typed, also those that are not among its keys. */
	writes?: boolean;
	/** As written for people; absent: the keys themselves. */
	shown?: string | ((glyphs: Glyphs) => string);
	/** The row before it by this name tells of both, as of `j` and `k`. */
	with?: string;
	where: 'everywhere' | Place[];
	/** A text that names a key takes it from the table as it is bound. */
	help: PlainText | ((keymap: KeyRow[]) => string);
	/** At the bottom of the screen: the act's name as things stand. The lowest rank gives way first. */
	hint?: {label: PlainText | ((context: KeyContext) => string); rank: number};
	/** True: here and now it comes before the keys of the pane. */
	comesFirst?: (context: KeyContext) => boolean;
	/** Why the key cannot act now, in a sentence. */
	refusal?: (context: KeyContext) => string | undefined;
	act: (context: KeyContext, key: Key) => Act[];
};

/** Where the keys go. */
export function placeOf({view}: {view: View}): Place {
	if (view.dialog) return 'dialog';
	return view.help === undefined ? placeUnderHelp({view}) : 'help';
}

/** Where they go when no help lies over it. */
export function placeUnderHelp({view}: {view: View}): Place {
	if (view.palette) return 'palette';
	if (view.prompt) return 'prompt';
	if (view.picker) return 'picker';
	return view.details === undefined ? view.focus : 'details';
}

/** Where keys write text, so that no other key means anything but those that write nothing. */
export function isWriting(place: Place): boolean {
	return place === 'prompt' || place === 'palette';
}

/** A key's act upon the view. */
export function viewAct(action: ViewAction): Act[] {
	return [{type: 'view', action}];
}

/** Says a sentence at the bottom, until it has been read or something newer happens. */
export function noticeAct({live}: Pick<KeyContext, 'live'>, text: string, tone?: 'good'): Act[] {
	return viewAct({type: 'notice', text, echoAt: live.echo?.at, ...(tone ? {tone} : {})});
}

/** The part under the cursor: selected by its name, the first server when none is. */
export function selectedPart({shown, view}: Pick<KeyContext, 'shown' | 'view'>): PartState {
	const parts = partsOf(shown);
	return parts.find(({id}) => id === view.selected) ?? parts[0]!;
}
