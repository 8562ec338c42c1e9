/** From the command line of a run, with its settings file and its scenario, to its plan. */

import {type CommandHelp, optionName, readOptions, UsageError, type Values} from '../cli/option.ts';
import type {Rows, Texts} from '../cli/option-row.ts';
import {planOptions} from '../cli/options/index.ts';
import {reportOptions} from '../cli/options/scenario.ts';
import {screenOptions} from '../cli/options/screen.ts';
import {type Check, parseCheck} from '../report/checks.ts';
import {summarize} from '../report/summary.ts';
import {type Prepared, prepare} from '../scenario/prepare.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {initialState} from '../state/initial.ts';
import {runParts} from '../state/run-parts.ts';
import {wantedLanguage} from '../words/language.ts';
import {speak, t, told} from '../words/words.ts';
import {makePlan, type Planned, type PlanValues} from './plan.ts';
import type {recordScenario as RecordScenario} from './record-scenario.ts';
import {readSettingsFile, settingsFileName} from './settings-file.ts';

/** A run that has been asked for and not been started. */
export type Asked<R extends Rows> = {
	values: Values<R> & PlanValues['values'] & Values<typeof reportOptions>;
	planned: Planned;
	checks: Check[];
	/** What was given for the options, word for word. */
	texts: Texts;
	scenario?: Prepared;
	/** What writes the run down as a scenario, where that is asked for: only then is it loaded. */
	recordScenario?: typeof RecordScenario | undefined;
};

/** Reads the command line of a run and makes its plan. `rows` are the command's own options beside the plan's. */
export async function askForRun<R extends Rows>(help: CommandHelp, rows: R, argv: string[]): Promise<Asked<R>> {
	const settings = settingsFor(rows, await readSettingsFile(argv));
	await speak(wantedLanguage({argv, environment: process.env, file: settings.lang}));
	const read = (file: Record<string, unknown>) =>
		readOptions(
			{...help, arguments: '[SCENARIO]', settings: settingsFileName(argv)},
			{...planOptions, ...reportOptions, ...rows},
			argv,
			file,
		);
	const given = read(settings);
	const named = await namedScenario(given.arguments, help);
	const parsed = named ? read({...settings, ...named.plan}) : given;
	const values = parsed.values as Asked<R>['values'];
	const planned = await makePlan({...parsed, values}).catch(error => {
		throw named ? placed(error, named, given.given) : error;
	});
	const atStart = initialState(planned.plan, {at: 0, wallMs: 0, pid: 0});
	const sample = summarize(atStart);
	const checks = values.check.map(expr => {
		try {
			return parseCheck(expr, sample);
		} catch (error) {
			throw new UsageError(told((error as Error).message));
		}
	});
	if (!named && values.repeat !== undefined)
		throw new UsageError(
			t('--repeat: only a scenario is played again; name one, as in {example}', {
				example: `lbtop run kill-one --repeat ${values.repeat}`,
			}),
		);
	const recordScenario =
		values.record === undefined ? undefined : (await import('./record-scenario.ts')).recordScenario;
	if (!named) return {values, planned, checks, texts: parsed.texts, recordScenario};
	// The scenario's own clock ends it: its steps begin with the steady state.
	const {forMs: lastsMs, ...plan} = planned.plan;
	const scenario = {
		...prepare(named, {sample, parts: runParts(atStart), engine: plan.balancer.engine, lastsMs}),
		repeat: values.repeat ?? named.repeat,
	};
	const all = [...scenario.checks, ...checks];
	return {
		values,
		planned: {...planned, plan: {...plan, checks: all.map(({expr}) => expr)}},
		checks: all,
		texts: parsed.texts,
		scenario,
		recordScenario,
	};
}

/** What is wrong with a plan, with the line of the scenario that has the option it names, unless `given` took its place. */
function placed(error: unknown, {file, planLines}: Scenario, given: Set<string>): unknown {
	if (!(error instanceof UsageError) || error.exitCode !== 2) return error;
	const lines = new Map(
		Object.entries(planLines)
			.filter(([key]) => !given.has(key))
			.map(([key, line]) => [optionName(planOptions[key as keyof typeof planOptions].flags), line]),
	);
	const name = error.message.match(/--[\w-]+/g)?.find(each => lines.has(each));
	return name === undefined ? error : new UsageError(`${file}:${lines.get(name)}: ${error.message}`);
}

/** One file for all commands: what it says about the screen is nothing to a command without one. */
function settingsFor(rows: Rows, settings: Record<string, unknown>): Record<string, unknown> {
	const isOthers = (key: string) => Object.hasOwn(screenOptions, key) && !Object.hasOwn(rows, key);
	return Object.fromEntries(Object.entries(settings).filter(([key]) => !isOthers(key)));
}

async function namedScenario(
	words: string[],
	{name: command, commands = []}: CommandHelp,
): Promise<Scenario | undefined> {
	const [name, ...more] = words;
	if (name === undefined) return undefined;
	if (commands.includes(name))
		throw new UsageError(
			t("'{word}' is a command: it comes before its options, as in lbtop {word} --help", {word: name}),
		);
	if (more.length > 0)
		throw new UsageError(
			t("unexpected argument '{word}'; it is one scenario; see {command} --help", {word: more[0]!, command}),
		);
	return (await import('./scenario-files.ts')).loadScenario(name);
}
