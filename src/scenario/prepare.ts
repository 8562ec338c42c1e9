/** A scenario made ready to play: its expressions read against the summary that its run will have. */

import {UsageError} from '../cli/option.ts';
import {type Check, parseCheck} from '../report/checks.ts';
import type {Summary} from '../report/summary.ts';
import {t, told} from '../words/words.ts';
import type {Scenario, Step} from './scenario.ts';

export type PreparedStep = Omit<Step, 'when' | 'untilExpr'> & {when?: Check; untilCheck?: Check};

/** `lastsMs`: how long the steps have, from the steady state on; absent: until the last is done. `checks`: for the end. */
export type Prepared = Omit<Scenario, 'plan' | 'steps' | 'steadyState' | 'checks'> & {
	steadyState: {checks: Check[]; withinMs: number; line: number};
	steps: PreparedStep[];
	checks: Check[];
	checkLines: number[];
	lastsMs?: number;
};

type How = {sample: Summary; lastsMs: number | undefined};

/** Throws {@link UsageError} with the line of what names nothing, or of a step that its time does not reach. */
export function prepare({plan: _, ...scenario}: Scenario, {sample, lastsMs}: How): Prepared {
	const read = (expr: string, line: number): Check => {
		try {
			return parseCheck(expr, sample);
		} catch (error) {
			throw new UsageError(`${scenario.file}:${line}: ${told((error as Error).message)}`);
		}
	};
	const {steadyState, steps, checks} = scenario;
	return {
		...scenario,
		steadyState: {...steadyState, checks: steadyState.checks.map(({expr, line}) => read(expr, line))},
		steps: steps.map(step => {
			demandReachable(step, scenario.file, lastsMs);
			const {when, untilExpr, ...rest} = step;
			return {
				...rest,
				...(when === undefined ? {} : {when: read(when, step.line)}),
				...(untilExpr === undefined ? {} : {untilCheck: read(untilExpr, step.line)}),
			};
		}),
		checks: checks.map(({expr, line}) => read(expr, line)),
		checkLines: checks.map(({line}) => line),
		...(lastsMs === undefined ? {} : {lastsMs}),
	};
}

function demandReachable(
	{line, atMs = 0, everyMs, untilMs, untilExpr}: Step,
	file: string,
	lastsMs: number | undefined,
) {
	if (lastsMs !== undefined && atMs > lastsMs)
		throw new UsageError(
			`${file}:${line}: ${t("this step comes after the end: 'for' is {seconds}s", {seconds: lastsMs / 1000})}`,
		);
	if (everyMs !== undefined && lastsMs === undefined && untilMs === undefined && untilExpr === undefined)
		throw new UsageError(
			`${file}:${line}: ${t("'every' would never end: give 'until' in the step, or 'for' in the scenario")}`,
		);
}
