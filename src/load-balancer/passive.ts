/** What the traffic itself shows of a server: errors in a row, as HAProxy's `observe layer4` counts them. */

import type {Observation} from './health.ts';
import type {OnError, PassiveSettings} from './health-settings.ts';

/** Errors since the last answer. `answered` is the server's own count, at the last error. */
export type ErrorRun = {errors: number; answered: number};

/** No error since the last answer. */
export const noErrors: ErrorRun = {errors: 0, answered: 0};

/** The run with one more error: what was answered in between ended the last one. */
export function addError(run: ErrorRun, answered: number): ErrorRun {
	return {errors: answered > run.answered ? 1 : run.errors + 1, answered};
}

/** What a run of errors comes to, if anything: a check now (null: nothing more), and an observation with it. */
export function suspicionOf(
	{errors}: ErrorRun,
	{observe, errorLimit, onError}: PassiveSettings,
): Observation | null | undefined {
	return observe === 'layer4' && errors >= errorLimit ? reactions[onError] : undefined;
}

/** HAProxy's words for `on-error`; all of them also check at once. */
const reactions: Record<OnError, Observation | null> = {
	fastinter: null,
	'fail-check': 'unwell',
	'sudden-death': 'dying',
	'mark-down': 'lost',
};
