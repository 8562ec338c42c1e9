/**
 * How a scenario goes on, in whatever time it is told: given how the run stands and what time it is, what is due now. It
 * waits for the steady state, does the steps, undoes, waits for the steady state to come back, and is over. What is repeated
 * begins again with the steps when the steady state is back and no incident lasts any more.
 */

import type {Command, CommandResult} from '../domain/command.ts';
import {commandText} from '../domain/command-text.ts';
import {formatDuration} from '../domain/duration.ts';
import type {Tone} from '../domain/event.ts';
import type {Lesson, ScenarioEntry, ScenarioProgress, ScenarioStage} from '../domain/scenario.ts';
import {type Check, evaluate} from '../report/checks.ts';
import type {Summary} from '../report/summary.ts';
import {phrase} from '../words/words.ts';
import type {Prepared} from './prepare.ts';
import {createStepClock} from './step-clock.ts';

/** What is to be done now. Whoever sends a command hands its result to `answered`. */
export type Deed =
	/** `isQuote`: the text is the scenario's own. */
	| {type: 'tell'; text: string; isQuote?: true; tone: Tone}
	| {type: 'send'; command: Command; entry: number}
	| {type: 'end'};

/** A scenario that is being played. */
export type Performance = {
	/** What is due; `at` is monotonic ms. To be asked whenever something happened, and at `nextAt`. */
	look(summary: Summary, at: number): Deed[];
	/** The run ends before the scenario does: what is to be undone. Nothing else is due after it. */
	interrupt(): Deed[];
	answered(entry: number, result: CommandResult): Deed[];
	/** The next moment at which something is due by time alone. */
	nextAt(at: number): number | undefined;
	progress(): ScenarioProgress;
};

