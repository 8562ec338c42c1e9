/** What the cells of `show stat` mean. Pure. */

import type {Route} from '../domain/status.ts';
import type {StatRow} from './read-answers.ts';

const words = new Set<string>(['UP', 'DOWN', 'DRAIN', 'MAINT', 'NOLB', 'SLOW', 'EJECTED'] satisfies Route['state'][]);

/** `UP 1/3`, `MAINT (via be/s1)`; a server without checks counts as up; `throttle`: it starts slowly. */
export function routeOf({status = '', lbtop_route: ours, throttle}: StatRow): Route | null {
	if (status === 'no check') return {state: 'UP'};
	const [, word = '', done, of] = /^([A-Z]+)(?: (\d+)\/(\d+))?/.exec(ours ?? status) ?? [];
	if (!words.has(word)) return null;
	const isSlow = word === 'UP' && done === undefined && throttle !== undefined && Number(throttle) < 100;
	const state = isSlow ? 'SLOW' : (word as Route['state']);
	return done === undefined ? {state} : {state, progress: {done: Number(done), of: Number(of)}};
}

/** A number, where there is one. */
export function numberOf(text: string | undefined): number | null {
	return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}
