/** A scenario made ready to play: its expressions read against the summary that its run will have. */

import {UsageError} from '../cli/option.ts';
import type {Command} from '../domain/command.ts';
import type {EngineName} from '../domain/engine.ts';
import {misfit, type RunPart} from '../domain/misfit.ts';
import {mostServers, serverId} from '../domain/plan.ts';
import {kindOf} from '../domain/server-spec.ts';
import {type Check, parseCheck} from '../report/checks.ts';
import type {Summary} from '../report/summary.ts';
import {t, told} from '../words/words.ts';
import type {Scenario, Step} from './scenario.ts';

/** A step whose expressions have been read. */
export type PreparedStep = Omit<Step, 'when' | 'untilExpr'> & {when?: Check; untilCheck?: Check};

/** `lastsMs`: how long the steps have, from the steady state on; absent: until the last is done. `checks`: for the end. */
export type Prepared = Omit<Scenario, 'plan' | 'planLines' | 'steps' | 'steadyState' | 'checks'> & {
	steadyState: {checks: Check[]; withinMs: number; line: number};
	steps: PreparedStep[];
	checks: Check[];
	checkLines: number[];
	lastsMs?: number;
};

/** `parts`: those of the run, `engine`: who balances it. */
type How = {sample: Summary; parts: RunPart[]; engine: EngineName; lastsMs: number | undefined};

/**
 * Throws {@link UsageError} with the line of what names nothing, of what can never be asked of whom it names, or of a step
 * that its time does not reach.
 */
export function prepare(
	{plan: _, planLines: __, ...scenario}: Scenario,
	{sample: atStart, parts, engine, lastsMs}: How,
): Prepared {
	const added = addedServers(scenario.steps, atStart.servers.length);
	const sample = {
		...atStart,
		servers: [...atStart.servers, ...added.map(({id, name}) => ({...atStart.servers[0]!, id, name}))],
	};
	const asked = {parts: [...parts, ...added], engine};
	const demandFit = (commands: Command[], line: number) => {
		const reason = commands.map(command => misfit(command, asked)).find(Boolean);
		if (reason !== undefined) throw new UsageError(`${scenario.file}:${line}: ${told(reason)}`);
	};
	const read = (expr: string, line: number): Check => {
		try {
			return parseCheck(expr, sample);
		} catch (error) {
			throw new UsageError(`${scenario.file}:${line}: ${told((error as Error).message)}`);
		}
	};
	const {steadyState, steps, checks, undo} = scenario;
	for (const {command, line} of undo) demandFit([command], line);
	return {
		...scenario,
		steadyState: {...steadyState, checks: steadyState.checks.map(({expr, line}) => read(expr, line))},
		steps: steps.map(step => {
			demandReachable(step, scenario.file, lastsMs);
			demandFit(step.commands, step.line);
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

/** Servers that the steps add to so many, so that other steps and checks may name them. */
function addedServers(steps: Step[], count: number): RunPart[] {
	const room = mostServers - count;
	const additions = steps.flatMap(({commands, everyMs}) =>
		commands.flatMap(command =>
			command.type === 'add-server' ? Array.from({length: everyMs === undefined ? 1 : room}, () => command) : [],
		),
	);
	return additions.slice(0, room).map((addition, index) => {
		const number = count + index + 1;
		return {id: serverId(number - 1), name: addition.name ?? `Server ${number}`, kind: kindOf(addition)};
	});
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
