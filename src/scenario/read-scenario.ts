/** A scenario's file into a scenario. Every mistake is told with its line: `kill-one.yaml:14: …`. */

import path from 'node:path';
import {closest} from 'fastest-levenshtein';
import {type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit} from 'yaml';
import {UsageError} from '../cli/option.ts';
import type {Rows} from '../cli/option-row.ts';
import {yamlWords} from '../cli/yaml-words.ts';
import {commandText} from '../domain/command-text.ts';
import {formatDuration} from '../domain/duration.ts';
import {issueWords} from '../domain/issue-words.ts';
import {phrase, t, told} from '../words/words.ts';
import type {Scenario, Step} from './scenario.ts';
import {type ScenarioKeys, scenarioSchema, stepKeys, usualWithinMs} from './schema.ts';

/** The longest file that is read, in characters. */
const mostCharacters = 1 << 20;

type Path = (string | number)[];

/** Reads the text of `file`. `rows`: the options that make a plan; their keys may stand in a scenario. Throws {@link UsageError}. */
export function readScenario(text: string, {file, rows}: {file: string; rows: Rows}): Scenario {
	const lines = new LineCounter();
	const mistake = (line: number, message: string) => new UsageError(`${file}:${line}: ${message}`);
	if (text.length > mostCharacters)
		throw mistake(1, t('a scenario has at most {number} characters', {number: mostCharacters}));
	const document = parseDocument(text, {lineCounter: lines, maxAliasCount: 100} as object);
	const [problem] = document.errors;
	if (problem) throw mistake(problem.linePos?.[0].line ?? 1, yamlWords(problem));
	const given = toData(document, (offset, message) => mistake(lines.linePos(offset).line, message));
	const lineOf = (where: Path) => lines.linePos(offsetOf(document, where)).line;
	const own: Record<string, unknown> = {};
	const plan: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(given)) {
		if (Object.hasOwn(scenarioSchema.shape, key)) own[key] = value;
		else if (Object.hasOwn(rows, key) && key !== 'check' && !rows[key]!.hidden) plan[key] = value;
		else throw mistake(lineOf([key]), unknownKey(key, knownKeys(rows)));
	}
	for (const [key, value] of Object.entries(plan)) {
		const wrong = whatIsWrong(rows[key]!, value);
		if (wrong) throw mistake(lineOf([key]), `${key}: ${wrong}`);
	}
	const parsed = scenarioSchema.safeParse(own, {error: issueWords});
	if (parsed.success) return toScenario(parsed.data, {file, plan, lineOf});
	const [issue] = parsed.error.issues;
	const where = issue!.path as Path;
	if (issue!.code === 'unrecognized_keys')
		throw mistake(lineOf([...where, issue!.keys[0]!]), unknownKey(issue!.keys[0]!, [...keysAt(where)], where));
	const isSaid = issue!.code === 'custom' && issue!.params?.isSaid === true;
	const what = isSaid ? issue!.message : told(issue!.message);
	throw mistake(lineOf(where), `${where.length === 0 ? '' : `${nameOf(where)}: `}${what}`);
}

function toData(document: Document, mistake: (offset: number, message: string) => UsageError): Record<string, unknown> {
	let data: unknown;
	try {
		data = document.toJS({maxAliasCount: 100});
	} catch (error) {
		throw mistake(aliasOffset(document), yamlWords(error as Error));
	}
	if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
	throw mistake(0, t('not a scenario: it is KEY: VALUE lines such as rate: 200'));
}

/** Only aliases can go wrong so late: where the first without an anchor stands, or else the first of all. */
function aliasOffset(document: Document): number {
	let first: number | undefined;
	let unknown: number | undefined;
	visit(document, {
		Alias: (_, alias) => {
			first ??= alias.range?.[0];
			if (!alias.resolve(document)) unknown ??= alias.range?.[0];
		},
	});
	return unknown ?? first ?? 0;
}

/** Where a path's key stands in the text; of what is not there, where its nearest surroundings are. */
function offsetOf(document: Document, where: Path): number {
	for (let length = where.length; length > 0; length--) {
		const name = where[length - 1]!;
		const around = length === 1 ? document.contents : document.getIn(where.slice(0, length - 1), true);
		const key = isMap(around)
			? around.items.find(({key}) => isScalar(key) && String(key.value) === String(name))?.key
			: undefined;
		const node = key ?? document.getIn(where.slice(0, length), true);
		if (isNode(node) && node.range) return node.range[0];
	}
	return document.contents?.range?.[0] ?? 0;
}

