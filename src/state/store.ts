/** Holds the state and tells listeners that it has changed. Whoever draws sets their own pace. */

import type {Event} from '../domain/event.ts';
import {reduce} from './reduce.ts';
import type {State} from './state.ts';

/** What readers of the state get. */
export type Store = {get(): State; subscribe(listener: () => void): () => void};

/** A store of whoever has the events. */
export type WritableStore = Store & {apply(event: Event): void};

export function createStore(initial: State): WritableStore {
	let state = initial;
	const listeners = new Set<() => void>();
	return {
		get: () => state,
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		apply: event => {
			state = reduce(state, event);
			for (const listener of listeners) listener();
		},
	};
}
