/** What the lab and `lbtop run` have in common: options to plan, plan to session, its control socket and its end. */

import {fileURLToPath} from 'node:url';
import {type CommandHelp, type Rows, readOptions, type Texts, UsageError, type Values} from '../cli/option.ts';
import {planOptions} from '../cli/options/index.ts';
import {reportOptions} from '../cli/options/scenario.ts';
import {screenOptions} from '../cli/options/screen.ts';
import type {ControlAnswer, ControlRequest} from '../control/protocol.ts';
import {socketPath} from '../control/socket-path.ts';
import type {Command} from '../domain/command.ts';
import {errorSentence} from '../domain/system-error.ts';
import {now} from '../part.ts';
import {createCheckWatch} from '../report/check-watch.ts';
import {type Check, parseCheck} from '../report/checks.ts';
import {judge, type Summary, summarize} from '../report/summary.ts';
import {conduct} from '../scenario/conduct.ts';
import {createPerformance} from '../scenario/performance.ts';
import type {Prepared} from '../scenario/prepare.ts';
import {prepare} from '../scenario/prepare.ts';
import type {Scenario} from '../scenario/scenario.ts';
import {openSession, type Session} from '../session.ts';
import {initialState} from '../state/initial.ts';
import {partNamed, partsOf, type State} from '../state/state.ts';
import {wantedLanguage} from '../words/language.ts';
import {speak, t, told} from '../words/words.ts';
import {faultLines} from './ctl-faults.ts';
import {keepEvents} from './keep-events.ts';
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
	const named = await namedScenario(given.arguments, help.name);
	const parsed = named ? read({...settings, ...named.plan}) : given;
	const values = parsed.values as Asked<R>['values'];
	const planned = await makePlan(parsed as unknown as PlanValues);
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
		...prepare(named, {sample, parts: partsOf(atStart), lastsMs}),
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

/** One file for all commands: what it says about the screen is nothing to a command without one. */
function settingsFor(rows: Rows, settings: Record<string, unknown>): Record<string, unknown> {
	const isOthers = (key: string) => Object.hasOwn(screenOptions, key) && !Object.hasOwn(rows, key);
	return Object.fromEntries(Object.entries(settings).filter(([key]) => !isOthers(key)));
}

async function namedScenario(words: string[], command: string): Promise<Scenario | undefined> {
	const [name, ...more] = words;
	if (name === undefined) return undefined;
	if (more.length > 0)
		throw new UsageError(
			t("unexpected argument '{word}'; it is one scenario; see {command} --help", {word: more[0]!, command}),
		);
	return (await import('./scenario-files.ts')).loadScenario(name);
}

/** `start` begins the run and opens its control socket; listeners set before it miss nothing. */
export type OpenRun = {session: Session; socket: string; start(): Promise<void>; summary(): Summary};

/** Makes the run ready to start. Throws {@link UsageError} with code 4 when the log cannot be written. */
export function openRun(
	{values, planned, checks, scenario, texts, recordScenario}: Asked<Record<never, never>>,
	showLog: boolean,
): OpenRun {
	const socket = socketPath(process.pid);
	const session = openLogged({
		...planned,
		files: programFiles(),
		showLog: showLog || values.events !== undefined,
		socket,
	});
	const watch = createCheckWatch(checks);
	const summary = () => {
		const plain = summarize(session.store.get());
		return judge(plain, watch.judge(plain));
	};
	session.onEvent(event => {
		if (event.type !== 'second-passed' || checks.length === 0) return;
		const judgement = watch.look(summarize(session.store.get()), event.at);
		session.judged(judgement);
		if (!judgement.stop) return;
		session.note(judgement.stop.because);
		session.quit({now: false});
	});
	if (values.events !== undefined) keepEvents(session, values.events);
	if (values.record !== undefined) recordScenario?.(session, {file: values.record, texts});
	if (scenario)
		conduct(createPerformance(scenario), {
			...session,
			now,
			summary: () => summarize(session.store.get()),
			send: (command, by) => session.send(withPart(session.store.get(), command), by),
		});
	const start = async () => {
		for (const note of planned.notes) session.note(note);
		session.start();
		try {
			const {openControl} = await import('../control/control-server.ts');
			const control = await openControl(socket, request => answer(session, summary, request));
			process.once('exit', control.close);
		} catch (error) {
			// The run does not depend on it; that scripts cannot reach it is said where people look.
			session.note(errorSentence(error));
		}
	};
	return {session, socket, start, summary};
}

function openLogged(settings: Parameters<typeof openSession>[0]): Session {
	try {
		return openSession(settings);
	} catch (error) {
		throw new UsageError(told(errorSentence(error)), 4);
	}
}

function answer(session: Session, summary: () => Summary, request: ControlRequest): ControlAnswer {
	if (request.type === 'status') return {ok: true, status: summary()};
	if (request.type === 'faults') return {ok: true, lines: faultLines(session.store.get())};
	if (request.type === 'why') return session.why(request.id);
	return session.send(withPart(session.store.get(), request), 'ctl');
}

/** People say `Server 1`; the run says `server-1`. Both will do. */
export function withPart(state: State, command: Command): Command {
	if (!('part' in command) || command.part === undefined) return command;
	const known = partNamed(state, command.part);
	return known ? {...command, part: known.id} : command;
}

const beside = (name: string) => fileURLToPath(new URL(`./${name}.js`, import.meta.url));

/** Where the thread that reads log.txt back lies. */
export function readerFile(): string {
	return beside('log-reader');
}

function programFiles() {
	return {
		server: beside('server'),
		balancer: beside('balancer'),
		clients: beside('clients'),
		audit: beside('log-audit'),
	};
}