function unknownKey(key: string, known: string[], where: Path = []): string {
	const near = closest(key, known);
	if (where.length === 0) return t("unknown key '{key}'; did you mean '{near}'?", {key, near});
	return t("unknown key '{key}' in {place}; did you mean '{near}'?", {key, place: nameOf(where), near});
}

function knownKeys(rows: Rows): string[] {
	return [
		...Object.keys(scenarioSchema.shape),
		...Object.keys(rows).filter(key => key !== 'check' && !rows[key]!.hidden),
	];
}

function keysAt([first]: Path): readonly string[] {
	if (first === 'steps') return stepKeys;
	return first === 'steadyState' ? ['checks', 'within'] : ['expr', 'abort', 'after'];
}

/** `steps.2.at` as people count: `step 3, at`. */
function nameOf([first, second, ...rest]: Path): string {
	const list = first === 'steps' ? t('step') : first === 'checks' ? t('check') : String(first);
	const place = typeof second === 'number' ? `${list} ${second + 1}` : [first, second].filter(Boolean).join('.');
	return [place, ...rest.map(each => (typeof each === 'number' ? each + 1 : each))].join(', ');
}

/** Why a value of the plan is none, or undefined. */
function whatIsWrong(row: Rows[string], value: unknown): string | undefined {
	if (value === null) return t('has no value');
	try {
		for (const one of [value].flat()) {
			if (typeof one === 'object') return t('is a plain value, or a list of them');
			if (row.flags.includes('<')) row.parse(String(one));
		}
		return Array.isArray(value) && !row.many ? t('is one value, not a list') : undefined;
	} catch (error) {
		return t("'{value}' is invalid. {why}", {value: String(value), why: (error as Error).message});
	}
}

type Place = {file: string; plan: Record<string, unknown>; lineOf: (where: Path) => number};

function toScenario(keys: ScenarioKeys, {file, plan, lineOf}: Place): Scenario {
	const {steps, undo, steadyState, checks, repeat} = keys;
	const checksAt = steadyState?.isListed ? ['steadyState'] : ['steadyState', 'checks'];
	const name = path.basename(file).replace(/\.ya?ml$/, '');
	return {
		name,
		file,
		plan,
		planLines: Object.fromEntries(Object.keys(plan).map(key => [key, lineOf([key])])),
		title: keys.title ?? name,
		watchFor: keys.watchFor ?? '',
		learn: keys.learn ?? '',
		steadyState: {
			checks: (steadyState?.checks ?? []).map((expr, index) => ({
				expr,
				line: lineOf([...checksAt, index]),
			})),
			withinMs: steadyState?.within ?? usualWithinMs,
			line: lineOf(['steadyState']),
		},
		steps: steps.map((step, index) => toStep(step, lineOf(['steps', index]))),
		checks: checks.map((expr, index) => ({expr, line: lineOf(['checks', index])})),
		repeat,
		undo: undo.map((command, index) => ({command, text: commandText(command), line: lineOf(['undo', index])})),
	};
}

function toStep(
	{at, after, every, until, when, within, say, commands}: ScenarioKeys['steps'][number],
	line: number,
): Step {
	const isOnlySaid = commands.length === 0 && when === undefined;
	const deed = isOnlySaid
		? (say ?? '').trim().replace(/\s+/g, ' ')
		: commands.map(commandText).join(', ') || phrase('wait for {condition}', {condition: when!});
	return {
		line,
		text: timed(deed, {at, every}),
		...(isOnlySaid && at === undefined && every === undefined ? {isQuote: true} : {}),
		...(at === undefined ? {} : {atMs: at}),
		afterMs: after ?? 0,
		...(every === undefined ? {} : {everyMs: every}),
		...(until === undefined ? {} : 'ms' in until ? {untilMs: until.ms} : {untilExpr: until.expr}),
		...(when === undefined ? {} : {when}),
		withinMs: within ?? usualWithinMs,
		...(say === undefined ? {} : {say}),
		commands,
	};
}

function timed(deed: string, {at, every}: {at: number | undefined; every: number | undefined}): string {
	if (at !== undefined) return phrase('at {time}: {deed}', {time: formatDuration(at), deed});
	return every === undefined ? deed : phrase('every {time}: {deed}', {time: formatDuration(every), deed});
}
