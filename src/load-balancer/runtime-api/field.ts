/**
 * A figure of `show stat` and `show info` as HAProxy describes it, and the three ways it is written: bare, `typed`, and
 * JSON. Tags and types: HAProxy's management.txt, section 9.2 (typed output format).
 */

/** Origin, nature and scope, a letter each: `MCP` is a metric, a counter, of this process. */
type Tags = `${keyof typeof origins}${keyof typeof natures}${keyof typeof scopes}`;
type FieldType = 'str' | 'u32' | 's32' | 'u64';

/** What is not known is null, and left out or left empty. */
export type Value = string | number | null;

/** A field of `show stat` or `show info`: its name, HAProxy's tags, its type. */
export type Field = {name: string; tags: Tags; type: FieldType};

const origins = {M: 'Metric', S: 'Status', K: 'Key', C: 'Config', P: 'Product'} as const;
const natures = {
	...{A: 'Age', a: 'Avg', C: 'Counter', D: 'Duration', G: 'Gauge', L: 'Limit', M: 'Max', N: 'Name', O: 'Output'},
	...{R: 'Rate', T: 'Time'},
} as const;
const scopes = {P: 'Process', S: 'Service', s: 'System', C: 'Cluster'} as const;

/** `1:MCP:u64:3`: process number, tags, type, value. */
export function typedValue({tags, type}: Field, value: string | number): string {
	return `1:${tags}:${type}:${value}`;
}

/** What follows the field's place and name in JSON. */
export function jsonValue({tags, type}: Field, value: string | number) {
	const [origin, nature, scope] = [...tags] as [keyof typeof origins, keyof typeof natures, keyof typeof scopes];
	return {
		processNum: 1,
		tags: {origin: origins[origin], nature: natures[nature], scope: scopes[scope]},
		value: {type, value},
	};
}

/** One cell of CSV: quoted where it would break the line apart. */
export function csvCell(value: Value): string {
	const text = value === null ? '' : String(value);
	return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
