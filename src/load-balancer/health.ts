/** Who is well: a server's standing as tables of transitions, pure. The checks themselves are in `health-checker.ts`. */

import type {Route} from '../domain/status.ts';
import type {HealthSettings} from './settings.ts';

/**
 * INITIAL: not yet checked, since the program started. UNCHECKED: the same, since it came later, went to another address
 * or was out for maintenance.
 */
type State = 'INITIAL' | 'UNCHECKED' | 'UP' | 'DOWN';

/**
 * `progress` counts what was seen in a row towards the other state, `seen` all since this state began (up to
 * {@link fastChecks}).
 */
export type Health = {state: State; progress: number; seen: number};

/** What people said of a server. `drain`: nothing new to it. `maint`: nor any checks. */
export type Administration = (typeof administrations)[number];
export const administrations = ['ready', 'drain', 'maint'] as const;

/**
 * A check that went well or did not; a connection that was refused or broke while in use; what was known of the server
 * is worth nothing any more.
 */
export type Observation = 'well' | 'unwell' | 'broken' | 'renewed';

export const unchecked: Health = {state: 'INITIAL', progress: 0, seen: 0};

/** A server that was just lost is checked this many times at the fast pace. */
const fastChecks = 10;

type Rule = {to: State; after: 1 | 'rise' | 'fall'} | 'stay';

const upAtOnce: Rule = {to: 'UP', after: 1};
const downAtOnce: Rule = {to: 'DOWN', after: 1};
const renew: Rule = {to: 'UNCHECKED', after: 1};

/** At the start one check decides, as in Envoy; later, HAProxy's rise and fall; what breaks in use is out at once. */
const transitions: Record<State, Record<Observation, Rule>> = {
	INITIAL: {well: upAtOnce, unwell: downAtOnce, broken: downAtOnce, renewed: renew},
	UNCHECKED: {well: upAtOnce, unwell: downAtOnce, broken: downAtOnce, renewed: 'stay'},
	UP: {well: 'stay', unwell: {to: 'DOWN', after: 'fall'}, broken: downAtOnce, renewed: renew},
	DOWN: {well: {to: 'UP', after: 'rise'}, unwell: 'stay', broken: 'stay', renewed: renew},
};

/** The health after one more observation. */
export function observe(health: Health, observation: Observation, settings: HealthSettings): Health {
	const rule = transitions[health.state][observation];
	const seen = Math.min(health.seen + 1, fastChecks);
	if (rule === 'stay') return {state: health.state, progress: 0, seen};
	const needed = rule.after === 1 ? 1 : settings[rule.after];
	const progress = health.progress + 1;
	return progress >= needed ? {state: rule.to, progress: 0, seen: 0} : {state: health.state, progress, seen};
}

/** Milliseconds from the end of a check to the next one. */
export function untilNextCheck(health: Health, settings: HealthSettings): number {
	const isLost = health.state === 'DOWN' && health.seen < fastChecks;
	return isLost || health.progress > 0 ? settings.fastInterMs : settings.interMs;
}

/** What the balancer does with a server of this health that people want so. */
const words: Record<Administration, Record<State, Route['state']>> = {
	ready: {INITIAL: 'DOWN', UNCHECKED: 'DOWN', UP: 'UP', DOWN: 'DOWN'},
	drain: {INITIAL: 'DOWN', UNCHECKED: 'DOWN', UP: 'DRAIN', DOWN: 'DOWN'},
	maint: {INITIAL: 'MAINT', UNCHECKED: 'MAINT', UP: 'MAINT', DOWN: 'MAINT'},
};

/**
 * The route in HAProxy's words and numbers: `UP`, `UP 2/3` (two more failed checks of three take it out), `DOWN`,
 * `DOWN 1/2` (one good check of two has come), `DRAIN`, `DRAIN 2/3`, `MAINT`.
 */
export function routeOf(health: Health, administration: Administration, {rise, fall}: HealthSettings): Route {
	const state = words[administration][health.state];
	if (health.progress === 0 || state === 'MAINT') return {state};
	const isComing = health.state === 'DOWN';
	return {state, progress: isComing ? {done: health.progress, of: rise} : {done: fall - health.progress, of: fall}};
}
