/**
 * What the keys of a scenario's file may be. Keys of the plan are judged by the options' own table. `meta` is what a JSON
 * Schema says where only code can judge.
 */

import {z} from 'zod';
import {duration as durationKind} from '../cli/option-kinds.ts';
import type {Command} from '../domain/command.ts';
import {type ReadCommand, readCommand} from '../domain/command-text.ts';
import {parseDuration} from '../domain/duration.ts';
import {mostRounds} from '../domain/scenario.ts';
import {phrase, t} from '../words/words.ts';

/** A condition or a condition's loss is waited for so long, unless the file says otherwise. */
export const usualWithinMs = 30_000;

const mostSteps = 500;

const leastEveryMs = 100;

/** Node's timers end there. */
const longestMs = 2 ** 31 - 1;

const rounds = phrase('is a whole number from {least} to {most}', {least: 1, most: mostRounds});

const text = z.string().min(1).max(2000);

/** Of an issue whose message is in the language spoken already. */
const said = {isSaid: true};
const duration = z
	.unknown()
	.meta(durationKind.schema)
	.transform((given, context): number => {
		const ms = typeof given === 'string' || given === 0 ? parseDuration(String(given)) : undefined;
		if (ms !== undefined && ms <= longestMs) return ms;
		context.addIssue({
			code: 'custom',
			message: phrase("'{text}' is no duration such as 500ms, 5s or 2m", {text: String(given)}),
		});
		return z.NEVER;
	});

/** A check's text, or `{expr, abort: true, after: 10s}`. */
const check = z.union(
	[
		text,
		z
			.strictObject({expr: text, abort: z.boolean().optional(), after: text.optional()})
			.transform(({expr, abort, after}) => (abort ? `${expr}; abort${after ? ` after ${after}` : ''}` : expr)),
	],
	phrase("is a check such as 'failed==0' or {data}", {data: "{expr: 'failed==0', abort: true, after: 10s}"}),
);

/** An expression without `; abort`. */
const condition = text
	.refine(given => !given.includes(';'), phrase("is a comparison such as 'servers.server-1.route==DOWN'"))
	.meta({pattern: '^[^;]*$'});

const untilSchema = text.transform(given => {
	const ms = parseDuration(given);
	return ms === undefined ? {expr: given} : {ms};
});

const aCommand = {type: ['string', 'object']};
const command = z
	.unknown()
	.meta(aCommand)
	.transform((given, context): Command => {
		const read = readCommand(given);
		if (read.ok) return read.command;
		context.addIssue({code: 'custom', message: read.reason, params: said});
		return z.NEVER;
	});

/** The keys of a step. */
export const stepKeys = ['at', 'after', 'every', 'until', 'when', 'within', 'say', 'do', 'for'] as const;

const step = z
	.strictObject({
		at: duration.optional(),
		after: duration.optional(),
		every: duration.optional(),
		until: untilSchema.optional(),
		when: condition.optional(),
		within: duration.optional(),
		say: text.optional(),
		do: z
			.unknown()
			.meta({anyOf: [aCommand, {type: 'array', items: aCommand}]})
			.optional(),
		for: duration.optional(),
	})
	.transform(({do: given, for: forMs, ...rest}, context) => {
		const commands = (given === undefined ? [] : [given].flat()).flatMap((one, index) => {
			const read = readDeed(one, forMs);
			if (read.ok) return [read.command];
			const path = Array.isArray(given) ? ['do', index] : ['do'];
			context.addIssue({code: 'custom', message: read.reason, path, params: said});
			return [];
		});
		for (const [isWrong, message] of contradictions({...rest, do: given, for: forMs}))
			if (isWrong) context.addIssue({code: 'custom', message});
		return {...rest, commands};
	});

/** A command of a step; only a fault lasts for a time. */
function readDeed(given: unknown, forMs: number | undefined): ReadCommand {
	const read = readCommand(given);
	if (!read.ok || forMs === undefined) return read;
	if (read.command.type === 'fault') return readCommand(given, {forMs});
	return {ok: false, reason: t("'for' is how long a fault lasts, and '{type}' is none", {type: read.command.type})};
}

type StepKeys = {[K in (typeof stepKeys)[number]]?: unknown};

function contradictions({at, after, every, until, when, within, say, do: deed, for: forMs}: StepKeys) {
	const has = (value: unknown) => value !== undefined;
	return [
		[!has(deed) && !has(when) && !has(say), phrase("a step wants 'do', 'when' or 'say'")],
		[has(at) && has(after), phrase("'at' is from the beginning, 'after' from the step before: give one of the two")],
		[has(every) && has(when), phrase("'every' goes by time, 'when' by a condition: give one of the two")],
		[typeof every === 'number' && every < leastEveryMs, phrase("'every' is at least {ms}ms", {ms: leastEveryMs})],
		[has(until) && !has(every), phrase("'until' ends what 'every' began: give 'every' too")],
		[has(within) && !has(when), phrase("'within' is how long 'when' is waited for: give 'when' too")],
		[has(forMs) && !has(deed), phrase("'for' is how long a fault lasts: give 'do' too")],
	] as const;
}

const steadyState = z.union(
	[
		z.array(condition).transform(checks => ({checks, within: undefined, isListed: true})),
		z
			.strictObject({checks: z.array(condition), within: duration.optional()})
			.transform(given => ({...given, isListed: false})),
	],
	phrase('is a list of checks, or {data}', {data: '{checks: […], within: 10s}'}),
);

/** The keys that a plan does not have. */
export const scenarioSchema = z.strictObject({
	title: text.optional(),
	watchFor: text.optional(),
	learn: text.optional(),
	steadyState: steadyState.optional(),
	steps: z.array(step, phrase('is a list of steps')).max(mostSteps).default([]),
	checks: z.array(check, phrase('is a list of checks')).max(mostSteps).default([]),
	undo: z.array(command, phrase('is a list of commands')).max(mostSteps).default([]),
	repeat: z.int(rounds).min(1, rounds).max(mostRounds, rounds).default(1),
});

/** What the keys came to. */
export type ScenarioKeys = z.infer<typeof scenarioSchema>;
