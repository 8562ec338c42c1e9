/**
 * Counters over all lives of a part. A part counts from 0 each time it starts, so what its earlier lives had counted is
 * kept beside: total = earlier lives + this life.
 */

import type {PartId} from '../domain/plan.ts';

/** Plain numbers under names; nested records are not known here. */
export type Counters = Record<string, number>;

/** What each part's lives counted, by part. */
export type Lives = Record<PartId, {before: Counters; current: Counters}>;

/** The totals after a tick of this life. */
export function counted(lives: Lives, part: PartId, current: Counters): {lives: Lives; total: Counters} {
	const before = lives[part]?.before ?? {};
	return {lives: {...lives, [part]: {before, current}}, total: add(before, current)};
}

/** The part's process is gone: what it counted is now what an earlier life counted. */
export function lifeEnded(lives: Lives, part: PartId): Lives {
	const life = lives[part];
	return life ? {...lives, [part]: {before: add(life.before, life.current), current: {}}} : lives;
}

/** What all lives of a part have counted under a name; 0 where it never did. */
export function totalOf(lives: Lives, part: PartId, key: string): number {
	const life = lives[part];
	return (life?.before[key] ?? 0) + (life?.current[key] ?? 0);
}

function add(a: Counters, b: Counters): Counters {
	const sum = {...a};
	for (const [key, value] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + value;
	return sum;
}