/** Not begun; the first look begins it. */
export function createPerformance(scenario: Prepared): Performance {
	const {steadyState, steps, undo, repeat} = scenario;
	const hasSteadyState = steadyState.checks.length > 0;
	const entries = entriesOf(scenario);
	const firstStep = hasSteadyState ? 1 : 0;
	const firstUndo = firstStep + steps.length;
	let stepClock = createStepClock(steps);
	let round = 1;
	let stage: ScenarioStage = 'starting';
	let stageAt = 0;
	let isUndone = false;
	let isIntroduced = false;
	const lesson: Lesson = {
		...{title: oneLine(scenario.title), watchFor: oneLine(scenario.watchFor)},
		...{said: '', learn: oneLine(scenario.learn)},
	};

	/** A title of its own, that is: one that has none is called by its name. */
	const hasWords =
		scenario.title !== scenario.name ||
		steps.some(({say}) => say !== undefined) ||
		[scenario.watchFor, scenario.learn].some(words => words !== '');
	const enter = (next: ScenarioStage, at: number) => {
		stage = next;
		stageAt = at;
	};
	const settle = (index: number, change: Partial<ScenarioEntry>) => {
		entries[index] = {...entries[index]!, ...change};
	};
	const undoAll = (): Deed[] => {
		if (isUndone) return [];
		isUndone = true;
		return undo.map(({command}, index) => ({type: 'send', command, entry: firstUndo + index}));
	};
	/** The last word: it is told after all is undone, so that people see how it stands. */
	const over = (text: string, tone: Tone): Deed[] => [...undoAll(), {type: 'tell', text, tone}];
	const end = (at: number): Deed[] => {
		enter('ended', at);
		const hasFailed = entries.some(({kind, ok}) => kind !== 'undo' && ok === false);
		return [
			...over(phrase('{scenario} is over', {scenario: scenario.name}), hasFailed ? 'bad' : 'good'),
			{type: 'end'},
		];
	};

	const introduce = (): Deed[] => {
		if (isIntroduced) return [];
		isIntroduced = true;
		const {title, watchFor} = scenario;
		const watch = watchFor && phrase('watch for: {text}', {text: oneLine(watchFor)});
		return [
			...(title ? [{type: 'tell', text: oneLine(title), isQuote: true, tone: 'plain'} as const] : []),
			...(watch ? [{type: 'tell', text: watch, tone: 'plain'} as const] : []),
		];
	};
	const inRound = (text: string) =>
		repeat === 1 ? text : phrase('round {round} of {all}: {what}', {round, all: repeat, what: text});
	/** Whether the steady state is there, and else why not; undefined: it may still come. */
	const steady = (summary: Summary, at: number): {ok: boolean; reason?: string} | undefined => {
		const broken = steadyState.checks.map(check => evaluate(check, summary)).find(({ok}) => ok !== true);
		if (!broken) return {ok: true};
		if (at - stageAt < steadyState.withinMs) return undefined;
		return {ok: false, reason: inRound(notWithin(steadyState.withinMs, broken.expr, broken.value))};
	};
	const toSteps = (summary: Summary, at: number): Deed[] => {
		const found = steady(summary, at);
		if (!found) return [];
		if (hasSteadyState) settle(0, {...found, times: 1});
		if (!found.ok)
			return [
				{type: 'tell', text: phrase('no steady state: {reason}', {reason: found.reason!}), tone: 'bad'},
				...end(at),
			];
		enter('steps', at);
		const told: Deed[] = hasSteadyState
			? [{type: 'tell', text: phrase('steady state: the steps begin'), tone: 'good'}]
			: [];
		return [...told, ...inSteps(summary, at)];
	};
	const inSteps = (summary: Summary, at: number): Deed[] => {
		const holds = (check: Check) => evaluate(check, summary).ok === true;
		const deeds = stepClock.look(at - stageAt, holds).flatMap(({index, ...happened}): Deed[] => {
			const step = steps[index]!;
			const entry = firstStep + index;
			if (happened.type === 'overdue') {
				const {value} = evaluate(step.when!, summary);
				const reason = inRound(notWithin(step.withinMs, step.when!.expr, value));
				settle(entry, {ok: false, reason});
				return [{type: 'tell', text: reason, tone: 'bad'}];
			}
			const {times, ok} = entries[entry]!;
			settle(entry, {ok: ok ?? true, times: times + 1});
			const waited: Deed[] = step.when
				? [{type: 'tell', text: phrase('{condition} came true', {condition: step.when.expr}), tone: 'good'}]
				: [];
			if (step.say !== undefined) lesson.said = oneLine(step.say);
			const said: Deed[] =
				step.say === undefined ? [] : [{type: 'tell', text: oneLine(step.say), isQuote: true, tone: 'plain'}];
			return [...waited, ...said, ...step.commands.map((command): Deed => ({type: 'send', command, entry}))];
		});
		const isOver = scenario.lastsMs === undefined ? stepClock.isDone() : at - stageAt >= scenario.lastsMs;
		if (!isOver) return deeds;
		enter('recovery', at);
		return [...deeds, ...undoAll()];
	};
	/** So that each incident has all its figures before the next begins; one that lasts too long is not waited for. */
	const hasSettled = ({incidents}: Summary, at: number): boolean =>
		repeat === 1 || incidents.every(({isOver}) => isOver) || at - stageAt >= steadyState.withinMs;
	const toNextRound = (summary: Summary, at: number): Deed[] => {
		round++;
		stepClock = createStepClock(steps);
		isUndone = false;
		enter('steps', at);
		return [
			{type: 'tell', text: phrase('round {round} of {all} begins', {round, all: repeat}), tone: 'plain'},
			...inSteps(summary, at),
		];
	};
	const toEnd = (summary: Summary, at: number): Deed[] => {
		const found = steady(summary, at);
		if (!found || !hasSettled(summary, at)) return [];
		if (found.ok && round < repeat) return toNextRound(summary, at);
		if (hasSteadyState) settle(entries.length - 1, {...found, times: round});
		const told: Deed[] = hasSteadyState
			? [
					found.ok
						? {type: 'tell', text: phrase('the steady state is back'), tone: 'good'}
						: {type: 'tell', text: phrase('no recovery: {reason}', {reason: found.reason!}), tone: 'bad'},
				]
			: [];
		const learned: Deed[] = scenario.learn
			? [{type: 'tell', text: phrase('what you learn: {text}', {text: oneLine(scenario.learn)}), tone: 'plain'}]
			: [];
		return [...told, ...learned, ...end(at)];
	};

	return {
		look: (summary, at) => {
			if (stage === 'starting') {
				if (summary.phase !== 'running') return introduce();
				enter('steady-state', at);
				const checks = steadyState.checks.map(({expr}) => expr).join(', ');
				const text = phrase('waiting for the steady state: {checks}', {checks});
				return [...introduce(), ...(hasSteadyState ? [{type: 'tell', text, tone: 'plain'} as const] : [])];
			}
			if (stage === 'steady-state') return toSteps(summary, at);
			if (stage === 'steps') return inSteps(summary, at);
			return stage === 'recovery' ? toEnd(summary, at) : [];
		},
		interrupt: () => {
			if (stage === 'ended') return [];
			stage = 'ended';
			return over(phrase('{scenario} was ended before its end', {scenario: scenario.name}), 'warn');
		},
		answered: (index, result) => {
			const {kind, times, text} = entries[index]!;
			if (kind === 'undo')
				settle(index, {ok: result.ok, times: times + 1, ...(result.ok ? {} : {reason: result.reason})});
			if (result.ok) return [];
			if (kind !== 'undo')
				settle(index, {ok: false, reason: inRound(phrase('refused: {reason}', {reason: result.reason}))});
			if (kind === 'undo') return [{type: 'tell', text: phrase("undo '{text}' was refused", {text}), tone: 'warn'}];
			const deed = steps[index - firstStep]?.commands.map(commandText).join(', ') ?? text;
			return [{type: 'tell', text: phrase("step '{text}' was refused", {text: deed}), tone: 'bad'}];
		},
		nextAt: at => {
			if (stage === 'steady-state' || stage === 'recovery') return stageAt + steadyState.withinMs;
			if (stage !== 'steps') return undefined;
			const nexts = [stepClock.nextMs(at - stageAt), scenario.lastsMs].filter(next => next !== undefined);
			return nexts.length === 0 ? undefined : stageAt + Math.min(...nexts);
		},
		progress: () => ({
			...{name: scenario.name, file: scenario.file, stage, entries: [...entries]},
			...(hasWords ? {lesson: {...lesson}} : {}),
		}),
	};
}

function entriesOf({steadyState: {checks, line}, steps, undo}: Prepared): ScenarioEntry[] {
	const text = checks.map(({expr}) => expr).join(', ');
	const entry = (
		kind: ScenarioEntry['kind'],
		each: Pick<ScenarioEntry, 'text' | 'isQuote' | 'line'>,
	): ScenarioEntry => ({
		...{kind, text: each.text, line: each.line},
		...(each.isQuote ? {isQuote: true} : {}),
		...{ok: null, times: 0},
	});
	const steady = (kind: ScenarioEntry['kind']) => (checks.length === 0 ? [] : [entry(kind, {text, line})]);
	return [
		...steady('steady-state'),
		...steps.map(each => entry('step', each)),
		...undo.map(each => entry('undo', each)),
		...steady('recovery'),
	];
}

function notWithin(ms: number, expr: string, value: unknown): string {
	return phrase('not within {time}: {expr} (is {value})', {
		...{time: formatDuration(ms), expr, value: String(value ?? 'unknown')},
	});
}

function oneLine(text: string): string {
	return text.trim().replace(/\s+/g, ' ');
}
