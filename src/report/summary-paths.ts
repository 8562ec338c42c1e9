/** Dotted paths into the summary: what each names, and all that can be named. */

import {closest} from 'fastest-levenshtein';
import {keptIncidents} from '../state/incidents.ts';
import {unknownIncident} from './incident-summary.ts';
import type {Summary} from './summary.ts';

export type Value = number | string | boolean;

/**
 * What a path names. A member of a list is named by its id or name, or by its place from 0; the last incident by `last`;
 * `length` is how many a list has.
 */
export function lookUp(summary: Named, path: string): unknown {
	let here: unknown = summary;
	for (const step of path.split('.')) {
		if (Array.isArray(here)) here = memberOf(here, step, here === summary.incidents);
		else if (typeof here === 'object' && here !== null && Object.hasOwn(here, step))
			here = (here as Record<string, unknown>)[step];
		else return undefined;
	}
	return here;
}

/** A summary as checks see it: the checks and their verdict are what is made of it. */
export type Named = Omit<Summary, 'checks' | 'verdict'>;

/** The sample of a plan with as many incidents as there may be, and nothing that checks themselves make. */
export function possibleOf({checks: _checks, verdict: _verdict, ...sample}: Summary): Named {
	return {...sample, incidents: Array.from({length: keptIncidents}, () => unknownIncident)};
}

/** The path that is written most like this one. */
export function nearestPath(summary: Summary, path: string): string {
	return closest(path, leafPaths(possibleOf({...summary, incidents: []})));
}

/** A value, or one that is not known. */
export function isLeaf(value: unknown): boolean {
	return value === null || isValue(value);
}

export function isValue(value: unknown): value is Value {
	return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function memberOf(list: unknown[], step: string, areIncidents: boolean): unknown {
	if (step === 'length') return list.length;
	if (areIncidents && step === 'last') return list.at(-1);
	const named = list.find(member => {
		const {id, name} = (member ?? {}) as {id?: unknown; name?: unknown};
		return id === step || name === step;
	});
	return named ?? (/^\d+$/.test(step) ? list[Number(step)] : undefined);
}

function leafPaths(value: unknown, before = ''): string[] {
	if (isLeaf(value)) return [before];
	return Object.entries(value ?? {}).flatMap(([key, inner]) => {
		const step = Array.isArray(value) ? ((inner as {id?: string} | null)?.id ?? key) : key;
		return leafPaths(inner, before === '' ? step : `${before}.${step}`);
	});
}
