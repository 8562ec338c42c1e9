/** Who is well: a server's health as a table of transitions, pure. The checks themselves are in `health-checker.ts`. */

import type {Route} from '../domain/status.ts';
import type {HealthSettings} from './settings.ts';

type State = 'UNCHECKED' | 'UP' | 'DOWN';

/**
 * `progress` counts what was seen in a row towards the other state, `seen` all since this state began (up to
 * {@link fastChecks}).
 */
export type Health = {state: State; progress: number; seen: number};

/** A check that went well or did not, or a connection that was refused or broke while in use. */
export type Observation = 'well' | 'unwell' | 'broken';

export const unchecked: Health = {state: 'UNCHECKED', progress: 0, seen: 0};

/** A server that was just lost is checked this many times at the fast pace. */
const fastChecks = 10;

type Rule = {to: State; after: 1 | 'rise' | 'fall'} | 'stay';

/** At the start one check decides; later, HAProxy's rise and fall; what breaks in use is out at once. */
const transitions: Record<State, Record<Observation, Rule>> = {
	UNCHECKED: {well: {to: 'UP', after: 1}, unwell: {to: 'DOWN', after: 1}, broken: {to: 'DOWN', after: 1}},
	UP: {well: 'stay', unwell: {to: 'DOWN', after: 'fall'}, broken: {to: 'DOWN', after: 1}},
	DOWN: {well: {to: 'UP', after: 'rise'}, unwell: 'stay', broken: 'stay'},
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

/** What the balancer does with a server of this health, in HAProxy's words: `UP`, `UP 1/3`, `DOWN`, `DOWN 1/2`, `DRAIN`. */
export function routeOf(health: Health, isDraining: boolean, settings: HealthSettings): Route {
	if (health.state !== 'UP') return withProgress('DOWN', health.progress, settings.rise);
	return isDraining ? {state: 'DRAIN'} : withProgress('UP', health.progress, settings.fall);
}

function withProgress(state: 'UP' | 'DOWN', done: number, of: number): Route {
	return done > 0 ? {state, progress: {done, of}} : {state};
}
