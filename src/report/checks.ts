/**
 * `--check` expressions: a dotted path into the summary, an operator, and a value or another path, such as `failed==0`,
 * `latencyMs.p99<50`, `acked==sent`, `servers.server-1.share~0.5±0.02`, `acked~5000±2%`. In `servers` a member is named by
 * id, name or place from 0, in `incidents` by `last` or its place, as in `incidents.last.routedAwayMs<250`; of one that has
 * not been, nothing is known. `length` is how many a list has.
 * `; abort` after it stops the run when it is broken, `; abort after 10s` when it has been for so long.
 */

import type {CheckResult} from '../domain/check.ts';
import {parseDuration} from '../domain/duration.ts';
import {phrase} from '../words/words.ts';
import type {Summary} from './summary.ts';
import {isLeaf, isValue, lookUp, type Named, nearestPath, possibleOf, type Value} from './summary-paths.ts';

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
	const possible = possibleOf(sample);
	const left = lookUp(possible, path);
	if (!isLeaf(left))
		throw new Error(
			phrase("check '{expr}': '{path}' names no value of the summary; the nearest is '{near}'", {
				...{expr, path, near: nearestPath(sample, path)},
			}),
		);
	const possibleRight = rightOf(check, possible);
	if (possibleRight === undefined)
		throw new Error(
			phrase("check '{expr}': '{value}' is neither a number, a word in quotes nor a value of the summary", {
				...{expr, value: check.right},
			}),
		);
	if (operator === '~' && [left, possibleRight].some(value => !isNumberOrUnknown(value)))
		throw new Error(phrase("check '{expr}': '~' compares numbers", {expr}));
	if (isValue(left) && isValue(possibleRight) && typeof left !== typeof possibleRight)
		throw new Error(
			phrase("check '{expr}': '{path}' and '{value}' are of two kinds, and never equal", {
				...{expr, path, value: check.right},
			}),
		);
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
	/^(sent|attempts|acked|failed|retried|nak|late|dropped|incidents\.length|retriesByCause\.\w+|generator\.\w+|(uncorrectedL|l)atencyMs\.(max|count)|balancer\.(restarts|accepted|nak)|servers\..+\.(acked|forwarded|received|executed|errors|redelivered|restarts|maxInFlight)|log\.(lines|bytes|dropped))$/;

/**
 * A number (a unit `ms` may follow), `true` or `false`, a quoted or upper-case word (`UP`, `PASS`), another path, or beside
 * a text any word (`exact`, `p2c`).
 */
function rightOf({path, right}: Check, summary: Named): unknown {
	const isText = typeof lookUp(summary, path) === 'string';
	const number = numberOf(right);
	if (number !== undefined) return isText ? right : number;
	if (right === 'true' || right === 'false') return right === 'true';
	const quoted = /^'(.*)'$|^"(.*)"$/.exec(right);
	if (quoted) return quoted[1] ?? quoted[2];
	if (/^[A-Z][A-Z -]*$/.test(right)) return right;
	const value = lookUp(summary, right);
	if (isLeaf(value)) return value;
	return isText && /^[\w.:/-]+$/.test(right) ? right : undefined;
}

function numberOf(text: string): number | undefined {
	const [, number] = /^(-?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(?:ms)?$/.exec(text) ?? [];
	return number === undefined ? undefined : Number(number);
}

function isNumberOrUnknown(value: unknown): boolean {
	return value === null || typeof value === 'number';
}
