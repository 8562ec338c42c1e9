/**
 * `--check` expressions: a dotted path into the summary, an operator, and a value or another path, such as `failed==0`,
 * `latencyMs.p99<50`, `acked==sent`, `servers.server-1.share~0.5±0.02`, `acked~5000±2%`. In `servers` a member is named by
 * id or by name, in `incidents` by `last` or its place from 0, as in `incidents.last.routedAwayMs<250`; of one that has
 * not been, nothing is known. `length` is how many a list has.
 * `; abort` after it stops the run when it is broken, `; abort after 10s` when it has been for so long.
 */

import type {CheckResult} from '../domain/check.ts';
import {parseDuration} from '../domain/duration.ts';
import {keptIncidents} from '../state/incidents.ts';
import {phrase} from '../words/words.ts';
import {unknownIncident} from './incident-summary.ts';
import type {Summary} from './summary.ts';

/** `expr` is the whole text. `tolerance` belongs to `~`, in percent of the right side where `isShare`; `+-` may stand for `±`. */
export type Check = {
	expr: string;
	path: string;
	operator: Operator;
	right: string;
	tolerance: number;
	isShare: boolean;
	/** It stops the run when it has been broken for so long, ms; absent: never. */
	abortAfterMs?: number;
};

/** A check that is broken has so long to mend before it stops the run, unless it says otherwise. */
const usualAbortAfterMs = 5000;

type Operator = keyof typeof operators;

const operators = {
	'==': (a: Value, b: Value) => a === b,
	'!=': (a: Value, b: Value) => a !== b,
	'<=': (a: Value, b: Value) => a <= b,
	'>=': (a: Value, b: Value) => a >= b,
	'<': (a: Value, b: Value) => a < b,
	'>': (a: Value, b: Value) => a > b,
	'~': (a: Value, b: Value, tolerance: number) => Math.abs(Number(a) - Number(b)) <= tolerance,
};

type Value = number | string | boolean;

/**
 * Reads an expression; `sample` is a summary of the same plan, to see that the path names something. Throws an Error
 * that says what is wrong with it.
 */
export function parseCheck(expr: string, sample: Summary): Check {
	const [comparison = '', ending, ...more] = expr.split(';');
	const abortAfterMs = ending === undefined ? undefined : parseAbort(ending);
	if (more.length > 0 || (ending !== undefined && abortAfterMs === undefined))
		throw new Error(phrase("check '{expr}': after ';' comes 'abort', or 'abort after 10s'", {expr}));
	const match = /^\s*([\w .-]+?)\s*(==|!=|<=|>=|<|>|~)\s*(.+?)\s*$/.exec(comparison);
	if (!match) throw new Error(phrase("check '{expr}' is not PATH OPERATOR VALUE, such as 'latencyMs.p99<50'", {expr}));
	const [, path = '', operator = '', rest = ''] = match;
	const [right = '', tolerance, ...others] = operator === '~' ? rest.split(/\s*(?:±|\+-)\s*/) : [rest, '0'];
	const [, amount, percent] = /^([^-%]+)(%?)$/.exec(tolerance ?? '') ?? [];
	const amountMs = numberOf(amount ?? '');
	if (amountMs === undefined || right === '' || others.length > 0)
		throw new Error(phrase("check '{expr}': '~' wants a tolerance, such as ~0.5±0.02 or ~200±5%", {expr}));
	const check: Check = {
		expr,
		path,
		operator: operator as Operator,
		right: right.trim(),
		tolerance: amountMs,
		isShare: percent === '%',
		...(abortAfterMs === undefined ? {} : {abortAfterMs}),
	};
	const possible = {...sample, incidents: Array.from({length: keptIncidents}, () => unknownIncident)};
	if (!isLeaf(lookUp(possible, path)))
		throw new Error(phrase("check '{expr}': '{path}' names no value of the summary", {expr, path}));
	const possibleRight = rightOf(check, possible);
	if (possibleRight === undefined)
		throw new Error(
			phrase("check '{expr}': '{value}' is neither a number, a word in quotes nor a value of the summary", {
				...{expr, value: check.right},
			}),
		);
	if (operator === '~' && [lookUp(possible, path), possibleRight].some(value => !isNumberOrUnknown(value)))
		throw new Error(phrase("check '{expr}': '~' compares numbers", {expr}));
	return check;
}

