/** Keeps an eye on the checks while a run lasts: how they stand, which have changed, and whether one must stop it. */

import type {CheckResult} from '../domain/check.ts';
import {phrase} from '../words/words.ts';
import {type Check, evaluate, isBeyondMending} from './checks.ts';
import type {Summary} from './summary.ts';

/** `changed`: broken and were not, or hold again. `stop`: the check that ends the run, and why in a sentence. */
type Judgement = {results: CheckResult[]; changed: CheckResult[]; stop?: {because: string}};

type CheckWatch = {
	/** Judges all of them; one that has stopped the run stays broken, whatever comes after. */
	judge(summary: Summary): CheckResult[];
	/** The same once a second at `at` (monotonic ms): what has changed since, and whether the run must stop. */
	look(summary: Summary, at: number): Judgement;
};

export function createCheckWatch(checks: Check[]): CheckWatch {
	const brokenSince = new Map<Check, number>();
	const stopped = new Map<Check, CheckResult>();
	let last: CheckResult[] = [];

	const judge = (summary: Summary) => checks.map(check => stopped.get(check) ?? evaluate(check, summary));

	/** Before load has begun and while the run ends, a check may well be broken: that is no time to lose patience. */
	const reasonToStop = (check: Check, result: CheckResult, at: number): string | undefined => {
		if (result.ok !== false) {
			brokenSince.delete(check);
			return undefined;
		}
		const since = brokenSince.get(check) ?? at;
		brokenSince.set(check, since);
		if (check.abortAfterMs === undefined) return undefined;
		if (isBeyondMending(check, result)) return phrase('which cannot mend any more');
		return at - since >= check.abortAfterMs
			? phrase('for {seconds} s', {seconds: Math.round((at - since) / 1000)})
			: undefined;
	};

	const look = (summary: Summary, at: number): Judgement => {
		const results = judge(summary);
		let stop: Judgement['stop'];
		for (const [index, check] of checks.entries()) {
			const result = results[index]!;
			const reason = summary.phase === 'running' ? reasonToStop(check, result, at) : undefined;
			if (reason === undefined || stopped.size > 0) continue;
			stopped.set(check, {...result, stopped: true});
			results[index] = stopped.get(check)!;
			const {expr} = check;
			const value = String(result.value);
			stop = {
				because: phrase("check '{expr}' is broken (is {value}), {reason}: the run is stopped", {expr, value, reason}),
			};
		}
		const changed = results.filter(({ok}, index) => (ok === false) !== (last[index]?.ok === false));
		last = results;
		return stop ? {results, changed, stop} : {results, changed};
	};

	return {judge, look};
}
