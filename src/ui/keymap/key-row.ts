/** One row of the table of keys: from it come the act itself, the hint at the bottom and the line in the help. */

import type {Command} from '../../domain/command.ts';
import {type PartState, partsOf, type State} from '../../state/state.ts';
import type {Layout, PaneId} from '../layout.ts';
import type {LogAsk} from '../log/log-ask.ts';
import type {Key} from '../terminal/keys.ts';
import type {Glyphs} from '../text/glyphs.ts';
import type {View, ViewAction} from '../view.ts';

/**
 * What a key looks at. `shown` differs from `live` while the display is frozen; `helpBelow`: lines of the open help
 * that do not fit on the screen, `detailsBelow` those of the open details.
 */
export type KeyContext = {
	live: State;
	shown: State;
	view: View;
	layout: Layout | undefined;
	helpBelow: number;
	detailsBelow?: number;
};

/** What a key leads to. */
export type Act =
	| {type: 'view'; action: ViewAction}
	| {type: 'send'; command: Command}
	| {type: 'log'; ask: LogAsk}
	| {type: 'quit'; now: boolean}
	| {type: 'repaint'}
	| {type: 'suspend'}
	| {type: 'mouse'};

/** What the keys go to: the open prompt, list of faults, help or details, otherwise the focused pane. */
export type Place = PaneId | 'help' | 'details' | 'prompt' | 'picker';

export type KeyRow = {
	keys: Key[];
	/** As written for people; absent: the first key. */
	shown?: string | ((glyphs: Glyphs) => string);
	where: 'everywhere' | Place[];
	help: string;
	/** At the bottom of the screen: the act's name as things stand. The lowest rank gives way first. */
	hint?: {label: string | ((context: KeyContext) => string); rank: number};
	/** True: here and now it comes before the keys of the pane. */
	comesFirst?: (context: KeyContext) => boolean;
	/** Why the key cannot act now, in a sentence. */
	refusal?: (context: KeyContext) => string | undefined;
	act: (context: KeyContext, key: Key) => Act[];
};

/** Where the keys go. */
export function placeOf({view}: Pick<KeyContext, 'view'>): Place {
	if (view.prompt) return 'prompt';
	if (view.picker) return 'picker';
	if (view.help !== undefined) return 'help';
	return view.details === undefined ? view.focus : 'details';
}

/** A key's act upon the view. */
export function viewAct(action: ViewAction): Act[] {
	return [{type: 'view', action}];
}

/** The part under the cursor: selected by its name, the first server when none is. */
export function selectedPart({shown, view}: Pick<KeyContext, 'shown' | 'view'>): PartState {
	const parts = partsOf(shown);
	return parts.find(({id}) => id === view.selected) ?? parts[0]!;
}

/** The key as a person reads it. */
export function shownKey(row: KeyRow, glyphs: Glyphs): string {
	return typeof row.shown === 'function' ? row.shown(glyphs) : (row.shown ?? row.keys[0]!);
}
