/** Who is well: a server's standing as tables of transitions, pure. The checks themselves are in `health-checker.ts`. */

import type {Administration, Route} from '../domain/status.ts';
import type {HealthSettings} from './health-settings.ts';

/**
 * INITIAL: not yet checked, since the program started. UNCHECKED: the same, since it came later, went to another address
 * or was out for maintenance. SLOW: well again, and given less than its share for a while. EJECTED: well by its checks,
 * and out for its errors.
 */
type HealthState = (typeof healthStates)[number];
export const healthStates = ['INITIAL', 'UNCHECKED', 'UP', 'SLOW', 'EJECTED', 'DOWN'] as const;

/**
 * `progress` counts what was seen in a row towards the other state, `seen` all since this state began (up to
 * {@link fastChecks}).
 */
export type Health = {state: HealthState; progress: number; seen: number};

/**
 * A check that went well or did not. By its errors in use: it is next to down, or down. By what it did beside the others:
 * it is out, or in again. It has been slow long enough. What was known of it is worth nothing any more.
 */
export type Observation = (typeof observations)[number];
export const observations = ['well', 'unwell', 'dying', 'lost', 'ejected', 'readmitted', 'warmed', 'renewed'] as const;

/** A server of which nothing is known. */
export const unchecked: Health = {state: 'INITIAL', progress: 0, seen: 0};

/** A server that was just lost is checked this many times at the fast pace. */
const fastChecks = 10;

/** `back` is SLOW, or UP where nobody wants a slow start. */
type Rule = {to: HealthState | 'back'; after: 1 | 'rise' | 'fall'} | 'stay';

const at = (to: HealthState | 'back'): Rule => ({to, after: 1});
const byChecks: Rule = {to: 'DOWN', after: 'fall'};

/** Of a server that is well, whatever it is given. */
const wellRules: Record<Observation, Rule> = {
	well: 'stay',
	unwell: byChecks,
	dying: byChecks,
	lost: at('DOWN'),
	ejected: at('EJECTED'),
	readmitted: 'stay',
	warmed: 'stay',
	renewed: at('UNCHECKED'),
};

/** Of one that no check has told of yet: the first decides, as in Envoy. */
const uncheckedRules: Record<Observation, Rule> = {
	...wellRules,
	well: at('back'),
	unwell: at('DOWN'),
	dying: 'stay',
	ejected: 'stay',
};

/** HAProxy's rise and fall, and its slow start, which is never at the program's start. */
const transitions: Record<HealthState, Record<Observation, Rule>> = {
	INITIAL: {...uncheckedRules, well: at('UP')},
	UNCHECKED: {...uncheckedRules, renewed: 'stay'},
	UP: wellRules,
	SLOW: {...wellRules, warmed: at('UP')},
	EJECTED: {...wellRules, ejected: 'stay', readmitted: at('back')},
	DOWN: {
		...uncheckedRules,
		well: {to: 'back', after: 'rise'},
		unwell: 'stay',
		lost: 'stay',
	},
};

/** The health after one more observation. `dying` counts as all failed checks but the last (HAProxy's sudden-death). */
export function observe(health: Health, observation: Observation, settings: HealthSettings): Health {
	const rule = transitions[health.state][observation];
	const seen = Math.min(health.seen + 1, fastChecks);
	if (rule === 'stay') return {state: health.state, progress: keeps.has(observation) ? health.progress : 0, seen};
	const needed = rule.after === 1 ? 1 : settings[rule.after];
	const progress = 1 + (observation === 'dying' ? Math.max(health.progress, settings.fall - 2) : health.progress);
	if (progress < needed) return {state: health.state, progress, seen};
	const to = rule.to === 'back' ? (settings.slowStartMs > 0 ? 'SLOW' : 'UP') : rule.to;
	return {state: to, progress: 0, seen: 0};
}

/** What says nothing of checks leaves the count of them alone. */
const keeps = new Set<Observation>(['ejected', 'readmitted', 'warmed', 'renewed']);

/** Milliseconds from the end of a check to the next one. */
export function untilNextCheck({state, progress, seen}: Health, settings: HealthSettings): number {
	if (progress > 0) return settings.fastInterMs;
	if (state !== 'DOWN') return settings.interMs;
	return seen < fastChecks ? settings.fastInterMs : settings.downInterMs;
}

const ready: Record<HealthState, Route['state']> = {
	INITIAL: 'DOWN',
	UNCHECKED: 'DOWN',
	UP: 'UP',
	SLOW: 'SLOW',
	EJECTED: 'EJECTED',
	DOWN: 'DOWN',
};

/** What the balancer does with a server of this health that people want so. */
const routes: Record<Administration, Record<HealthState, Route['state']>> = {
	ready,
	drain: {...ready, UP: 'DRAIN', SLOW: 'DRAIN', EJECTED: 'DRAIN'},
	maint: {INITIAL: 'MAINT', UNCHECKED: 'MAINT', UP: 'MAINT', SLOW: 'MAINT', EJECTED: 'MAINT', DOWN: 'MAINT'},
};

/**
 * The route in HAProxy's words and numbers: `UP`, `UP 2/3` (two more failed checks of three take it out), `DOWN`,
 * `DOWN 1/2` (one good check of two has come), `DRAIN`, `DRAIN 2/3`, `MAINT`.
 */
export function routeOf(health: Health, administration: Administration, {rise, fall}: HealthSettings): Route {
	const state = routes[administration][health.state];
	if (health.progress === 0 || state === 'MAINT') return {state};
	const isComing = health.state === 'DOWN';
	return {state, progress: isComing ? {done: health.progress, of: rise} : {done: fall - health.progress, of: fall}};
}
