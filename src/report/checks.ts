/**
 * `--check` expressions: a dotted path into the summary, an operator, and a value or another path, such as `failed==0`,
 * `latencyMs.p99<50`, `acked==sent`, `servers.server-1.share~0.5±0.02`. In `servers` a member is named by id or by name.
 */

import type {Summary} from './summary.ts';

/** `tolerance` belongs to `~`; `+-` may stand for `±`. */
export type Check = {expr: string; path: string; operator: Operator; right: string; tolerance: number};

/** `ok` is null when a value is unknown; `value` is what the path led to. */
export type CheckResult = {expr: string; ok: boolean | null; value: unknown};

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

type Value = number | string;

/**
 * Reads an expression; `sample` is a summary of the same plan, to see that the path names something. Throws an Error
 * that says what is wrong with it.
 */
export function parseCheck(expr: string, sample: Summary): Check {
	const match = /^\s*([\w .-]+?)\s*(==|!=|<=|>=|<|>|~)\s*(.+?)\s*$/.exec(expr);
	if (!match) throw new Error(`check '${expr}' is not PATH OPERATOR VALUE, such as 'latencyMs.p99<50'`);
	const [, path = '', operator = '', rest = ''] = match;
	const [right = '', tolerance] = operator === '~' ? rest.split(/±|\+-/) : [rest];
	if (operator === '~' && !(Number(tolerance) >= 0 && right !== ''))
		throw new Error(`check '${expr}': '~' wants a tolerance, such as ~0.5±0.02`);
	const check: Check = {
		expr,
		path,
		operator: operator as Operator,
		right: right.trim(),
		tolerance: Number(tolerance ?? 0),
	};
	if (!isLeaf(lookUp(sample, path))) throw new Error(`check '${expr}': '${path}' names no value of the summary`);
	if (rightOf(check, sample) === undefined)
		throw new Error(
			`check '${expr}': '${check.right}' is neither a number, a word in quotes nor a value of the summary`,
		);
	return check;
}

/** Judges a check against a summary. */
export function evaluate(check: Check, summary: Summary): CheckResult {
	const value = lookUp(summary, check.path);
	const right = rightOf(check, summary);
	if (!isValue(value) || !isValue(right)) return {expr: check.expr, ok: null, value: value ?? null};
	return {expr: check.expr, ok: operators[check.operator](value, right, check.tolerance), value};
}

/** A number (a unit `ms` may follow), a quoted or upper-case word (`UP`, `PASS`), or another path. */
function rightOf({right}: Check, summary: Summary): unknown {
	const number = /^(-?\d+(?:\.\d+)?)(?:ms)?$/.exec(right);
	if (number) return Number(number[1]);
	const quoted = /^'(.*)'$|^"(.*)"$/.exec(right);
	if (quoted) return quoted[1] ?? quoted[2];
	if (/^[A-Z][A-Z -]*$/.test(right)) return right;
	const value = lookUp(summary, right);
	return isLeaf(value) ? value : undefined;
}

function lookUp(summary: Summary, path: string): unknown {
	let here: unknown = summary;
	for (const step of path.split('.')) {
		if (Array.isArray(here)) here = here.find(member => member?.id === step || member?.name === step);
		else if (typeof here === 'object' && here !== null && Object.hasOwn(here, step))
			here = (here as Record<string, unknown>)[step];
		else return undefined;
	}
	return here;
}

function isLeaf(value: unknown): boolean {
	return value === null || isValue(value);
}

function isValue(value: unknown): value is Value {
	return typeof value === 'number' || typeof value === 'string';
}