/** `abort` or `abort after 10s`, in ms; undefined for anything else. */
function parseAbort(text: string): number | undefined {
	const [, after] = /^\s*abort(?:\s+after\s+(\S+))?\s*$/.exec(text) ?? [undefined, ''];
	return after === undefined ? usualAbortAfterMs : parseDuration(after);
}

/** Judges a check against a summary. */
export function evaluate(check: Check, summary: Summary): CheckResult {
	const value = lookUp(summary, check.path);
	const right = rightOf(check, summary);
	if (!isValue(value) || !isValue(right)) return {expr: check.expr, ok: null, value: value ?? null};
	const tolerance = check.isShare ? (Math.abs(Number(right)) * check.tolerance) / 100 : check.tolerance;
	return {expr: check.expr, ok: operators[check.operator](value, right, tolerance), value};
}

/**
 * True for a broken check that no time can mend: what it counts only grows, and has grown too far. Then there is nothing
 * to wait for.
 */
export function isBeyondMending({path, operator, right}: Check, {ok, value}: CheckResult): boolean {
	const limit = numberOf(right);
	if (ok !== false || limit === undefined || typeof value !== 'number' || !growing.test(path)) return false;
	return operator === '<' || operator === '<=' || (operator === '==' && value > limit);
}

/** What never gets less in the course of a run. */
const growing =
	/^(sent|attempts|acked|failed|retried|nak|late|dropped|retriesByCause\.\w+|generator\.\w+|(uncorrectedL|l)atencyMs\.(max|count)|balancer\.(restarts|accepted|nak)|servers\..+\.(acked|forwarded|received|executed|errors|redelivered|restarts|maxInFlight)|log\.(lines|bytes|dropped))$/;

/** A number (a unit `ms` may follow), `true` or `false`, a quoted or upper-case word (`UP`, `PASS`), or another path. */
function rightOf({right}: Check, summary: Summary): unknown {
	const number = numberOf(right);
	if (number !== undefined) return number;
	if (right === 'true' || right === 'false') return right === 'true';
	const quoted = /^'(.*)'$|^"(.*)"$/.exec(right);
	if (quoted) return quoted[1] ?? quoted[2];
	if (/^[A-Z][A-Z -]*$/.test(right)) return right;
	const value = lookUp(summary, right);
	return isLeaf(value) ? value : undefined;
}

function numberOf(text: string): number | undefined {
	const [, number] = /^(-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(?:ms)?$/.exec(text) ?? [];
	return number === undefined ? undefined : Number(number);
}

function lookUp(summary: Summary, path: string): unknown {
	let here: unknown = summary;
	for (const step of path.split('.')) {
		if (Array.isArray(here) && step === 'length') here = here.length;
		else if (here === summary.incidents) here = incidentAt(summary, step);
		else if (Array.isArray(here)) here = here.find(member => member?.id === step || member?.name === step);
		else if (typeof here === 'object' && here !== null && Object.hasOwn(here, step))
			here = (here as Record<string, unknown>)[step];
		else return undefined;
	}
	return here;
}

function incidentAt({incidents}: Summary, step: string): unknown {
	if (step === 'last') return incidents.at(-1);
	return /^\d+$/.test(step) ? incidents[Number(step)] : undefined;
}

function isLeaf(value: unknown): boolean {
	return value === null || isValue(value);
}

function isValue(value: unknown): value is Value {
	return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
}

function isNumberOrUnknown(value: unknown): boolean {
	return value === null || typeof value === 'number';
}
