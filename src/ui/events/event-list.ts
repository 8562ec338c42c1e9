/** The list of events as someone looks at it: followed at its end, or held with a cursor on one of them. Pure. */

import type {EventLine} from '../../state/state.ts';

/**
 * `held`: a copy of what was kept when someone moved away from the end, so that it stands still whatever happens;
 * `cursor` and `top` (the first one in sight) are places in it.
 */
export type EventList = {held?: {entries: EventLine[]; cursor: number; top: number}};

/** `entries`: those that are followed; `by` may be ±Infinity; `page`: what is in sight moves with the cursor. */
export type EventMove = {entries: EventLine[]; by: number; height: number; page?: boolean};

/** The list after the cursor has moved; from the end it begins at the last, and down from the last it is followed again. */
export function movedInEvents(list: EventList, {entries: all, by, height, page = false}: EventMove): EventList {
	const {entries, cursor, top} = list.held ?? {
		entries: all.slice(),
		...{cursor: all.length - 1, top: all.length - height},
	};
	const last = entries.length - 1;
	const isPastEnd = cursor + by > last && (list.held === undefined || cursor === last || by > height);
	if (last < 0 || isPastEnd) return {};
	const to = within(cursor + by, last);
	const wanted = page && Number.isFinite(by) ? top + by : top;
	return {held: {entries, cursor: to, top: topOf({cursor: to, top: wanted, count: entries.length}, height)}};
}

/** The first entry in sight: where it was if it can be, so that the pane is full and the cursor in it. */
export function topOf({cursor, top, count}: {cursor: number; top: number; count: number}, height: number): number {
	const full = within(top, Math.max(0, count - height));
	return Math.max(0, Math.min(cursor, Math.max(full, cursor - height + 1)));
}

function within(place: number, most: number): number {
	return Math.max(0, Math.min(most, place));
}
